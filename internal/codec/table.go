//go:build !purego

package codec

import (
	"bytes"
	"reflect"
	"unsafe"
)

// Maps are the one thing that offsets do not reach into. They are read and
// filled by reflection, through variables that are made once and then used for
// every entry, so that nothing is allocated. It is still slow: an entry costs
// about 50 ns to encode, where an element of a slice costs one or two
// (BenchmarkRich and BenchmarkSlices).

// A table reads and makes the maps of one type.
type table struct {
	typ      reflect.Type
	keysOnly bool     // values take no memory, as in map[K]struct{}
	from     variable // holds the map being read
	iter     reflect.MapIter
	key      variable // of the entry being read or made
	value    variable
	deep     variable   // a copy of the value
	pool     []variable // every map that was ever made
	used     int        // how many of them the state has
}

// A variable is memory that both offsets and reflection reach.
type variable struct {
	reflect.Value
	at unsafe.Pointer
}

func newVariable(t reflect.Type) variable {
	v := reflect.New(t)
	return variable{v.Elem(), v.UnsafePointer()}
}

func newTable(t reflect.Type) table {
	return table{
		typ:      t,
		keysOnly: t.Elem().Size() == 0,
		from:     newVariable(t),
		key:      newVariable(t.Key()),
		value:    newVariable(t.Elem()),
		deep:     newVariable(t.Elem()),
	}
}

// read starts to read the map in a variable of the state. A map is one pointer,
// so that assigning it to the table's own variable, which reflection may see,
// takes no reflection.
func (t *table) read(m unsafe.Pointer) {
	*(*unsafe.Pointer)(t.from.at) = *(*unsafe.Pointer)(m)
	t.iter.Reset(t.from.Value)
}

// next reads an entry, if there is one more.
func (t *table) next() bool {
	if !t.iter.Next() {
		return false
	}
	t.key.SetIterKey(&t.iter)
	if !t.keysOnly {
		t.value.SetIterValue(&t.iter)
	}
	return true
}

// take puts an empty map into a variable of the state. It is one that no other
// variable was given since the last reset, and never the one that the variable
// holds: two of them may hold the same. Clearing a map keeps its memory.
func (t *table) take(m unsafe.Pointer) reflect.Value {
	if t.used == len(t.pool) {
		fresh := newVariable(t.typ)
		fresh.Set(reflect.MakeMap(t.typ))
		t.pool = append(t.pool, fresh)
	}
	taken := t.pool[t.used]
	taken.Clear()
	t.used++
	*(*unsafe.Pointer)(m) = *(*unsafe.Pointer)(taken.at)
	return taken.Value
}

// entrySize returns the size of an encoded entry, or -1 if entries differ in it.
func (o *op) entrySize() int {
	if o.key.size < 0 || o.elem.size < 0 {
		return -1
	}
	return o.key.size + o.elem.size
}

// encodeMap appends a map, in the order of the encodings of its entries.
func (p *space) encodeMap(dst []byte, o *op, m unsafe.Pointer) []byte {
	t := &p.tables[o.slot]
	t.read(m)
	n := t.from.Len()
	dst = appendLength(dst, n)
	if n == 0 {
		return dst
	}
	start, mark := len(dst), len(p.spans)
	for t.next() {
		from := len(dst)
		dst = p.encode(dst, o.key, t.key.at)
		dst = p.encode(dst, o.elem, t.value.at)
		p.spans = append(p.spans, span{from, len(dst)})
	}
	if size := o.entrySize(); size > 0 {
		p.sortFixed(dst[start:], size)
		p.spans = p.spans[:mark]
	} else {
		p.sortSpans(dst, mark)
	}
	return dst
}

// decodeMap takes a map off the front of src, where its entries must be in
// order. No encoded key is the start of another, so the order of the entries is
// that of the keys; and no key may come twice.
func (p *space) decodeMap(o *op, m unsafe.Pointer, src []byte) (rest []byte, ok bool) {
	n, rest, ok := cutCount(src, o.key.least+o.elem.least)
	if !ok {
		return src, false
	}
	t := &p.tables[o.slot]
	to := t.take(m)
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
		to.SetMapIndex(t.key.Value, t.value.Value)
	}
	return rest, true
}

// copyMap copies a map. Keys share nothing, since there are no pointers in
// them; values may, and then there is a deep copy of each.
func (p *space) copyMap(o *op, dst, src unsafe.Pointer) {
	t := &p.tables[o.slot]
	to := t.take(dst)
	t.read(src)
	if t.from.Len() == 0 {
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
		to.SetMapIndex(t.key.Value, value.Value)
	}
}
