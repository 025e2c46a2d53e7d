package model

import "reflect"

// Enabled reports whether the named action can take a step from the state in
// any way. It is for properties that speak of enabledness: "an expired lease
// can be claimed". The state is not changed; the action runs on a copy.
//
// It panics when the model has no action of that name.
func Enabled[S any](m *Model[S], action string, s *S) bool {
	for i := range m.Actions {
		if m.Actions[i].Name == action {
			return canStep(m.Actions[i].Do, s)
		}
	}
	panic("model: Enabled: " + m.Name + " has no action " + action)
}

func canStep[S any](do func(*S, *Choice) bool, s *S) bool {
	var o Odometer
	var try S
	o.Reset()
	for more := true; more; more = o.Next() {
		clone(reflect.ValueOf(&try).Elem(), reflect.ValueOf(s).Elem())
		if attempt(do, &try, &o) {
			return true
		}
	}
	return false
}

// attempt runs an action once. What it does after a choice from nothing, even a
// panic, does not matter.
func attempt[S any](do func(*S, *Choice) bool, s *S, o *Odometer) (enabled bool) {
	defer func() {
		if !o.Void() {
			return
		}
		_ = recover()
		enabled = false
	}()
	return do(s, o.Choice())
}

// clone copies src to dst, with everything it refers to. States have no cycles.
func clone(dst, src reflect.Value) {
	dst.Set(src)
	if refers(src.Type()) {
		detach(dst)
	}
}

// refers reports whether values of a type share memory with their copies.
// Strings do too, but never change.
func refers(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Slice, reflect.Map, reflect.Pointer:
		return true
	case reflect.Array:
		return refers(t.Elem())
	case reflect.Struct:
		for i := range t.NumField() {
			if refers(t.Field(i).Type) {
				return true
			}
		}
	}
	return false
}

// detach replaces everything that v refers to by copies.
func detach(v reflect.Value) {
	v = reflect.NewAt(v.Type(), v.Addr().UnsafePointer()).Elem() // unexported fields too
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			detach(v.Field(i))
		}
	case reflect.Array:
		for i := range v.Len() {
			detach(v.Index(i))
		}
	case reflect.Slice:
		detachSlice(v)
	case reflect.Map:
		detachMap(v)
	case reflect.Pointer:
		if !v.IsNil() {
			copied := reflect.New(v.Type().Elem())
			clone(copied.Elem(), v.Elem())
			v.Set(copied)
		}
	}
}

func detachSlice(v reflect.Value) {
	if v.IsNil() {
		return
	}
	copied := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
	for i := range v.Len() {
		clone(copied.Index(i), v.Index(i))
	}
	v.Set(copied)
}

func detachMap(v reflect.Value) {
	if v.IsNil() {
		return
	}
	copied := reflect.MakeMapWithSize(v.Type(), v.Len())
	for entries := v.MapRange(); entries.Next(); {
		value := reflect.New(v.Type().Elem()).Elem()
		value.Set(entries.Value())
		if refers(value.Type()) {
			detach(value)
		}
		copied.SetMapIndex(entries.Key(), value)
	}
	v.Set(copied)
}
