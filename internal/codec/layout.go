package codec

import (
	"fmt"
	"reflect"
)

// Layout describes what decides on the encoding of a state, a line for each
// part of the type: the path to it, and what it is. Two types with the same
// layout, on machines with the same byte order, encode alike. The names of types
// are left out, for they change nothing.
//
//	Holder int8
//	Nodes array of 3
//	Nodes[].Phase uint8
func (c *Codec[S]) Layout() []string { return c.shape.layout(nil, "") }

func (s *shape) layout(lines []string, path string) []string {
	switch s.typ.Kind() {
	case reflect.Struct:
		return s.layoutOfFields(lines, path)
	case reflect.Map:
		lines = append(lines, line(path, "map"))
		lines = s.key.layout(lines, path+"[key]")
		return s.elem.layout(lines, path+"[value]")
	case reflect.Pointer:
		lines = append(lines, line(path, "pointer"))
		return s.elem.layout(lines, join(path, "*"))
	case reflect.Array:
		lines = append(lines, line(path, fmt.Sprintf("array of %d", s.typ.Len())))
		return s.elem.layout(lines, path+"[]")
	case reflect.Slice:
		lines = append(lines, line(path, s.sliceWord()))
		return s.elem.layout(lines, path+"[]")
	}
	return append(lines, line(path, s.typ.Kind().String()))
}

func (s *shape) layoutOfFields(lines []string, path string) []string {
	for i, f := range s.fields {
		if f.shape != nil {
			lines = f.layout(lines, join(path, s.typ.Field(i).Name))
		}
	}
	return lines
}

func (s *shape) sliceWord() string {
	if s.unordered {
		return "unordered slice"
	}
	return "slice"
}

func line(path, what string) string {
	if path == "" {
		return "state " + what
	}
	return path + " " + what
}
