package codec

import (
	"bytes"
	"fmt"
	"reflect"
	"slices"
)

// A Field is a part of a state that has a name: what a path through structs and
// arrays leads to. Fields of the elements of an array are one, Nodes[].Phase, with
// a place in each element. Slices, maps, pointers, and structs that are no more
// than an unordered slice, such as model.Set, are not looked into.
//
// It is for one goroutine at a time. A state is given as a pointer to it.
type Field struct {
	Path   string
	places []place
	part   *Part
	a, b   []byte // scratch
}

// place is the way to a value: the number of a field, or of an element, at each
// step. Those at the steps in elements are of elements.
type place struct{ steps, elements []int }

// Fields lists the fields of a state, in their order; ignored ones are left out.
func (c *Codec[S]) Fields() []*Field {
	var list []*Field
	walkFields(c.shape.typ, "", place{}, func(t reflect.Type, path string, at place) {
		i := slices.IndexFunc(list, func(f *Field) bool { return f.Path == path })
		if i < 0 {
			part, err := ForType(t)
			if err != nil {
				panic(fmt.Sprintf("codec: %s is part of a state and cannot be encoded: %v", path, err)) // the whole can be
			}
			i = len(list)
			list = append(list, &Field{Path: path, part: part})
		}
		list[i].places = append(list[i].places, at)
	})
	return list
}

func walkFields(t reflect.Type, path string, at place, add func(reflect.Type, string, place)) {
	switch {
	case t.Kind() == reflect.Array:
		for i := range t.Len() {
			walkFields(t.Elem(), path+"[]", at.element(i), add)
		}
	case t.Kind() == reflect.Struct && !isUnordered(t):
		for i := range t.NumField() {
			f := t.Field(i)
			if f.Name == "_" || f.Tag.Get("muster") == "-" {
				continue
			}
			name := f.Name
			if path != "" {
				name = path + "." + name
			}
			walkFields(f.Type, name, at.then(i), add)
		}
	default:
		add(t, path, at)
	}
}

// isUnordered: the struct is a set or a bag, and nothing else.
func isUnordered(t reflect.Type) bool {
	return t.NumField() == 1 && t.Field(0).Tag.Get("muster") == "unordered"
}

func (p place) then(i int) place {
	return place{append(slices.Clip(p.steps), i), p.elements}
}

func (p place) element(i int) place {
	return place{append(slices.Clip(p.steps), i), append(slices.Clip(p.elements), len(p.steps))}
}

// in is the value at a place of a state.
func (p place) in(s reflect.Value) reflect.Value {
	for _, i := range p.steps {
		if s.Kind() == reflect.Struct {
			s = s.Field(i)
		} else {
			s = s.Index(i)
		}
	}
	return reflect.NewAt(s.Type(), s.Addr().UnsafePointer()).Elem() // unexported fields too
}

// Places is how many values the field has: one, or one in each element of the
// arrays on its path.
func (f *Field) Places() int { return len(f.places) }

// Same reports whether two states have the same value at a place of the field.
func (f *Field) Same(place int, s, t any) bool {
	p := f.places[place]
	f.a = f.part.Append(f.a[:0], p.in(reflect.ValueOf(s).Elem()))
	f.b = f.part.Append(f.b[:0], p.in(reflect.ValueOf(t).Elem()))
	return bytes.Equal(f.a, f.b)
}

// Equal reports whether two states have the same values everywhere in the field.
func (f *Field) Equal(s, t any) bool {
	for i := range f.places {
		if !f.Same(i, s, t) {
			return false
		}
	}
	return true
}

// Copy makes the field of dst that of src. What the values refer to is shared.
func (f *Field) Copy(dst, src any) {
	for i := range f.places {
		f.Move(dst, i, src, i)
	}
}

// Move makes the value at one place of dst that at another place of src. What it
// refers to is shared.
func (f *Field) Move(dst any, to int, src any, from int) {
	f.places[to].in(reflect.ValueOf(dst).Elem()).Set(f.places[from].in(reflect.ValueOf(src).Elem()))
}

// Beside finds the place that is in another element: where the first step that
// leads to the element with this number leads to another. It reports whether there
// is such a step and such a place.
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
