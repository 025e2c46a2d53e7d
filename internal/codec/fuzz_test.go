package codec

import (
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

// mutate changes a state in a few places, as an action might: it assigns values,
// appends and removes elements and map entries, and lets variables share slices,
// maps and pointers.
func (f filler) mutate(v reflect.Value, changes int) {
	for range changes {
		var all []reflect.Value
		variables(v, &all)
		if len(all) == 0 {
			return
		}
		f.change(all[f.IntN(len(all))], all)
	}
}

// variables collects the assignable variables of a state.
func variables(v reflect.Value, all *[]reflect.Value) {
	*all = append(*all, v)
	switch v.Kind() {
	case reflect.Array, reflect.Slice:
		for i := range v.Len() {
			variables(v.Index(i), all)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			variables(v.Elem(), all)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).Name != "_" {
				variables(open(v.Field(i)), all)
			}
		}
	}
}

// change changes one variable, possibly to the value of another.
func (f filler) change(v reflect.Value, others []reflect.Value) {
	switch f.IntN(4) {
	case 0:
		f.fill(v)
		return
	case 1:
		f.alias(v, others)
		return
	}
	switch v.Kind() {
	case reflect.Slice:
		f.changeSlice(v)
	case reflect.Map:
		f.changeMap(v)
	default:
		f.alias(v, others)
	}
}

// alias assigns to a variable the value of another one of its type, or lets a
// pointer point to another variable.
func (f filler) alias(v reflect.Value, others []reflect.Value) {
	for _, i := range f.Perm(len(others)) {
		switch o := others[i]; {
		case o.Type() == v.Type():
			v.Set(o)
			return
		case v.Kind() == reflect.Pointer && o.Type() == v.Type().Elem():
			v.Set(o.Addr())
			return
		}
	}
}

// changeSlice appends elements in place, or removes the last one.
func (f filler) changeSlice(v reflect.Value) {
	if v.Len() > 0 && f.IntN(3) == 0 {
		v.Set(v.Slice(0, v.Len()-1))
		return
	}
	for range 1 + f.some() {
		v.Set(reflect.Append(v, f.new(v.Type().Elem())))
	}
}

// changeMap adds or removes an entry.
func (f filler) changeMap(v reflect.Value) {
	if v.IsNil() {
		v.Set(reflect.MakeMap(v.Type()))
	}
	if keys := v.MapKeys(); len(keys) > 0 && f.IntN(2) == 0 {
		v.SetMapIndex(keys[f.IntN(len(keys))], reflect.Value{})
		return
	}
	v.SetMapIndex(f.new(v.Type().Key()), f.new(v.Type().Elem()))
}

// A search decodes a parent and copies it for every action. Whatever an action does
// to its copy, the parent does not change, the next copy equals the parent, and
// the codec and the reference encode the successor alike.
func TestExpansion(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, f := drawHarness(t), drawFiller(t)
		parent, work := r.live(), r.live()
		next := r.encode(r.value(f))
		for range 4 {
			encoded := next
			if _, ok := parent.decode(encoded); !ok {
				t.Fatalf("cannot decode %x", encoded)
			}
			for range 3 {
				work.copy(parent.Value)
				wantBytes(t, "copy", work.encode(), encoded)
				if !clean(work.Value) {
					t.Fatalf("not clean: %+v", work.Value)
				}
				f.mutate(work.Value, 6)
				next = work.encode()
				wantBytes(t, "successor", next, r.reference.append(nil, work.Value))
				wantBytes(t, "parent", parent.encode(), encoded)
			}
		}
	})
}
