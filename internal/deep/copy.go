package deep

import (
	"bytes"
	"reflect"
	"sync"
)

// Copy returns a pointer to a deep copy of the value that p points to. What the rules
// ignore is shared with the copy, and so are functions. The error is a [*Refusal]: of a
// function that may be bound to the value, or of windows of one array.
func (c *Codec) Copy(p any) (copied any, err error) {
	// The encoding says what a value is, so it also says whether the copy is right: the two
	// must be encoded alike. The check finds what the copier cannot keep, such as slices that
	// share an array, and what its author forgot. A step runs on a copy, and a copy that is
	// not the value would lose states without a word.
	before, err := c.Append(nil, p)
	if err != nil {
		return nil, err
	}
	from := reflect.ValueOf(p)
	k := &copier{w: c.walker(), made: map[place]reflect.Value{}}
	to := reflect.New(from.Type().Elem())
	if err := k.run(to, from); err != nil {
		return nil, err
	}
	after, err := c.Append(nil, to.Interface())
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(before, after) {
		return nil, &Refusal{
			Problem: "a value that cannot be copied part by part",
			Advice:  "several of its slices are windows of one array. Give it a Copy",
		}
	}
	return to.Interface(), nil
}

// copier copies a value part by part. The walker has its path, for refusals.
type copier struct {
	w    *walker
	made map[place]reflect.Value // copies of what references refer to
	from []region                // the values that pointers refer to, with their copies
}

// region is a variable and its copy.
type region struct{ original, copied reflect.Value }

// run copies the value that a pointer points to into what another pointer points to.
func (k *copier) run(to, from reflect.Value) (err error) {
	// A refusal can come from any depth, so it is a panic up to here, as in the walker.
	defer func() {
		if r := recover(); r != nil {
			refusal, ok := r.(*Refusal)
			if !ok {
				panic(r)
			}
			err = refusal
		}
	}()
	// The value itself is the first variable that is known: a part of it can point back to
	// it, or into it.
	k.made[place{from.Pointer(), from.Type(), 0}] = to
	k.from = append(k.from, region{from.Elem(), to.Elem()})
	k.value(to.Elem(), from.Elem())
	return nil
}

// value copies from one variable into another.
func (k *copier) value(to, from reflect.Value) {
	t := from.Type()
	if !k.w.codec.planOf(t).references {
		// Assignment copies all of it. A mutex is copied here too: the encoding has shown
		// that it is free, and a free mutex is all zeros.
		to.Set(from)
		return
	}
	// Types of the standard library that cannot be copied field by field: one of their parts
	// checks its own address, is an unsafe pointer, or is compared by its address.
	switch {
	case t == syncMapType:
		k.syncMap(to.Addr().Interface().(*sync.Map), from.Addr().Interface().(*sync.Map))
		return
	case t == locationType: // nothing ever writes to the zones of a location
		to.Set(from)
		return
	// A sync.Cond panics if it was copied after its first use. So only the lock is copied, and
	// the copy counts its own waiters, which are none.
	case t == condType:
		k.value(to.FieldByName("L"), from.FieldByName("L"))
		return
	case isAtomicPointer(t):
		k.value(slot(to), slot(from))
		return
	}
	switch from.Kind() {
	case reflect.Struct:
		k.structure(to, from)
	case reflect.Array:
		k.elements(to, from)
	case reflect.Slice:
		// The length is part of the place: two windows of different lengths can begin at one
		// address, and each is a slice of its own in the copy. Copy then refuses them.
		k.reference(to, from, place{from.Pointer(), t, from.Len()}, k.slice)
	case reflect.Map:
		k.reference(to, from, place{from.Pointer(), t, 0}, k.mapping)
	case reflect.Pointer:
		k.reference(to, from, place{from.Pointer(), t, 0}, k.pointer)
	case reflect.Interface:
		k.boxed(to, from)
	case reflect.Func:
		k.function(to, from)
	}
}

// structure copies a struct field by field. The path is kept up to date for a refusal further
// down.
func (k *copier) structure(to, from reflect.Value) {
	p := k.w.codec.planOf(from.Type())
	for i := range p.fields {
		f := &p.fields[i]
		dst, src := open(to.Field(f.index)), open(from.Field(f.index))
		if f.ignored {
			dst.Set(src)
			continue
		}
		k.w.path = append(k.w.path, segment{field: f})
		k.value(dst, src)
		k.w.path = k.w.path[:len(k.w.path)-1]
	}
}

// elements copies the elements of an array, or of a slice of the same length.
func (k *copier) elements(to, from reflect.Value) {
	for i := range from.Len() {
		k.w.path = append(k.w.path, segment{index: i})
		k.value(to.Index(i), from.Index(i))
		k.w.path = k.w.path[:len(k.w.path)-1]
	}
}

// reference copies what a reference refers to once. The copy is known before its parts are
// copied, because they can refer to it.
func (k *copier) reference(to, from reflect.Value, at place, make func(from reflect.Value, note func(reflect.Value))) {
	if from.IsNil() {
		return
	}
	if made, ok := k.made[at]; ok {
		to.Set(made)
		return
	}
	make(from, func(made reflect.Value) {
		k.made[at] = made
		to.Set(made)
	})
}

