//go:build !purego

package codec

import (
	"bytes"
	"reflect"
	"unsafe"
)

// The entries of maps have no fixed offsets, so a map is read as a whole into arrays, whose
// entries are encoded like those of slices. Maps are still slow: an entry takes several times
// as long as an element of a slice (BenchmarkRich and BenchmarkSlices).

// A mapPool reads and makes the maps of one type.
type mapPool struct {
	typ          reflect.Type
	access       *mapAccess
	keysOnly     bool       // values take no memory, as in map[K]struct{}
	keys, values block      // the entries that were read last
	room         int        // entries for which keys and values have memory
	key, value   cell       // of the entry being made
	deep         cell       // a deep copy of the value
	pool         []variable // all maps that the pool has made
	used         int        // the number of maps in the present state
	entries      keptEntries
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

// newCell allocates a block of one value, and returns its cell.
func newCell(t reflect.Type) cell {
	b := newBlock(t)
	b.make(1)
	return cell{&b, 0}
}

// newMapPool returns a pool without maps.
func newMapPool(t mapType) mapPool {
	return mapPool{
		typ:      t.Type,
		access:   t.access(),
		keysOnly: t.Elem().Size() == 0,
		keys:     newBlock(t.Key()),
		values:   newBlock(t.Elem()),
		key:      newCell(t.Key()),
		value:    newCell(t.Elem()),
		deep:     newCell(t.Elem()),
		entries:  newKeptEntries(t.Type),
	}
}

// read reads the entries of the map at m, and returns their number.
func (t *mapPool) read(m unsafe.Pointer) int {
	n := t.access.len(m)
	if n == 0 {
		return 0
	}
	if n > t.room {
		t.room = 2 * n
		t.keys.make(t.room)
		t.values.make(t.room)
	}
	t.access.read(m, &t.keys, &t.values)
	return n
}

// take assigns an empty map to the variable at m. The map comes from the pool, and
// is in no other variable of the present state. The map that the variable held is
// not reused, because another variable may hold it too. Clearing a map keeps its
// memory.
func (t *mapPool) take(m unsafe.Pointer) {
	if t.used == len(t.pool) {
		fresh := newVariable(t.typ)
		fresh.val.Set(reflect.MakeMap(t.typ))
		t.pool = append(t.pool, fresh)
	}
	taken := t.pool[t.used]
	t.access.clear(taken.at)
	t.used++
	*(*unsafe.Pointer)(m) = *(*unsafe.Pointer)(taken.at)
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
	n := t.read(m)
	dst = appendLength(dst, n)
	if n == 0 {
		// An empty map is looked up as well: it makes known that no entry is left, and
		// Restore sets all of them again.
		t.keptAt(m)
		return dst
	}
	start, mark := len(dst), len(p.spans)
	k := t.keptAt(m)
	for i := range n {
		if k != nil && t.match(k, i) {
			continue
		}
		from := len(dst)
		dst = p.encode(dst, o.key, t.keys.at(i))
		dst = p.encode(dst, o.elem, t.values.at(i))
		p.spans = append(p.spans, span{from, len(dst)})
	}
	if k != nil {
		// No entry was added or changed, so only kept ones follow, which are in order.
		others := len(dst) > start
		if dst = p.appendMatched(dst, o, k, others); !others {
			p.spans = p.spans[:mark] // of entries without bytes
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
	t.take(m)
	if p.kept.is {
		t.keep(n)
	}
	var last []byte
	for i := range n {
		to, value := t.key, t.value
		if p.kept.is {
			to, value = t.entries.next()
		}
		src = rest
		if rest, ok = p.decode(o.key, to.at(), src); !ok {
			return rest, false
		}
		key := consumed(src, rest)
		if i > 0 && !p.trusting && bytes.Compare(last, key) >= 0 {
			return rest, false
		}
		last = key
		if rest, ok = p.decode(o.elem, value.at(), rest); !ok {
			return rest, false
		}
		t.access.set(m, to, value)
		if p.kept.is {
			s := p.kept.spanOf(src, rest)
			t.entries.spans = append(t.entries.spans, keptSpan{s, s.start + len(key)})
		}
	}
	return rest, true
}

// copyMap copies a map. Keys have no pointers and need no deep copy. Values may
// have pointers, and are then copied deeply.
func (p *space) copyMap(o *op, dst, src unsafe.Pointer) {
	t := &p.mapPools[o.slot]
	t.take(dst)
	for i := range t.read(src) {
		value := cell{&t.values, i}
		if !o.elem.plain {
			p.copy(o.elem, t.deep.at(), value.at())
			value = t.deep
		}
		t.access.set(dst, cell{&t.keys, i}, value)
	}
}
