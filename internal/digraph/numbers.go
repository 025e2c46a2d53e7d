package digraph

import (
	"math/bits"

	"github.com/muster-mc/muster/internal/pages"
)

// Numbers maps 64-bit keys of states to the numbers of the states. InsertAll reports
// ambiguous keys, so if all states were inserted without ambiguity, Of is right about
// each of them with certainty. It may be wrong about other states.
//
// The table has open addressing with linear probing. A slot has a number and 32 bits
// of the key; the key's position is found by multiplication, from the key's high bits,
// while the tag is its low bits. Eight bytes a state suffice that way.
type Numbers struct {
	slots   []uint64 // number plus one in the high half, tag in the low half; 0 is a free slot
	mapping pages.Mapping
	touched uint64 // keeps the compiler from removing reads that only fetch memory
}

// NewNumbers returns a table for n states. The caller must free it.
func NewNumbers(n int) *Numbers {
	// At most three quarters of the slots are used, so every probe meets a free slot
	// soon and ends.
	size := n + n/3 + 16
	if slots, mapping, ok := pages.Words(uint64(size)); ok {
		return &Numbers{slots: slots, mapping: mapping}
	}
	return &Numbers{slots: make([]uint64, size)}
}

// Free releases the table's memory. The table may be nil.
func (t *Numbers) Free() {
	if t != nil {
		t.mapping.Release()
		t.slots, t.mapping = nil, pages.Mapping{}
	}
}

// tagMask masks the bits of a key that a slot has.
const tagMask = 1<<32 - 1

// home returns the first position at which a key may be. The multiplication needs no
// power of two, so the table is as large as it must be and not up to twice that.
func (t *Numbers) home(key uint64) int {
	high, _ := bits.Mul64(key, uint64(len(t.slots)))
	return int(high)
}

// InsertAll assigns consecutive numbers to keys. It reports false if it cannot
// distinguish two keys; the table is then unusable.
func (t *Numbers) InsertAll(keys []uint64, first uint32) bool {
	touched := uint64(0)
	for _, key := range keys { // a separate loop, so that the cache misses overlap
		touched |= t.slots[t.home(key)]
	}
	t.touched = touched
	for i, key := range keys {
		if !t.insert(key, first+uint32(i)) {
			return false
		}
	}
	return true
}

// insert stores the number of a key. It reports false if a slot between the key's home
// and the first free slot has the same tag, since Of could then return either number.
// Keys that are inserted later only fill free slots, and each of them makes the same
// test, so a key that was inserted without ambiguity stays unambiguous.
func (t *Numbers) insert(key uint64, number uint32) bool {
	for i := t.home(key); ; {
		s := t.slots[i]
		if s == 0 {
			t.slots[i] = (uint64(number)+1)<<32 | key&tagMask
			return true
		}
		if s&tagMask == key&tagMask {
			return false
		}
		if i++; i == len(t.slots) {
			i = 0
		}
	}
}

// OfAll writes the result of Of for each key to numbers. It reports false if a key
// has no number.
func (t *Numbers) OfAll(keys []uint64, numbers []uint32) (ok bool) {
	touched := uint64(0)
	for _, key := range keys { // as in InsertAll
		touched |= t.slots[t.home(key)]
	}
	ok = touched != 0 || len(keys) == 0 // without an occupied home no key was inserted; the test also keeps the reads from being removed
	for i, key := range keys {
		n, known := t.Of(key)
		numbers[i], ok = n, ok && known
	}
	return ok
}

// Of returns the number of a key that was inserted. For any other key it may return
// the number of a different one.
func (t *Numbers) Of(key uint64) (number uint32, ok bool) {
	for i := t.home(key); ; {
		s := t.slots[i]
		if s == 0 {
			return 0, false
		}
		if s&tagMask == key&tagMask {
			return uint32(s>>32) - 1, true
		}
		if i++; i == len(t.slots) {
			i = 0
		}
	}
}

// Bytes returns the size of the table's memory. The table may be nil.
func (t *Numbers) Bytes() uint64 {
	if t == nil {
		return 0
	}
	return uint64(len(t.slots)) * 8
}
