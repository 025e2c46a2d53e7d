package codec

import (
	"bytes"
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// A Field is a named part of a state, at the end of a path through structs and
// arrays. The elements of an array share their fields: Nodes[].Phase is one Field
// with a place in each element. A path ends at a slice, a map, a pointer, or an
// opaque struct of another package, such as model.Set or container.Queue: only the methods
// of such a struct can change it, and they change its fields together.
//
// One goroutine at a time may use a Field. Its methods take pointers to states.
type Field struct {
	Path   string
	places []place
	part   *Part
	a, b   []byte // scratch
}

// place is the position of a value in a state. Each step is the index of a struct
// field or of an array element; elements lists the steps that are array elements.
type place struct{ steps, elements []int }

// Fields returns the fields of a state in order, without the ignored ones.
func (c *Untyped) Fields() []*Field {
	var list []*Field
	home := c.shape.typ.PkgPath()
	walkFields(home, c.shape.typ, "", place{}, func(t reflect.Type, path string, at place) {
		i := slices.IndexFunc(list, func(f *Field) bool { return f.Path == path })
		if i < 0 {
			part, err := ForType(t)
			if err != nil {
				panic(fmt.Sprintf("codec: %s is part of a state and cannot be encoded: %v", path, err)) // For would have refused the state
			}
			i = len(list)
			list = append(list, &Field{Path: path, part: part})
		}
		list[i].places = append(list[i].places, at)
	})
	return list
}

// walkFields calls add for every place at the end of a path, in the order of the type. The
// state is of the package home.
func walkFields(home string, t reflect.Type, path string, at place, add func(reflect.Type, string, place)) {
	switch {
	case t.Kind() == reflect.Array:
		for i := range t.Len() {
			walkFields(home, t.Elem(), path+"[]", at.element(i), add)
		}
	case t.Kind() == reflect.Struct && !isOpaque(t, home):
		for i := range t.NumField() {
			f := t.Field(i)
			if f.Name == "_" || f.Tag.Get("muster") == "-" {
				continue
			}
			name := f.Name
			if path != "" {
				name = path + "." + name
			}
			walkFields(home, f.Type, name, at.then(i), add)
		}
	default:
		add(t, path, at)
	}
}

// isOpaque reports whether a struct has nothing but an unordered slice, or is of another
// package than the state and has no exported field.
func isOpaque(t reflect.Type, home string) bool {
	if t.NumField() == 1 && t.Field(0).Tag.Get("muster") == "unordered" {
		return true
	}
	for f := range t.Fields() {
		if f.IsExported() {
			return false
		}
	}
	return t.NumField() > 0 && t.PkgPath() != "" && home != "" && t.PkgPath() != home
}

// then returns the place of the i-th struct field. It clips the steps, so that places with
// a common prefix do not share spare capacity.
func (p place) then(i int) place {
	return place{append(slices.Clip(p.steps), i), p.elements}
}

// element returns the place of the i-th array element.
func (p place) element(i int) place {
	return place{append(slices.Clip(p.steps), i), append(slices.Clip(p.elements), len(p.steps))}
}

// in returns the value at the place in a state.
func (p place) in(s reflect.Value) reflect.Value {
	for _, i := range p.steps {
		if s.Kind() == reflect.Struct {
			s = s.Field(i)
		} else {
			s = s.Index(i)
		}
	}
	return reflect.NewAt(s.Type(), s.Addr().UnsafePointer()).Elem() // reflection may read and set it although fields are unexported
}

// Places returns the number of values of the field: one, or one for each element
// of the arrays on its path.
func (f *Field) Places() int { return len(f.places) }

// Name is the path of one place, with its indices: Nodes[1].Phase.
func (f *Field) Name(place int) string {
	p, name := f.places[place], f.Path
	for _, at := range p.elements {
		name = strings.Replace(name, "[]", fmt.Sprintf("[%d]", p.steps[at]), 1)
	}
	return name
}

// Append appends the encoding of the value at a place of the field.
func (f *Field) Append(to []byte, place int, s any) []byte {
	return f.part.Append(to, f.places[place].in(reflect.ValueOf(s).Elem()))
}

// Same reports whether two states have the same value at a place of the field.
func (f *Field) Same(place int, s, t any) bool {
	f.a, f.b = f.Append(f.a[:0], place, s), f.Append(f.b[:0], place, t)
	return bytes.Equal(f.a, f.b)
}

// Equal reports whether two states have the same values at all places of the
// field.
func (f *Field) Equal(s, t any) bool {
	for i := range f.places {
		if !f.Same(i, s, t) {
			return false
		}
	}
	return true
}

// Copy assigns all values of the field in src to those in dst. The copy is
// shallow.
func (f *Field) Copy(dst, src any) {
	for i := range f.places {
		f.Move(dst, i, src, i)
	}
}

// Move assigns the value at one place in src to another place in dst. The copy is
// shallow.
func (f *Field) Move(dst any, to int, src any, from int) {
	f.places[to].in(reflect.ValueOf(dst).Elem()).Set(f.places[from].in(reflect.ValueOf(src).Elem()))
}

// Beside returns the place in another array element: the first step with index
// element gets the index other. It reports whether there is such a step and such
// a place.
func (f *Field) Beside(place, element, other int) (beside int, ok bool) {
	p := f.places[place]
	for _, at := range p.elements {
		if p.steps[at] != element {
			continue
		}
		steps := slices.Clone(p.steps)
		steps[at] = other
		for i, q := range f.places {
			if slices.Equal(q.steps, steps) {
				return i, true
			}
		}
		return 0, false
	}
	return 0, false
}
