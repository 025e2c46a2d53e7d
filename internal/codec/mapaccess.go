//go:build !purego

package codec

import (
	"reflect"
	"strconv"
	"unsafe"
)

// A mapAccess reads and changes maps of one type. The maps are in variables, and entries in
// arrays or variables of their types. It is made of functions and not of methods, which would
// make programs larger by the types that have the methods.
type mapAccess struct {
	len    func(m unsafe.Pointer) int           // the number of entries of the map at m
	read   func(m, keys, values unsafe.Pointer) // copies all entries of the map at m to two arrays
	set    func(m, key, value unsafe.Pointer)
	remove func(m, key unsafe.Pointer)
	clear  func(m unsafe.Pointer)
}

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
// represented alike too. This takes a quarter of the time of reflection, which has to find
// out the types of keys and values for each entry.
func directMaps[K comparable, V any]() *mapAccess {
	return &mapAccess{
		len: func(m unsafe.Pointer) int { return len(*(*map[K]V)(m)) },
		read: func(m, keys, values unsafe.Pointer) {
			i := uintptr(0)
			for k, v := range *(*map[K]V)(m) {
				*(*K)(unsafe.Add(keys, i*unsafe.Sizeof(k))) = k
				*(*V)(unsafe.Add(values, i*unsafe.Sizeof(v))) = v
				i++
			}
		},
		set:    func(m, key, value unsafe.Pointer) { (*(*map[K]V)(m))[*(*K)(key)] = *(*V)(value) },
		remove: func(m, key unsafe.Pointer) { delete(*(*map[K]V)(m), *(*K)(key)) },
		clear:  func(m unsafe.Pointer) { clear(*(*map[K]V)(m)) },
	}
}

// directAccessTo returns a direct access to maps whose keys are strings or numbers, and whose
// values are these, bools, pointers, maps, slices or nothing; else nil. Each pair of a key
// and a value makes programs larger, so there are none for the rarer numbers: of 16 bits, and
// values of 32.
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
	for t.Kind() == reflect.Struct && t.NumField() == 1 {
		t = t.Field(0).Type
	}
	switch t.Kind() {
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

// agrees reports whether an access and reflection find the same in maps of a type, with more
// entries than fit what a small map lies in. No version of Go is known in which they do not;
// one that represents maps in another way gets reflection.
func agrees(a *mapAccess, t reflect.Type) bool {
	const entries = 20
	made, filled := newVariable(t), newVariable(t)
	made.val.Set(reflect.MakeMap(t))
	filled.val.Set(reflect.MakeMap(t))
	key, value := newVariable(t.Key()), newVariable(t.Elem())
	for i := range entries {
		key.number(i)
		value.number(2 * i)
		made.val.SetMapIndex(key.val, value.val)
		a.set(filled.at, key.at, value.at)
	}
	keys, values := newBlock(t.Key()), newBlock(t.Elem())
	keys.make(entries)
	values.make(entries)
	a.read(made.at, keys.base, values.base)
	n := made.val.Len()
	if a.len(made.at) != n || filled.val.Len() != n {
		return false
	}
	for i := range n {
		key, value := keys.slice.val.Index(i), values.slice.val.Index(i)
		if v := made.val.MapIndex(key); !v.IsValid() || !reflect.DeepEqual(v.Interface(), value.Interface()) {
			return false
		}
		if v := filled.val.MapIndex(key); !v.IsValid() || !reflect.DeepEqual(v.Interface(), value.Interface()) {
			return false
		}
		made.val.SetMapIndex(key, reflect.Value{})
		a.remove(filled.at, keys.at(i))
	}
	return a.len(made.at) == 0 && filled.val.Len() == 0
}

// number sets a variable to the i-th of some different values of its type, if they are
// strings or numbers.
func (v variable) number(i int) {
	t := v.val.Type()
	for t.Kind() == reflect.Struct && t.NumField() == 1 {
		t = t.Field(0).Type
	}
	switch alike(t) {
	case reflect.TypeFor[string]():
		*(*string)(v.at) = strconv.Itoa(i)
	case reflect.TypeFor[uint8]():
		if t.Kind() == reflect.Bool {
			i %= 2
		}
		*(*uint8)(v.at) = uint8(i)
	case reflect.TypeFor[uint32]():
		*(*uint32)(v.at) = uint32(i)
	case reflect.TypeFor[uint64]():
		*(*uint64)(v.at) = uint64(i)
	}
}

// newReflectedMaps returns an access to maps of any type.
func newReflectedMaps(t reflect.Type) *mapAccess {
	r := &reflectedMaps{typ: t, from: newVariable(t)}
	return &mapAccess{len: r.len, read: r.read, set: r.set, remove: r.remove, clear: r.clear}
}

// reflectedMaps is what an access to maps of any type needs. The iterator is kept, because a new one
// for each map would be allocated.
type reflectedMaps struct {
	typ  reflect.Type
	from variable
	iter reflect.MapIter
}

// at returns the map at m.
func (r *reflectedMaps) at(m unsafe.Pointer) reflect.Value { return reflect.NewAt(r.typ, m).Elem() }

func (r *reflectedMaps) key(at unsafe.Pointer) reflect.Value {
	return reflect.NewAt(r.typ.Key(), at).Elem()
}

func (r *reflectedMaps) value(at unsafe.Pointer) reflect.Value {
	return reflect.NewAt(r.typ.Elem(), at).Elem()
}

func (r *reflectedMaps) len(m unsafe.Pointer) int { return r.at(m).Len() }

func (r *reflectedMaps) read(m, keys, values unsafe.Pointer) {
	key, value := r.typ.Key().Size(), r.typ.Elem().Size()
	// A map is one pointer. To assign it takes less than to reset an iterator by another value.
	*(*unsafe.Pointer)(r.from.at) = *(*unsafe.Pointer)(m)
	r.iter.Reset(r.from.val)
	for i := uintptr(0); r.iter.Next(); i++ {
		r.key(unsafe.Add(keys, i*key)).SetIterKey(&r.iter)
		if value > 0 {
			r.value(unsafe.Add(values, i*value)).SetIterValue(&r.iter)
		}
	}
}

func (r *reflectedMaps) set(m, key, value unsafe.Pointer) {
	r.at(m).SetMapIndex(r.key(key), r.value(value))
}

func (r *reflectedMaps) remove(m, key unsafe.Pointer) {
	r.at(m).SetMapIndex(r.key(key), reflect.Value{})
}

func (r *reflectedMaps) clear(m unsafe.Pointer) { r.at(m).Clear() }
