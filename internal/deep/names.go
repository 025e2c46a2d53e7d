package deep

import (
	"fmt"
	"reflect"
	"strings"
)

// nameOfType is the name of a type with the paths of its packages: reflection gives only
// their last elements, which two packages can have in common.
func nameOfType(t reflect.Type) string {
	if t.Name() != "" {
		return t.PkgPath() + "." + t.Name()
	}
	switch t.Kind() {
	case reflect.Pointer:
		return "*" + nameOfType(t.Elem())
	case reflect.Slice:
		return "[]" + nameOfType(t.Elem())
	case reflect.Array:
		return fmt.Sprintf("[%d]%s", t.Len(), nameOfType(t.Elem()))
	case reflect.Map:
		return "map[" + nameOfType(t.Key()) + "]" + nameOfType(t.Elem())
	case reflect.Chan:
		return t.ChanDir().String() + " " + nameOfType(t.Elem())
	}
	// The text has the names of fields, tags and methods, and what is embedded. What it
	// has of types is only the last elements of paths.
	var parts []string
	switch t.Kind() {
	case reflect.Struct:
		for f := range t.Fields() {
			parts = append(parts, f.PkgPath, nameOfType(f.Type))
		}
	case reflect.Func:
		for in := range t.Ins() {
			parts = append(parts, nameOfType(in))
		}
		for out := range t.Outs() {
			parts = append(parts, nameOfType(out))
		}
	case reflect.Interface:
		for m := range t.Methods() {
			parts = append(parts, m.PkgPath, nameOfType(m.Type))
		}
	}
	return t.String() + "(" + strings.Join(parts, ",") + ")"
}

// typeName writes down a type. Two types inside of functions can have one name, which says
// nothing then.
func (w *walker) typeName(t reflect.Type) {
	p := w.codec.planOf(t)
	if other, known := w.codec.types.LoadOrStore(p.name, t); known && other != t {
		w.refuse("of the type "+t.String(), "another type has this name too, so the name does not say which of the two a value has. Give one of them another name")
	}
	w.text(p.name)
}
