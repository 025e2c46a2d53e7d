//go:build !purego

package codec

import (
	"bytes"
	"reflect"
	"unsafe"
)

// The entries of maps have no fixed offsets, so maps are read and filled by
// reflection. All entries go through the same few variables, which avoids
// allocations. Maps are still slow: encoding an entry takes about 50 ns, and an
// element of a slice one or two (BenchmarkRich and BenchmarkSlices).

// A mapPool reads and makes the maps of one type. The iterator is kept too, because a new
// one for each map would be allocated.
type mapPool struct {
	typ        reflect.Type
	keysOnly   bool // values take no memory, as in map[K]struct{}
	toPointers bool
	from       variable // the map being read
	iter       reflect.MapIter
	key        variable // of the entry being read or made
	value      variable
	deep       variable   // a deep copy of the value
	pool       []variable // all maps that the pool has made
	used       int        // the number of maps in the present state
	entries    keptEntries
}

// A variable can be accessed by reflection and by its address.
type variable struct {
	val reflect.Value
	at  unsafe.Pointer
}

// newVariable allocates a variable of a type.
func newVariable(t reflect.Type) variable {
	v := reflect.New(t)
	return variable{v.Elem(), v.UnsafePointer()}
}

// newMapPool returns a pool without maps.
func newMapPool(t reflect.Type) mapPool {
	return mapPool{
		typ:        t,
		keysOnly:   t.Elem().Size() == 0,
		toPointers: t.Elem().Kind() == reflect.Pointer,
		from:       newVariable(t),
		key:        newVariable(t.Key()),
		value:      newVariable(t.Elem()),
		deep:       newVariable(t.Elem()),
		entries:    newKeptEntries(t),
	}
}

// read starts an iteration over the map at m. A map is a single pointer, so an
// assignment through pointers replaces the slower one by reflection.
func (t *mapPool) read(m unsafe.Pointer) {
	*(*unsafe.Pointer)(t.from.at) = *(*unsafe.Pointer)(m)
	t.iter.Reset(t.from.val)
}

// next reads the next entry, and reports whether there is one.
func (t *mapPool) next() bool {
	if !t.iter.Next() {
		return false
	}
	t.key.val.SetIterKey(&t.iter)
	switch {
	case t.keysOnly:
	case t.toPointers: // a pointer is read faster than another value, and without allocating
		*(*unsafe.Pointer)(t.value.at) = t.iter.Value().UnsafePointer()
	default:
		t.value.val.SetIterValue(&t.iter)
	}
	return true
}

// take assigns an empty map to the variable at m. The map comes from the pool, and
// is in no other variable of the present state. The map that the variable held is
// not reused, because another variable may hold it too. Clearing a map keeps its
// memory.
func (t *mapPool) take(m unsafe.Pointer) reflect.Value {
	if t.used == len(t.pool) {
		fresh := newVariable(t.typ)
		fresh.val.Set(reflect.MakeMap(t.typ))
		t.pool = append(t.pool, fresh)
	}
	taken := t.pool[t.used]
	taken.val.Clear()
	t.used++
	*(*unsafe.Pointer)(m) = *(*unsafe.Pointer)(taken.at)
	return taken.val
}

// entrySize returns the size of an encoded entry, or -1 if it depends on the
// entry.
func (o *op) entrySize() int {
	if o.key.size < 0 || o.elem.size < 0 {
		return -1
	}
	return o.key.size + o.elem.size
}

// encodeMap appends a map, with its entries sorted by their encodings.
func (p *space) encodeMap(dst []byte, o *op, m unsafe.Pointer) []byte {
	t := &p.mapPools[o.slot]
	t.read(m)
	n := t.from.val.Len()
	dst = appendLength(dst, n)
	if n == 0 {
		// An empty map is looked up as well: it makes known that no entry is left, and
		// Restore sets all of them again.
		t.keptAt(m)
		return dst
	}
	start, mark := len(dst), len(p.spans)
	k := t.keptAt(m)
	for t.next() {
		if k != nil && t.match(k) {
			continue
		}
		from := len(dst)
		dst = p.encode(dst, o.key, t.key.at)
		dst = p.encode(dst, o.elem, t.value.at)
		p.spans = append(p.spans, span{from, len(dst)})
	}
	if k != nil {
		// No entry was added or changed, so only kept ones follow, which are in order.
		ordered := len(dst) == start
		dst = p.appendMatched(dst, o, k)
		if ordered {
			p.spans = p.spans[:mark]
			return dst
		}
	}
	if size := o.entrySize(); size > 0 {
		p.sortFixed(dst[start:], size)
		p.spans = p.spans[:mark]
	} else {
		p.sortSpans(dst, mark)
	}
	return dst
}

// decodeMap reads a map, whose entries must be sorted and have different keys. No encoded
// key is a prefix of another, so the order of the entries is the order of their keys. The
// variables are not cleared between entries: decoding overwrites all parts of a value,
// and clears the fields that are ignored.
func (p *space) decodeMap(o *op, m unsafe.Pointer, src []byte) (rest []byte, ok bool) {
	n, rest, ok := cutCount(src, o.key.least+o.elem.least)
	if !ok {
		return src, false
	}
	t := &p.mapPools[o.slot]
	to := t.take(m)
	if p.kept.is {
		t.keep(n)
	}
	var last []byte
	for i := range n {
		src = rest
		if rest, ok = p.decode(o.key, t.key.at, src); !ok {
			return rest, false
		}
		key := consumed(src, rest)
		if i > 0 && bytes.Compare(last, key) >= 0 {
			return rest, false
		}
		last = key
		if rest, ok = p.decode(o.elem, t.value.at, rest); !ok {
			return rest, false
		}
		to.SetMapIndex(t.key.val, t.value.val)
		if p.kept.is {
			s := p.kept.spanOf(src, rest)
			t.entries.add(t, keptSpan{s, s.start + len(key)})
		}
	}
	return rest, true
}

// copyMap copies a map. Keys have no pointers and need no deep copy. Values may
// have pointers, and are then copied deeply.
func (p *space) copyMap(o *op, dst, src unsafe.Pointer) {
	t := &p.mapPools[o.slot]
	to := t.take(dst)
	t.read(src)
	if t.from.val.Len() == 0 {
		return
	}
	value := t.value
	if !o.elem.plain {
		value = t.deep
	}
	for t.next() {
		if !o.elem.plain {
			p.copy(o.elem, t.deep.at, t.value.at)
		}
		to.SetMapIndex(t.key.val, value.val)
	}
}
