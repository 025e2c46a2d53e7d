package trace

import (
	"reflect"
	"strconv"
)

// Note adds to the last step the values that its action has left in fields with the
// tag muster:"-", as changes from zero: s is a pointer to the state as the action has
// left it. They are no part of the state, but properties of steps can read them. A value
// whose String method returns the text of the zero value says nothing, and is left out.
func (t *Trace) Note(s any) {
	if t.Length == 0 {
		return
	}
	d := differ{}
	noteFields(&d, "", reflect.ValueOf(s).Elem())
	step := &t.Steps[t.Length-1]
	step.Changes = append(step.Changes, d.changes...)
}

// noteFields lists such fields, also those of structs and arrays in the state.
func noteFields(d *differ, path string, v reflect.Value) {
	if !hasFields(v.Type()) || !planOf(v.Type()).hasNotes {
		return
	}
	switch v.Kind() {
	case reflect.Array:
		for i := range v.Len() {
			noteFields(d, path+"["+strconv.Itoa(i)+"]", v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			f := v.Type().Field(i)
			switch at := path + "." + f.Name; {
			case f.Name == "_":
			case f.Tag.Get("muster") != "-":
				noteFields(d, at, v.Field(i))
			case isReadable(f.Type) && !v.Field(i).IsZero():
				before, after := read(reflect.New(f.Type).Elem()).String(), read(open(v.Field(i))).String()
				if before != after {
					d.add(at, before, after)
				}
			}
		}
	}
}

// hasFields reports whether a value of the type may have fields.
func hasFields(t reflect.Type) bool { return t.Kind() == reflect.Array || t.Kind() == reflect.Struct }

// isReadable reports whether a value of the type says something as text.
func isReadable(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Func, reflect.Chan, reflect.UnsafePointer:
		return false
	}
	return true
}
