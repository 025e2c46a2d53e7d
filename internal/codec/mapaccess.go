//go:build !purego

package codec

import (
	"reflect"
	"strconv"
	"unsafe"
)

// A mapAccess reads and changes maps of one type, which are in variables. It is made of
// functions and not of methods, which would make programs larger by the types that have the
// methods.
type mapAccess struct {
	len    func(m unsafe.Pointer) int                  // the number of entries of the map at m
	read   func(m unsafe.Pointer, keys, values *block) // copies all entries of the map at m to two blocks
	set    func(m unsafe.Pointer, key, value cell)
	remove func(m unsafe.Pointer, key cell)
	clear  func(m unsafe.Pointer)
}

// A cell is a value in a block.
type cell struct {
	block *block
	i     int
}

func (c cell) at() unsafe.Pointer { return c.block.at(c.i) }

func (c cell) value() reflect.Value { return c.block.value(c.i) }

// A mapType is a type of maps, and the access to them that knows a type of the same
// representation at compile time; nil if there is none.
type mapType struct {
	reflect.Type
	direct *mapAccess
}

// access returns an access for one goroutine, by reflection if there is no other.
func (t mapType) access() *mapAccess {
	if t.direct != nil {
		return t.direct
	}
	return newReflectedMaps(t.Type)
}

// directMaps returns a mapAccess that takes a map for a map[K]V, whose keys and values have
// the same representation as those of the map's own type: the same size, alignment, pointers
// and, of keys, equality. Maps of types such as map[Node]*Peer and map[uint8]*int are then
// represented alike too. Reflection takes longer, for it has to find out the types of keys and
// values for each entry.
func directMaps[K comparable, V any]() *mapAccess {
	return &mapAccess{
		len: func(m unsafe.Pointer) int { return len(*(*map[K]V)(m)) },
		read: func(m unsafe.Pointer, keys, values *block) {
			i := uintptr(0)
			for k, v := range *(*map[K]V)(m) {
				*(*K)(unsafe.Add(keys.base, i*unsafe.Sizeof(k))) = k
				*(*V)(unsafe.Add(values.base, i*unsafe.Sizeof(v))) = v
				i++
			}
		},
		set:    func(m unsafe.Pointer, key, value cell) { (*(*map[K]V)(m))[*(*K)(key.at())] = *(*V)(value.at()) },
		remove: func(m unsafe.Pointer, key cell) { delete(*(*map[K]V)(m), *(*K)(key.at())) },
		clear:  func(m unsafe.Pointer) { clear(*(*map[K]V)(m)) },
	}
}

// directAccessTo returns a direct access to maps whose keys are strings or numbers, and whose
// values are these, bools, pointers, maps, slices or nothing; else nil.
func directAccessTo(t reflect.Type) *mapAccess {
	if a := directWith(t); a != nil && agrees(a, t) {
		return a
	}
	return nil
}

func directWith(t reflect.Type) *mapAccess {
	switch alike(t.Key()) {
	case reflect.TypeFor[string]():
		return directWithKey[string](t.Elem())
	case reflect.TypeFor[uint8]():
		return directWithKey[uint8](t.Elem())
	case reflect.TypeFor[uint16]():
		return directWithKey[uint16](t.Elem())
	case reflect.TypeFor[uint32]():
		return directWithKey[uint32](t.Elem())
	case reflect.TypeFor[uint64]():
		return directWithKey[uint64](t.Elem())
	}
	return nil
}

func directWithKey[K comparable](elem reflect.Type) *mapAccess {
	switch alike(elem) {
	case reflect.TypeFor[string]():
		return directMaps[K, string]()
	case reflect.TypeFor[uint8]():
		return directMaps[K, uint8]()
	case reflect.TypeFor[uint16]():
		return directMaps[K, uint16]()
	case reflect.TypeFor[uint32]():
		return directMaps[K, uint32]()
	case reflect.TypeFor[uint64]():
		return directMaps[K, uint64]()
	case reflect.TypeFor[unsafe.Pointer]():
		return directMaps[K, unsafe.Pointer]()
	case reflect.TypeFor[[]byte]():
		return directMaps[K, []byte]()
	case reflect.TypeFor[struct{}]():
		return directMaps[K, struct{}]()
	}
	return nil
}

// alike returns one of a few types, which has the same representation as t, or nil. A struct
// of one field is represented as that field.
func alike(t reflect.Type) reflect.Type {
	switch t = withoutWrapping(t); t.Kind() {
	case reflect.String:
		return reflect.TypeFor[string]()
	case reflect.Pointer, reflect.Map:
		return reflect.TypeFor[unsafe.Pointer]()
	case reflect.Slice:
		return reflect.TypeFor[[]byte]()
	case reflect.Struct:
		if t.NumField() == 0 {
			return reflect.TypeFor[struct{}]()
		}
	case reflect.Bool, reflect.Int8, reflect.Uint8:
		return reflect.TypeFor[uint8]()
	case reflect.Int16, reflect.Uint16:
		return reflect.TypeFor[uint16]()
	case reflect.Int32, reflect.Uint32:
		return reflect.TypeFor[uint32]()
	case reflect.Int64, reflect.Uint64:
		return reflect.TypeFor[uint64]()
	case reflect.Int, reflect.Uint, reflect.Uintptr:
		if t.Size() == wordSize {
			return reflect.TypeFor[uint64]()
		}
		return reflect.TypeFor[uint32]()
	}
	return nil
}

