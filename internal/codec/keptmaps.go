//go:build !purego

package codec

import (
	"math/bits"
	"reflect"
	"unsafe"
)

// keptEntries are the entries of the maps of a state that is kept, those of each map in
// the order of their encodings. Only one key that was not there is remembered, whichever
// map has it: an action mostly adds one entry to one map. A map with more of them is made
// again.
type keptEntries struct {
	maps         []keptMap // as in the pool
	keys, values block     // of all maps
	spans        []keptSpan
	cap          uintptr  // entries for which there is memory
	stray        cell     // a key that was not there, of one of the maps
	strayOf      *keptMap // that map
	nextMap      int      // the one that is likely to be encoded next
	likely       int      // the entry of a map that is likely to be read next
}

// A keptSpan says where the encoding of an entry is, and ends the key.
type keptSpan struct {
	span
	key int
}

// A keptMap is a map of a state that is kept, and what is known of its entries now. An
// entry matches if its key and its value have the same memory. The notes are made by
// Append, which reads all entries in any case, so that Restore need not read the map once
// more.
type keptMap struct {
	first, n int    // its entries
	known    bool   // the rest was found out since the state was restored
	matched  uint64 // the entries that are as they were, a bit each
	strays   int    // entries with keys that were not there
}

// matchedMax is the number of entries up to which a map is compared, by looking for each
// entry in turn. A larger one is made again. The comparison takes time in proportion to
// the square of the entries, if their order was changed. The bits of matched have room
// for more.
const matchedMax = 16

// newKeptEntries returns room for the entries of maps of a type.
func newKeptEntries(t reflect.Type) keptEntries {
	return keptEntries{keys: newBlock(t.Key()), values: newBlock(t.Elem()), stray: newCell(t.Key())}
}

// reset makes all maps available again.
func (t *mapPool) reset() {
	t.used = 0
	e := &t.entries
	e.maps, e.spans, e.nextMap, e.strayOf = e.maps[:0], e.spans[:0], 0, nil
}

// keep begins a map of n entries, which are about to be added.
func (t *mapPool) keep(n int) {
	e := &t.entries
	e.maps = append(e.maps, keptMap{first: len(e.spans), n: n})
}

// next returns the memory for the key and the value of the next entry to keep.
func (e *keptEntries) next() (key, value cell) {
	i := len(e.spans)
	if uintptr(i) == e.cap {
		e.grow()
	}
	return cell{&e.keys, i}, cell{&e.values, i}
}

// grow makes room for more entries. Those that were kept stay. The values are copied by
// reflection, for they may have pointers.
func (e *keptEntries) grow() {
	e.cap = 2*e.cap + 8
	for _, b := range []*block{&e.keys, &e.values} {
		old := reflect.MakeSlice(b.slice.val.Type(), 0, 0)
		old = reflect.AppendSlice(old, b.slice.val)
		b.make(int(e.cap))
		reflect.Copy(b.slice.val, old)
	}
}

// distrust makes nothing known.
func (e *keptEntries) distrust() {
	for i := range e.maps {
		e.forget(&e.maps[i])
	}
	e.nextMap = 0
}

// forget makes nothing known of a map.
func (e *keptEntries) forget(k *keptMap) {
	e.begin(k)
	k.known = false
}

// isIntact reports whether a map is as it was.
func (k *keptMap) isIntact() bool {
	return k.strays == 0 && k.matched == 1<<k.n-1
}

// keptAt returns the kept map that a variable holds, ready for the entries that the map
// has now; nil if the variable holds another map, or a map that is too large to be compared.
// States have few maps of one type, and their order in an encoding is always the same.
func (t *mapPool) keptAt(m unsafe.Pointer) *keptMap {
	e := &t.entries
	held := *(*unsafe.Pointer)(m)
	for range e.maps {
		if e.nextMap >= len(e.maps) {
			e.nextMap = 0
		}
		i := e.nextMap
		e.nextMap++
		if held != *(*unsafe.Pointer)(t.pool[i].at) {
			continue
		}
		if k := &e.maps[i]; k.n <= matchedMax {
			e.begin(k)
			return k
		}
		break
	}
	return nil
}

