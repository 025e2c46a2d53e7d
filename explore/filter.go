package explore

import (
	"bytes"

	"github.com/muster-mc/muster/internal/fingerprint"
)

// filter remembers successors that were made shortly before, so that most
// duplicates are never written down. It is small enough to stay in the second
// level of cache.
//
// What it remembers was met earlier in canonical order, for a worker takes
// blocks in order, and it is as strict as the visited set, which would drop the
// same. For a compact set that means that it decides on more bits of the
// fingerprint than the set does, and for an exact one, that it has copies of the
// states and compares them.
type filter struct {
	slots  []uint64
	copies []byte // a state for each slot, if it is exact
	stride int    // from one copy to the next
	misses int    // since it has this size
	last   int    // the slot that has what met was asked last, -1 if none has
}

const (
	filterBits = 15
	filterSize = 1 << filterBits
	filterMask = filterSize - 1

	// copyMax is the largest state that an exact filter remembers. The copies
	// are to fit the cache too, where larger states are less of a loss: they
	// take longer to make.
	copyMax = 64

	// exactFirst is how many slots an exact filter starts with: its copies take
	// longer to allocate than a small model to explore.
	exactFirst = 1 << 6
)

// newFilter returns a filter that decides by fingerprints.
func newFilter() filter { return filter{slots: make([]uint64, filterSize)} }

// newExactFilter returns a filter that decides by all bytes of states of this
// size, which is less than zero if their sizes vary.
func newExactFilter(size int) filter {
	f := filter{stride: copyMax}
	if size >= 0 {
		f.stride = min(size, copyMax)
	}
	f.resize(exactFirst)
	return f
}

// resize makes an exact filter empty, with so many slots.
func (f *filter) resize(slots int) {
	f.slots, f.copies, f.misses = make([]uint64, slots), make([]byte, slots*f.stride), 0
}

// met reports whether a state was met, and remembers it.
func (f *filter) met(p fingerprint.Print, state []byte) bool {
	if f.copies != nil {
		return f.metExactly(p, state)
	}
	f.last = int(p.Hash & filterMask)
	slot := &f.slots[f.last]
	tag := p.Hash&^filterMask | p.Extra>>(64-filterBits+1)<<1 | 1
	if *slot == tag {
		return true
	}
	*slot = tag
	return false
}

// metExactly compares what has the same tag: most of the fingerprint, and the
// length.
func (f *filter) metExactly(p fingerprint.Print, state []byte) bool {
	if f.last = -1; len(state) > copyMax {
		return false
	}
	i := int(p.Hash & uint64(len(f.slots)-1))
	held := f.copies[i*f.stride:][:len(state)]
	tag := p.Hash&^filterMask | uint64(len(state))<<1 | 1
	f.last = i
	if f.slots[i] == tag && bytes.Equal(held, state) {
		return true
	}
	f.slots[i] = tag
	copy(held, state)
	if f.misses++; f.misses == 4*len(f.slots) && len(f.slots) < filterSize {
		f.resize(len(f.slots) * 8)
		f.last = -1
	}
	return false
}
