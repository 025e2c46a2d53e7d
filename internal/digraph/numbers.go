package digraph

import (
	"math/bits"

	"github.com/muster-mc/muster/internal/pages"
)

// Numbers tells states' numbers by 64-bit keys. Once every state was inserted and
// none was ambiguous, Of is right about each of them, whatever the keys of others:
// so it has no odds, as long as nobody asks for a state that was not inserted.
//
// A slot is a number and 32 bits of the key; the key's place in the table is
// found by multiplication, and what is taken by going on to the next one.
type Numbers struct {
	slots   []uint64 // number plus one, then the tag; 0 is empty
	mapping pages.Mapping
	touched uint64 // keeps the compiler from leaving out what only fetches memory
}

// NewNumbers returns a table for n states. It must be freed.
func NewNumbers(n int) *Numbers {
	size := n + n/3 + 16
	if slots, mapping, ok := pages.Words(uint64(size)); ok {
		return &Numbers{slots: slots, mapping: mapping}
	}
	return &Numbers{slots: make([]uint64, size)}
}

// Free gives the table's memory back. There may be none.
func (t *Numbers) Free() {
	if t != nil {
		t.mapping.Release()
		t.slots, t.mapping = nil, pages.Mapping{}
	}
}

const tagMask = 1<<32 - 1

func (t *Numbers) home(key uint64) int {
	high, _ := bits.Mul64(key, uint64(len(t.slots)))
	return int(high)
}

// InsertAll gives keys consecutive numbers. It reports false if one cannot be
// told from another; the table is then of no use.
func (t *Numbers) InsertAll(keys []uint64, first uint32) bool {
	touched := uint64(0)
	for _, key := range keys { // have their memory fetched at once, not one after the other
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

// OfAll writes the numbers of keys into numbers, as Of has them. It reports false
// if one has none.
func (t *Numbers) OfAll(keys []uint64, numbers []uint32) (ok bool) {
	touched := uint64(0)
	for _, key := range keys { // as InsertAll does
		touched |= t.slots[t.home(key)]
	}
	ok = touched != 0 || len(keys) == 0 // where all is empty, there is nothing
	for i, key := range keys {
		n, known := t.Of(key)
		numbers[i], ok = n, ok && known
	}
	return ok
}

// Of returns the number of a key that was inserted. Of one that was not, it may
// return the number of another.
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

// Bytes returns how much memory the table takes. There may be none.
func (t *Numbers) Bytes() uint64 {
	if t == nil {
		return 0
	}
	return uint64(len(t.slots)) * 8
}
