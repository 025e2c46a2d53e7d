package dedup

import (
	"bytes"

	"github.com/muster-mc/muster/internal/fingerprint"
)

// prints is a cache of states by their fingerprints. For a compact set it decides on more
// bits of the fingerprint than the set does; for an exact set it has copies of the states
// and compares them. A slot that is zero is empty: the last bit of every tag is one.
type prints struct {
	slots  []uint64
	copies []byte // a state for each slot, if the cache is exact
	stride int    // from one copy to the next
	misses int    // since the last resize
}

const (
	printBits  = 15
	printSlots = 1 << printBits
	printMask  = printSlots - 1

	// CopyMax is the size of the largest state that an exact cache copies. The copies
	// are to fit the processor's cache, and a larger state takes longer to make, so
	// that to look it up costs less of the whole.
	CopyMax = 64

	// exactFirst is the number of slots that an exact cache starts with: its copies
	// take longer to allocate than a small model to explore.
	exactFirst = 1 << 6
)

// newPrints returns a cache that decides by fingerprints. It has its full size, 256 KiB,
// from the beginning: without copies, growth would save little.
func newPrints() prints { return prints{slots: make([]uint64, printSlots)} }

// newExactPrints returns a cache that decides by all bytes of states of this size,
// which is less than zero if their sizes vary.
func newExactPrints(size int) prints {
	c := prints{stride: CopyMax}
	if size >= 0 {
		c.stride = min(size, CopyMax)
	}
	c.resize(exactFirst)
	return c
}

// resize empties an exact cache and gives it this many slots.
func (c *prints) resize(slots int) {
	c.slots, c.copies, c.misses = make([]uint64, slots), make([]byte, slots*c.stride), 0
}

// takes reports whether a state is not too large for the cache.
func (c *prints) takes(state []byte) bool { return c.copies == nil || len(state) <= CopyMax }

// meet reports whether the cache has a state, and where it has the state from now
// on: -1 if nowhere.
func (c *prints) meet(p fingerprint.Print, state []byte) (slot int, met bool) {
	if c.copies != nil {
		return c.meetExactly(p, state)
	}
	// The slot has 15 bits of the first word, and the tag the other 49 and 14 bits of the
	// second. Together they are 78, more than the 72 on which a compact set decides. So
	// the cache never drops a state that the set would take for new.
	slot = int(p.Hash & printMask)
	tag := p.Hash&^printMask | p.Extra>>(64-printBits+1)<<1 | 1
	if c.slots[slot] == tag {
		return slot, true
	}
	c.slots[slot] = tag
	return slot, false
}

// meetExactly compares the states that have the same tag: most of the fingerprint, and
// the length. The length is in the tag because a shorter state leaves the end of the copy
// before it in place. A smaller cache has bits of the hash in neither slot nor tag; the
// bytes decide.
func (c *prints) meetExactly(p fingerprint.Print, state []byte) (slot int, met bool) {
	if !c.takes(state) {
		return -1, false
	}
	slot = int(p.Hash & uint64(len(c.slots)-1))
	held := c.copies[slot*c.stride:][:len(state)]
	tag := p.Hash&^printMask | uint64(len(state))<<1 | 1
	if c.slots[slot] == tag && bytes.Equal(held, state) {
		return slot, true
	}
	c.slots[slot] = tag
	copy(held, state)
	c.misses++
	return slot, false
}

// growIfBusy enlarges an exact cache that misses often. Slots are then others. Copies of
// 64 bytes take 2 MiB at the full size, so only a model that needs the slots pays for
// them. Growth by eight comes to printSlots exactly.
func (c *prints) growIfBusy() {
	if c.copies != nil && c.misses >= 4*len(c.slots) && len(c.slots) < printSlots {
		c.resize(len(c.slots) * 8)
	}
}
