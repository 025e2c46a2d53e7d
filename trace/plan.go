package trace

import (
	"fmt"
	"reflect"
	"sync"
)

// plan is how the values of a type are read. It is worked out once for each type, because a
// state of ten thousand values has as many to read, of few types.
type plan struct {
	isStringer bool    // the type or its pointer has String
	isValuer   bool    // the type or its pointer has TraceValue, and no embedded field has it
	fields     []field // of a struct, those that are shown
	isAlone    bool    // the struct has one field, and that is unordered: it is shown in place of the struct
	hasNotes   bool    // a field of the struct, or of one within it or within the array, is a note
}

// field is a field of a struct that is shown.
type field struct {
	index       int
	name, step  string
	isUnordered bool
}

var plans sync.Map // of *plan, by reflect.Type

var stringerType = reflect.TypeFor[fmt.Stringer]()

func planOf(t reflect.Type) *plan {
	if p, ok := plans.Load(t); ok {
		return p.(*plan)
	}
	address := reflect.PointerTo(t)
	p := &plan{isStringer: address.Implements(stringerType), isValuer: address.Implements(valuerType) && !promotes(t)}
	switch t.Kind() {
	case reflect.Struct:
		p.readFields(t)
	case reflect.Array:
		p.hasNotes = planOf(t.Elem()).hasNotes
	}
	plans.Store(t, p)
	return p
}

func (p *plan) readFields(t reflect.Type) {
	for i := range t.NumField() {
		f := t.Field(i)
		tag := f.Tag.Get("muster")
		if f.Name == "_" {
			continue
		}
		p.hasNotes = p.hasNotes || tag == "-" || hasFields(f.Type) && planOf(f.Type).hasNotes
		if tag == "-" {
			continue
		}
		p.fields = append(p.fields, field{i, f.Name, "." + f.Name, tag == "unordered"})
		p.isAlone = tag == "unordered" && t.NumField() == 1
	}
}