// pointer copies what a pointer points to, unless it is known already as a part of another
// variable.
func (k *copier) pointer(from reflect.Value, note func(reflect.Value)) {
	// Both are compared by their addresses: time.Local is known by its own, and two values of
	// reflect.Type are one type if their pointers are equal. A copy would be something else.
	if t := from.Type().Elem(); t == locationType || t == goType {
		note(from)
		return
	}
	if made, ok := k.inside(from); ok {
		note(made)
		return
	}
	made := reflect.New(from.Type().Elem())
	// A pointer type with a name, such as type Ref *Node, is not what reflect.New returns.
	note(made.Convert(from.Type()))
	k.from = append(k.from, region{from.Elem(), made.Elem()})
	k.value(made.Elem(), from.Elem())
}

// inside returns the pointer into a copy for a pointer into its original, such as &x.count in
// a field of x. Without it the copy would point at a variable of its own, and a write through
// the pointer would no longer be seen in x.
//
// Only variables that were met before are searched. A pointer that is met before the variable
// around its target makes a variable of its own; then the encodings differ, and Copy refuses.
//
// The search goes through all variables for each pointer. Values have some hundreds of them.
func (k *copier) inside(from reflect.Value) (made reflect.Value, ok bool) {
	at, t := from.Pointer(), from.Type().Elem()
	for _, r := range k.from {
		start := r.original.Addr().Pointer()
		// All variables without a size may have one address, which says nothing about where
		// they are.
		if at < start || at+t.Size() > start+r.original.Type().Size() || t.Size() == 0 {
			continue
		}
		if x, ok := partAt(r.copied, at-start, t); ok {
			return x.Addr().Convert(from.Type()), true
		}
	}
	return made, false
}

// partAt returns the part of a variable that has this type and begins at this offset. The type
// is needed too: a struct and its first field begin at one offset.
func partAt(v reflect.Value, offset uintptr, t reflect.Type) (part reflect.Value, ok bool) {
	if offset == 0 && v.Type() == t {
		return v, true
	}
	switch v.Kind() {
	case reflect.Array:
		if size := v.Type().Elem().Size(); size > 0 {
			return partAt(v.Index(int(offset/size)), offset%size, t)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			f := v.Type().Field(i)
			if offset < f.Offset || offset+t.Size() > f.Offset+f.Type.Size() {
				continue
			}
			if x, ok := partAt(open(v.Field(i)), offset-f.Offset, t); ok {
				return x, true
			}
		}
	}
	return part, false
}

// slice copies the elements up to the length. Spare capacity is no part of a value, and what an
// append would write there must not be shared with the original.
func (k *copier) slice(from reflect.Value, note func(reflect.Value)) {
	made := reflect.MakeSlice(from.Type(), from.Len(), from.Len())
	note(made)
	if !k.w.codec.planOf(from.Type().Elem()).references { // one move of memory
		reflect.Copy(made, from)
		return
	}
	k.elements(made, from)
}

// mapping copies keys and values. A key that is a pointer becomes the pointer to the copy.
func (k *copier) mapping(from reflect.Value, note func(reflect.Value)) {
	made := reflect.MakeMapWithSize(from.Type(), from.Len())
	note(made)
	for it := from.MapRange(); it.Next(); {
		made.SetMapIndex(k.copyOf(it.Key()), k.copyOf(it.Value()))
	}
}

// copyOf returns a copy of a value that has no address, such as a key of a map. It goes through
// variables, because unexported fields can be read and written only where they have an address.
func (k *copier) copyOf(v reflect.Value) reflect.Value {
	made := reflect.New(v.Type()).Elem()
	k.value(made, variable(v))
	return made
}

// boxed copies the value in an interface.
func (k *copier) boxed(to, from reflect.Value) {
	if !from.IsNil() {
		to.Set(k.copyOf(from.Elem()))
	}
}

// function shares a function that has captured nothing. The walker admits other functions where
// the rules list their fields, for it compares names alone. A copy needs more: a method that is
// bound to the original would change the original when the copy calls it.
func (k *copier) function(to, from reflect.Value) {
	if from.IsNil() {
		return
	}
	if name := nameOf(from); !isPlain(name) {
		k.w.refuse("the function "+name, "it may be bound to the value, and a copy of it would not be bound to the copy")
	}
	to.Set(from)
}

// syncMap stores copies of the entries in an empty map. The fields of a sync.Map are no
// contract, so they are not copied one by one.
func (k *copier) syncMap(to, from *sync.Map) {
	from.Range(func(key, value any) bool {
		to.Store(k.held(key), k.held(value))
		return true
	})
}

// held returns a copy of what an interface holds. Nil has no reflect.Value of its own, so the
// copy is made from one interface into another.
func (k *copier) held(v any) any {
	var made any
	k.value(reflect.ValueOf(&made).Elem(), reflect.ValueOf(&v).Elem())
	return made
}