// withoutWrapping returns the type of the one field of a struct, and of that if it is such a
// struct too; of other types the type itself.
func withoutWrapping(t reflect.Type) reflect.Type {
	for t.Kind() == reflect.Struct && t.NumField() == 1 {
		t = t.Field(0).Type
	}
	return t
}

// agrees reports whether an access and reflection find the same in maps of a type, with more
// entries than fit what a small map lies in. No version of Go is known in which they do not;
// one that represents maps in another way gets reflection.
func agrees(a *mapAccess, t reflect.Type) bool {
	const entries = 20
	made, filled := newVariable(t), newVariable(t)
	made.val.Set(reflect.MakeMap(t))
	filled.val.Set(reflect.MakeMap(t))
	key, value := newCell(t.Key()), newCell(t.Elem())
	for i := range entries {
		key.number(i)
		value.number(2 * i)
		made.val.SetMapIndex(key.value(), value.value())
		a.set(filled.at, key, value)
	}
	keys, values := newBlock(t.Key()), newBlock(t.Elem())
	keys.make(entries)
	values.make(entries)
	a.read(made.at, &keys, &values)
	n := made.val.Len()
	if a.len(made.at) != n || filled.val.Len() != n {
		return false
	}
	for i := range n {
		key, value := keys.value(i), values.value(i)
		for _, m := range []variable{made, filled} {
			if v := m.val.MapIndex(key); !v.IsValid() || !reflect.DeepEqual(v.Interface(), value.Interface()) {
				return false
			}
		}
		made.val.SetMapIndex(key, reflect.Value{})
		a.remove(filled.at, cell{&keys, i})
	}
	return a.len(made.at) == 0 && filled.val.Len() == 0
}

// number sets a value to the i-th of some different ones of its type, if they are strings or
// numbers.
func (c cell) number(i int) {
	t, at := withoutWrapping(c.value().Type()), c.at()
	switch alike(t) {
	case reflect.TypeFor[string]():
		*(*string)(at) = strconv.Itoa(i)
	case reflect.TypeFor[uint8]():
		if t.Kind() == reflect.Bool {
			i %= 2
		}
		*(*uint8)(at) = uint8(i)
	case reflect.TypeFor[uint16]():
		*(*uint16)(at) = uint16(i)
	case reflect.TypeFor[uint32]():
		*(*uint32)(at) = uint32(i)
	case reflect.TypeFor[uint64]():
		*(*uint64)(at) = uint64(i)
	}
}

// newReflectedMaps returns an access to maps of any type.
func newReflectedMaps(t reflect.Type) *mapAccess {
	r := &reflectedMaps{m: newVariable(t), toPointers: t.Elem().Kind() == reflect.Pointer, keysOnly: t.Elem().Size() == 0}
	return &mapAccess{
		len:    func(m unsafe.Pointer) int { return r.of(m).Len() },
		read:   r.read,
		set:    func(m unsafe.Pointer, key, value cell) { r.of(m).SetMapIndex(key.value(), value.value()) },
		remove: func(m unsafe.Pointer, key cell) { r.of(m).SetMapIndex(key.value(), reflect.Value{}) },
		clear:  func(m unsafe.Pointer) { r.of(m).Clear() },
	}
}

// reflectedMaps is what an access to maps of any type needs. The iterator is kept, because a
// new one for each map would be allocated.
type reflectedMaps struct {
	m                    variable // the map that is read or changed
	iter                 reflect.MapIter
	toPointers, keysOnly bool
}

// of returns the map at m. A map is a single pointer, so an assignment through pointers takes
// the place of a slower one by reflection.
func (r *reflectedMaps) of(m unsafe.Pointer) reflect.Value {
	*(*unsafe.Pointer)(r.m.at) = *(*unsafe.Pointer)(m)
	return r.m.val
}

func (r *reflectedMaps) read(m unsafe.Pointer, keys, values *block) {
	r.iter.Reset(r.of(m))
	for i := 0; r.iter.Next(); i++ {
		keys.value(i).SetIterKey(&r.iter)
		switch {
		case r.keysOnly:
		case r.toPointers: // a pointer is read faster than another value, and without allocating
			*(*unsafe.Pointer)(values.at(i)) = r.iter.Value().UnsafePointer()
		default:
			values.value(i).SetIterValue(&r.iter)
		}
	}
}
