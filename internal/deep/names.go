package deep

import "reflect"

// typeName writes down a type: the path of its package, and its text, in which packages
// have the last elements of their paths. Two types inside of functions can have one name,
// and so can pointers to types of two packages; the name says nothing then.
func (w *walker) typeName(t reflect.Type) {
	name := [2]string{t.PkgPath(), t.String()}
	if other, known := w.codec.types.LoadOrStore(name, t); known && other != t {
		w.refuse("of the type "+t.String(), "another type has this name too, so the name does not say which of the two a value has. Give one of them another name, or one value around it a form of its own that says it")
	}
	w.text(name[0])
	w.text(name[1])
}