// begin prepares for the entries that a map has now.
func (e *keptEntries) begin(k *keptMap) {
	k.known, k.matched, k.strays = true, 0, 0
	e.likely = 0
	if e.strayOf == k {
		e.strayOf = nil
	}
}

// match looks for an entry that was read among those of a map, and reports
// whether it is as it was. Go ranges over a small map in the order in which the entries
// were set, from a random one on. So the entry is mostly the next one.
func (t *mapPool) match(k *keptMap, entry int) bool {
	e := &t.entries
	key := t.keys.at(entry)
	for range k.n {
		i := e.likely
		if e.likely++; e.likely == k.n {
			e.likely = 0
		}
		if !e.keys.holds(k.first+i, key) {
			continue
		}
		if t.keysOnly || e.values.holds(k.first+i, t.values.at(entry)) {
			k.matched |= 1 << i
			return true
		}
		return false
	}
	if k.strays++; e.strayOf == nil {
		e.strayOf = k
		e.stray.value().Set(t.keys.value(entry))
	}
	return false
}

// appendMatched appends the entries that are as they were, in order: the order of
// the keys. Their values may refer to what an action has changed, and are encoded
// again unless they are whole. Their spans are for sorting, if other entries came before.
func (p *space) appendMatched(dst []byte, o *op, k *keptMap, others bool) []byte {
	e := &p.mapPools[o.slot].entries
	spans := e.spans[k.first:][:k.n]
	if o.elem.whole && k.isIntact() && k.n > 0 {
		return append(dst, p.kept.data[spans[0].start:spans[k.n-1].end]...)
	}
	for m := k.matched; m != 0; m &= m - 1 {
		i := bits.TrailingZeros64(m)
		s, from := spans[i], len(dst)
		if o.elem.whole {
			dst = append(dst, p.kept.data[s.start:s.end]...)
		} else {
			dst = append(dst, p.kept.data[s.start:s.key]...)
			dst = p.encode(dst, o.elem, e.values.at(k.first+i))
		}
		if others {
			p.spans = append(p.spans, span{from, len(dst)})
		}
	}
	return dst
}

// restore makes all maps as they were. What Append has noted is forgotten at the end,
// because it is about a successor that is gone.
func (t *mapPool) restore() {
	e := &t.entries
	for i := range e.maps {
		k := &e.maps[i]
		if !k.known && k.n <= matchedMax {
			t.compare(k, t.pool[i].at)
		}
		if !k.known || k.strays > 1 || k.strays == 1 && e.strayOf != k {
			t.refill(k, t.pool[i].at)
		} else if !k.isIntact() {
			t.repair(k, t.pool[i].at)
		}
		e.forget(k)
	}
	e.nextMap = 0
}

// compare finds out what a map has now.
func (t *mapPool) compare(k *keptMap, m unsafe.Pointer) {
	t.entries.begin(k)
	for i := range t.read(m) {
		t.match(k, i)
	}
}

// repair removes the key that was not there, and sets the entries that are not as
// they were. The key goes first: a string with the same bytes as a kept one can be
// elsewhere in memory.
func (t *mapPool) repair(k *keptMap, m unsafe.Pointer) {
	if k.strays > 0 {
		t.access.remove(m, t.entries.stray)
	}
	for i := range k.n {
		if k.matched>>i&1 == 0 {
			t.set(m, k.first+i)
		}
	}
}

// refill makes a map again. Clear keeps the memory of the map, so to make it again
// allocates little.
func (t *mapPool) refill(k *keptMap, m unsafe.Pointer) {
	t.access.clear(m)
	for i := range k.n {
		t.set(m, k.first+i)
	}
}

// set sets a kept entry in a map.
func (t *mapPool) set(m unsafe.Pointer, entry int) {
	t.access.set(m, cell{&t.entries.keys, entry}, cell{&t.entries.values, entry})
}
