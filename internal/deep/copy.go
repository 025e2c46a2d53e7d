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

func (k *copier) run(to, from reflect.Value) (err error) {
	defer func() {
		if r := recover(); r != nil {
			refusal, ok := r.(*Refusal)
			if !ok {
				panic(r)
			}
			err = refusal
		}
	}()
	k.made[place{from.Pointer(), from.Type(), 0}] = to
	k.from = append(k.from, region{from.Elem(), to.Elem()})
	k.value(to.Elem(), from.Elem())
	return nil
}

// value copies from one variable into another.
func (k *copier) value(to, from reflect.Value) {
	t := from.Type()
	if !k.w.codec.planOf(t).references {
		to.Set(from) // a mutex too, which is free
		return
	}
	switch {
	case t == syncMapType:
		k.syncMap(to.Addr().Interface().(*sync.Map), from.Addr().Interface().(*sync.Map))
		return
	case t == locationType, isHandle(t):
		to.Set(from)
		return
	case t == condType: // the copy counts its own waiters
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

func (k *copier) pointer(from reflect.Value, note func(reflect.Value)) {
	if isSingle(from.Type().Elem()) {
		note(from)
		return
	}
	if made, ok := k.inside(from); ok {
		note(made)
		return
	}
	made := reflect.New(from.Type().Elem())
	note(made.Convert(from.Type()))
	k.from = append(k.from, region{from.Elem(), made.Elem()})
	k.value(made.Elem(), from.Elem())
}

// inside returns the pointer into a copy for a pointer into its original.
func (k *copier) inside(from reflect.Value) (made reflect.Value, ok bool) {
	at, t := from.Pointer(), from.Type().Elem()
	for _, r := range k.from {
		start := r.original.Addr().Pointer()
		if at < start || at+t.Size() > start+r.original.Type().Size() || t.Size() == 0 {
			continue
		}
		if x, ok := partAt(r.copied, at-start, t); ok {
			return x.Addr().Convert(from.Type()), true
		}
	}
	return made, false
}

// partAt returns the part of a variable that has this type and begins at this offset.
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

func (k *copier) slice(from reflect.Value, note func(reflect.Value)) {
	made := reflect.MakeSlice(from.Type(), from.Len(), from.Len())
	note(made)
	if !k.w.codec.planOf(from.Type().Elem()).references {
		reflect.Copy(made, from)
		return
	}
	k.elements(made, from)
}

func (k *copier) mapping(from reflect.Value, note func(reflect.Value)) {
	made := reflect.MakeMapWithSize(from.Type(), from.Len())
	note(made)
	for it := from.MapRange(); it.Next(); {
		made.SetMapIndex(k.copyOf(it.Key()), k.copyOf(it.Value()))
	}
}

func (k *copier) copyOf(v reflect.Value) reflect.Value {
	made := reflect.New(v.Type()).Elem()
	k.value(made, variable(v))
	return made
}

func (k *copier) boxed(to, from reflect.Value) {
	if !from.IsNil() {
		to.Set(k.copyOf(from.Elem()))
	}
}

// function shares a function that has captured nothing.
func (k *copier) function(to, from reflect.Value) {
	if from.IsNil() {
		return
	}
	if name := nameOf(from); !isPlain(name) {
		k.w.refuse("the function "+name, "it may be bound to the value, and a copy of it would not be bound to the copy")
	}
	to.Set(from)
}

func (k *copier) syncMap(to, from *sync.Map) {
	copied := func(x *any) any { return k.copyOf(reflect.ValueOf(x).Elem()).Interface() }
	from.Range(func(key, value any) bool {
		to.Store(copied(&key), copied(&value))
		return true
	})
}
