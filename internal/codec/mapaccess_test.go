//go:build !purego

package codec

import (
	"reflect"
	"testing"
	"unsafe"

	"pgregory.net/rapid"
)

// Maps of these types are read and changed as maps of types with the same representation.
var directTypes = []reflect.Type{
	reflect.TypeFor[map[phase]*padded](), reflect.TypeFor[map[nodeID]phase](), reflect.TypeFor[map[bool]int16](),
	reflect.TypeFor[map[int8]uint32](), reflect.TypeFor[map[uint16]nodeID](), reflect.TypeFor[map[int32]int](),
	reflect.TypeFor[map[int]struct{}](), reflect.TypeFor[map[uint64][]padded](), reflect.TypeFor[map[uintptr]set[string]](),
	reflect.TypeFor[map[string]map[phase]bool](), reflect.TypeFor[map[struct{ N nodeID }]struct{ M struct{ L int64 } }](),
}

// A direct access and reflection do the same to maps of all sizes.
func TestDirectMapsAreLikeReflectedOnes(t *testing.T) {
	for _, typ := range directTypes {
		direct := directAccessTo(typ)
		if direct == nil {
			t.Fatalf("no direct access to a %v", typ)
		}
		reflected := newReflectedMaps(typ)
		rapid.Check(t, func(t *rapid.T) {
			f := drawFiller(t)
			a, b := newVariable(typ), newVariable(typ)
			a.val.Set(reflect.MakeMap(typ))
			b.val.Set(reflect.MakeMap(typ))
			key, value := newCell(typ.Key()), newCell(typ.Elem())
			for range rapid.IntRange(0, 60).Draw(t, "changes") {
				f.fill(key.value())
				f.fill(value.value())
				switch f.IntN(5) {
				case 0:
					direct.remove(a.at, key)
					reflected.remove(b.at, key)
				case 1:
					if f.IntN(5) == 0 {
						direct.clear(a.at)
						reflected.clear(b.at)
					}
				default:
					direct.set(a.at, key, value)
					reflected.set(b.at, key, value)
				}
			}
			n := direct.len(a.at)
			if n != reflected.len(b.at) || n != a.val.Len() || n != b.val.Len() || !same(a.val, b.val, false) {
				t.Fatalf("%v: %v and by reflection %v", typ, a.val, b.val)
			}
			for _, access := range []*mapAccess{direct, reflected} {
				keys, values := newBlock(typ.Key()), newBlock(typ.Elem())
				keys.make(n)
				values.make(n)
				access.read(a.at, &keys, &values)
				c := reflect.MakeMap(typ)
				for i := range n {
					c.SetMapIndex(keys.value(i), values.value(i))
				}
				if !same(a.val, c, false) {
					t.Fatalf("%v: %v is read as %v", typ, a.val, c)
				}
			}
		})
	}
}

// An access that does not do what reflection does is found out.
func TestFaultyAccessesDoNotAgree(t *testing.T) {
	typ := reflect.TypeFor[map[uint32]uint64]()
	direct := *directAccessTo(typ)
	for fault, change := range map[string]func(a *mapAccess){
		"len": func(a *mapAccess) { a.len = func(unsafe.Pointer) int { return 0 } },
		"key": func(a *mapAccess) {
			a.read = func(m unsafe.Pointer, keys, values *block) {
				direct.read(m, keys, values)
				*(*uint32)(keys.base) += 100
			}
		},
		"value": func(a *mapAccess) {
			a.read = func(m unsafe.Pointer, keys, values *block) {
				direct.read(m, keys, values)
				*(*uint64)(values.base)++
			}
		},
		"set": func(a *mapAccess) {
			a.set = func(m unsafe.Pointer, key, _ cell) { direct.set(m, key, newCell(typ.Elem())) }
		},
		"set alone": func(a *mapAccess) {
			a.set = func(m unsafe.Pointer, key, value cell) {
				direct.clear(m)
				direct.set(m, key, value)
			}
		},
		"remove": func(a *mapAccess) { a.remove = func(unsafe.Pointer, cell) {} },
	} {
		if faulty := direct; !agrees(&faulty, typ) {
			t.Error("an access without a fault does not agree")
		}
		faulty := direct
		if change(&faulty); agrees(&faulty, typ) {
			t.Errorf("an access with a faulty %s passes for right", fault)
		}
	}
}

// Types that are not represented as a number, a pointer and so on have no direct access.
func TestOnlySuitableMapsAreDirect(t *testing.T) {
	for _, typ := range []reflect.Type{
		reflect.TypeFor[map[[2]uint8]uint8](), reflect.TypeFor[map[uint8][2]uint8](), reflect.TypeFor[map[uint8]padded](),
		reflect.TypeFor[map[struct{ A, B uint8 }]uint8](), reflect.TypeFor[map[uint8]struct{ A, B uint32 }](),
	} {
		if a := directAccessTo(typ); a != nil {
			t.Errorf("a direct access to a %v", typ)
		}
	}
}
