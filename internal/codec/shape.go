package codec

import "reflect"

// A shape is a state type after it was walked once: what is part of the state,
// and how it is encoded. Both the compiled program and its reflective twin are
// made from it.
type shape struct {
	typ       reflect.Type
	least     int     // size of the smallest encoding
	varies    bool    // values differ in the size of their encoding
	unordered bool    // a slice whose order means nothing
	key       *shape  // of a map
	elem      *shape  // of an array, a slice, a map or a pointer
	fields    []field // of a struct, all of them, in order
}

// A field is one field of a struct. Its shape is nil if it is not part of the
// state.
type field struct {
	*shape
	typ    reflect.Type
	offset uintptr
	blank  bool // named _, so that no program can tell what is in it
}

// A walker turns a type into its shape, or refuses it.
type walker struct {
	state reflect.Type
	inner []reflect.Type // the types that the walk is inside of
	keys  int            // how many map keys the walk is inside of
}

// shapeOf walks a state type.
func shapeOf(state reflect.Type) (*shape, error) {
	w := walker{state: state}
	return w.walk(state, "")
}

// walk turns the type at a path into its shape.
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

// fill walks what a type is made of.
func (w *walker) fill(s *shape, path string) (err error) {
	switch s.typ.Kind() {
	case reflect.Array, reflect.Slice:
		s.elem, err = w.walk(s.typ.Elem(), path+"[]")
	case reflect.Pointer:
		s.elem, err = w.walk(s.typ.Elem(), join(path, "*"))
	case reflect.Struct:
		err = w.fillStruct(s, path)
	case reflect.Map:
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

// measure finds the encoded size of a shape whose parts are measured.
// Everything that varies in size has a length or a tag, which takes a byte.
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

// size returns the encoded size, or -1 if values differ in it.
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
