package visited

import (
	"bytes"
	"math/bits"
)

const (
	tagBits   = 28
	placeBits = 64 - tagBits
	placeMask = 1<<placeBits - 1

	// chunksMax is how many chunks an entry can tell apart: 64 GiB of states, in
	// each of sixteen partitions.
	chunksMax = 1 << (placeBits - chunkBits)

	// exactMinBuckets leaves room for a batch.
	exactMinBuckets = 32
)

// exactPartition is one sixteenth of an exact set: states in an arena, and
// buckets in the order of tags. What overflows from a bucket goes to the next,
// and from the last to the first.
//
// An entry has the tag above the place in the arena. Zero is a free slot.
type exactPartition struct {
	slots   []uint64
	memory  memory
	nursery *nursery
	buckets uint64
	count   uint64
	limit   uint64 // entries before the table grows
	arena   arena
	full    bool // a state was turned away
}

func newExactPartition(buckets uint64, a arena, y *nursery) exactPartition {
	p := exactPartition{buckets: buckets, limit: limitOf(buckets), arena: a, nursery: y}
	p.slots, p.memory = y.allocate(buckets * bucketSlots)
	return p
}

// home is the first slot of the bucket that a tag belongs to.
func (p *exactPartition) home(tag uint64) uint64 {
	bucket, _ := bits.Mul64(tag<<(64-tagBits), p.buckets)
	return bucket * bucketSlots
}

func (p *exactPartition) bucket(slot uint64) *[bucketSlots]uint64 {
	return (*[bucketSlots]uint64)(p.slots[slot:])
}

// after is the first slot of the next bucket.
func (p *exactPartition) after(slot uint64) uint64 {
	if slot += bucketSlots; slot < uint64(len(p.slots)) {
		return slot
	}
	return 0
}

// insert looks for a state from its home bucket on, and keeps it unless it is
// there. It returns where it is.
func (p *exactPartition) insert(slot, tag uint64, state []byte) (fresh bool, place uint64) {
	for ; ; slot = p.after(slot) {
		b := p.bucket(slot)
		for set := alike(b, tag); set != 0; set &= set - 1 {
			if place = b[first(set)] & placeMask; bytes.Equal(p.arena.at(place), state) {
				return false, place
			}
		}
		if b[bucketSlots-1] == 0 {
			return p.keep(&b[used(b)%bucketSlots], tag, state)
		}
	}
}

func (p *exactPartition) keep(slot *uint64, tag uint64, state []byte) (kept bool, at uint64) {
	place, ok := p.arena.put(state)
	if !ok {
		p.full = true
		return false, 0
	}
	*slot = tag<<placeBits | place
	p.count++
	return true, place
}

func (p *exactPartition) free() {
	p.memory.release()
	p.slots, p.memory = nil, memory{}
	p.arena.free()
}

// alike is the set of entries with this tag, a bit for each. Which it is is as
// good as random, so all are compared without a branch, as in a compact
// partition.
func alike(b *[bucketSlots]uint64, tag uint64) uint {
	return has(b[0], tag) | has(b[1], tag)<<1 | has(b[2], tag)<<2 | has(b[3], tag)<<3 |
		has(b[4], tag)<<4 | has(b[5], tag)<<5 | has(b[6], tag)<<6 | has(b[7], tag)<<7
}

func has(entry, tag uint64) uint { return one(entry>>placeBits == tag) }

// first is the lowest element of a set of entries.
func first(set uint) uint64 { return uint64(bits.TrailingZeros(set)) }
