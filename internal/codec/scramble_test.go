package codec

import (
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

// scramble changes a state in a few places, as an action might: new values,
// elements appended and cut off, entries put into maps and taken out, and
// slices, maps and pointers of one variable given to another.
func (f filler) scramble(v reflect.Value, changes int) {
	for range changes {
		var all []reflect.Value
		variables(v, &all)
		if len(all) == 0 {
			return
		}
		f.change(all[f.IntN(len(all))], all)
	}
}

// variables collects everything in a state that can be assigned to.
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

// change changes one variable. The others are where values may come from.
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

// alias gives a variable the value of another of its type, or lets a pointer
// point to one.
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

// changeSlice appends elements in place, or cuts one off.
func (f filler) changeSlice(v reflect.Value) {
	if v.Len() > 0 && f.IntN(3) == 0 {
		v.Set(v.Slice(0, v.Len()-1))
		return
	}
	for range 1 + f.some() {
		v.Set(reflect.Append(v, f.new(v.Type().Elem())))
	}
}

// changeMap puts an entry in, or takes one out.
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

// An engine decodes a parent and copies it for every action. Whatever actions
// do to their copies, the parent stays as it is, every copy starts as the
// parent, and what an action made is encoded as the twin encodes it.
func TestWhatAnEngineDoes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, f := drawRig(t), drawFiller(t)
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
				f.scramble(work.Value, 6)
				next = work.encode()
				wantBytes(t, "successor", next, r.twin.append(nil, work.Value))
				wantBytes(t, "parent", parent.encode(), encoded)
			}
		}
	})
}
