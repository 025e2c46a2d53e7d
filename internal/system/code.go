package system

import (
	"fmt"
	"reflect"

	"github.com/muster-mc/muster/model"
)

// problemOfCode says what is wrong with the real code of a model, or what it lacks: each
// reference in the state must be to code that the model lists, or else the run would know
// nothing of its memory, nor the report of what an answer rests on.
func (s *System) problemOfCode() string {
	for _, c := range s.Code {
		if c == nil {
			return "its Code has a nil"
		}
		if problem := c.Problem(); problem != "" {
			return problem
		}
	}
	missing := ""
	eachReference(s.StateType, map[reflect.Type]bool{}, func(t reflect.Type) {
		for _, c := range s.Code {
			if c.Covers(t) {
				return
			}
		}
		missing = fmt.Sprintf("its state has references of type %v, and its Code does not list the machines or values that they refer to", t)
	})
	return missing
}

var referenceType = reflect.TypeFor[model.CodeReference]()

// eachReference calls f for the types of references in a type of states.
func eachReference(t reflect.Type, met map[reflect.Type]bool, f func(reflect.Type)) {
	if t == nil || met[t] {
		return
	}
	met[t] = true
	if t.Kind() == reflect.Struct && t.Implements(referenceType) && t.NumField() > 0 && !t.Field(0).Anonymous {
		f(t)
		return
	}
	switch t.Kind() {
	case reflect.Array, reflect.Slice, reflect.Pointer:
		eachReference(t.Elem(), met, f)
	case reflect.Map:
		eachReference(t.Key(), met, f)
		eachReference(t.Elem(), met, f)
	case reflect.Struct:
		for field := range t.Fields() {
			eachReference(field.Type, met, f)
		}
	}
}

// BeginCode prepares the real code for a run, until end is called.
func (s *System) BeginCode(r model.CodeRun) (end func()) {
	var ends []func()
	for _, c := range s.Code {
		ends = append(ends, c.Begin(r))
	}
	return func() {
		for _, end := range ends {
			end()
		}
	}
}
