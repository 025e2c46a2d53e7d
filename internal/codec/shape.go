package codec

import (
	"fmt"
	"reflect"
)

// A shape is the result of analysing a type: the parts of the state, and their encoding.
// The compiled program and the reference are both made from the shape. Each occurrence of
// a type in the state has a shape of its own, because a tag may say of one that it is
// unordered and not of another.
type shape struct {
	typ reflect.Type
	// The least bounds the count that damaged bytes can claim for a slice: see cutCount.
	least     int     // size of the smallest encoding
	varies    bool    // the size of the encoding depends on the value
	unordered bool    // the tag of a slice
	key       *shape  // of a map
	elem      *shape  // of an array, a slice, a map or a pointer
	fields    []field // of a struct, in order, with ignored and blank ones
}

// A field is one field of a struct. Its shape is nil if the field is not part of
// the state.
type field struct {
	*shape
	typ    reflect.Type
	offset uintptr
	blank  bool // named _, so that no action can read it
}

// A walker turns a type into its shape, or refuses it.
type walker struct {
	state reflect.Type
	inner []reflect.Type // the types around the current one
	keys  int            // the number of map keys around the current type
}

// shapeOf returns the shape of a state type.
func shapeOf(state reflect.Type) (*shape, error) {
	w := walker{state: state}
	return w.walk(state, "")
}

// walk returns the shape of the type at a path. The types around are known by the list of
// inner ones, without which a type that contains itself would be walked for ever.
func (w *walker) walk(t reflect.Type, path string) (*shape, error) {
	if err := w.admit(t, path); err != nil {
		return nil, err
	}
	w.inner = append(w.inner, t)
	defer func() { w.inner = w.inner[:len(w.inner)-1] }()
	s := &shape{typ: t}
	if err := w.fill(s, path); err != nil {
		return nil, err
	}
	s.measure()
	return s, nil
}

// fill walks the types that a type consists of.
func (w *walker) fill(s *shape, path string) (err error) {
	switch s.typ.Kind() {
	case reflect.Array, reflect.Slice:
		s.elem, err = w.walk(s.typ.Elem(), path+"[]")
	case reflect.Pointer:
		s.elem, err = w.walk(s.typ.Elem(), join(path, "*"))
	case reflect.Struct:
		err = w.fillStruct(s, path)
	case reflect.Map:
		// Keys are counted and not marked, because a key may be made of several types:
		// whatever is inside of a key is under the rules for keys.
		w.keys++
		s.key, err = w.walk(s.typ.Key(), path+"[key]")
		w.keys--
		if err == nil {
			s.elem, err = w.walk(s.typ.Elem(), path+"[value]")
		}
	}
	return err
}

// fillStruct walks the fields of a struct.
func (w *walker) fillStruct(s *shape, path string) error {
	for f := range s.typ.Fields() {
		at := join(path, f.Name)
		tag, err := w.tag(f, at)
		if err != nil {
			return err
		}
		part := field{typ: f.Type, offset: f.Offset, blank: f.Name == "_"}
		if tag != tagIgnored && !part.blank {
			if part.shape, err = w.walk(f.Type, at); err != nil {
				return err
			}
			part.unordered = tag == tagUnordered
		}
		s.fields = append(s.fields, part)
	}
	return nil
}

// measure determines the encoded size from the sizes of the parts. Strings,
// slices, maps and pointers take at least one byte, for the length or the tag.
func (s *shape) measure() {
	switch s.typ.Kind() {
	case reflect.String, reflect.Slice, reflect.Map:
		s.least, s.varies = 1, true
	case reflect.Pointer:
		s.least, s.varies = 1, s.elem.varies || s.elem.least > 0
	case reflect.Array:
		s.least = s.typ.Len() * s.elem.least
		s.varies = s.typ.Len() > 0 && s.elem.varies
	case reflect.Struct:
		for _, f := range s.fields {
			if f.shape != nil {
				s.least += f.least
				s.varies = s.varies || f.varies
			}
		}
	default:
		s.least = int(s.typ.Size())
	}
}

// size returns the encoded size, or -1 if it depends on the value.
func (s *shape) size() int {
	if s.varies {
		return -1
	}
	return s.least
}

// join appends a name to a path.
func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// Layout describes the encoding of a state by a line for each part of the type:
// its path and its kind. Two types with the same layout have the same encoding on
// machines with the same byte order, so a run can tell whether it can read the
// states of another. The names of types have no influence and are left out.
//
//	Holder int8
//	Nodes array of 3
//	Nodes[].Phase uint8
func (c *Untyped) Layout() []string { return c.shape.layout(nil, "") }

// layout appends the lines of a shape at a path.
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

// layoutOfFields appends the lines of the fields that are part of the state.
func (s *shape) layoutOfFields(lines []string, path string) []string {
	for i, f := range s.fields {
		if f.shape != nil {
			lines = f.layout(lines, join(path, s.typ.Field(i).Name))
		}
	}
	return lines
}

// sliceWord distinguishes ordered and unordered slices, whose encodings differ.
func (s *shape) sliceWord() string {
	if s.unordered {
		return "unordered slice"
	}
	return "slice"
}

// line returns a line of a layout. The whole state has an empty path.
func line(path, what string) string {
	if path == "" {
		return "state " + what
	}
	return path + " " + what
}
