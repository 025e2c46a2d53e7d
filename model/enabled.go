package model

import (
	"reflect"
	"sync"
)

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
	copying := copyingOf(reflect.TypeFor[S]())
	o.Reset()
	for more := true; more; more = o.Next() {
		try = *s
		if copying != nil {
			copying.detach(reflect.ValueOf(&try).Elem())
		}
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

// copying is how values of a type are copied with everything that they refer to. Values of
// a type without one share no memory with their copies, or only strings, which never change.
type copying struct {
	kind   reflect.Kind
	fields []int      // of a struct: those that refer to memory,
	parts  []*copying // and how each of them is copied
	elem   *copying   // of the elements, or of what is pointed to; nil if an assignment is enough
}

// copyings has the copying of each type that Enabled was asked about, by reflect.Type. A
// property asks in every state, and reading a type takes longer than copying a state.
var copyings sync.Map

func copyingOf(t reflect.Type) *copying {
	if known, ok := copyings.Load(t); ok {
		return known.(*copying)
	}
	c := readCopying(t, map[reflect.Type]*copying{})
	copyings.Store(t, c)
	return c
}

// readCopying makes the copying of a type. Begun has those of types that are being read,
// for a pointer may lead back to one.
func readCopying(t reflect.Type, begun map[reflect.Type]*copying) *copying {
	if c, ok := begun[t]; ok {
		return c
	}
	c := &copying{kind: t.Kind()}
	begun[t] = c
	switch c.kind {
	case reflect.Slice, reflect.Map, reflect.Pointer:
		c.elem = readCopying(t.Elem(), begun)
		return c
	case reflect.Array:
		if c.elem = readCopying(t.Elem(), begun); c.elem != nil {
			return c
		}
	case reflect.Struct:
		for i := range t.NumField() {
			if part := readCopying(t.Field(i).Type, begun); part != nil {
				c.fields, c.parts = append(c.fields, i), append(c.parts, part)
			}
		}
		if c.fields != nil {
			return c
		}
	}
	begun[t] = nil
	return nil
}

// detach replaces everything that v refers to by copies. States have no cycles.
func (c *copying) detach(v reflect.Value) {
	v = reflect.NewAt(v.Type(), v.Addr().UnsafePointer()).Elem() // unexported fields too
	switch c.kind {
	case reflect.Struct:
		for i, f := range c.fields {
			c.parts[i].detach(v.Field(f))
		}
	case reflect.Array:
		c.detachElements(v)
	case reflect.Slice:
		if v.Len() == 0 {
			v.SetCap(0) // what is appended must not go to the memory behind it
			return
		}
		copied := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		reflect.Copy(copied, v)
		c.detachElements(copied)
		v.Set(copied)
	case reflect.Map:
		if !v.IsNil() {
			v.Set(c.copyMap(v))
		}
	case reflect.Pointer:
		if !v.IsNil() {
			copied := reflect.New(v.Type().Elem())
			copied.Elem().Set(v.Elem())
			if c.elem != nil {
				c.elem.detach(copied.Elem())
			}
			v.Set(copied)
		}
	}
}

func (c *copying) detachElements(v reflect.Value) {
	if c.elem == nil {
		return
	}
	for i := range v.Len() {
		c.elem.detach(v.Index(i))
	}
}

func (c *copying) copyMap(v reflect.Value) reflect.Value {
	copied := reflect.MakeMapWithSize(v.Type(), v.Len())
	value := reflect.New(v.Type().Elem()).Elem()
	for entries := v.MapRange(); entries.Next(); {
		value.SetIterValue(entries)
		if c.elem != nil {
			c.elem.detach(value)
		}
		copied.SetMapIndex(entries.Key(), value)
	}
	return copied
}
