package visited

import (
	"bytes"
	"math/bits"
)

const (
	tagBits   = 28
	placeBits = 64 - tagBits
	placeMask = 1<<placeBits - 1

	// chunksMax is the number of chunks that an entry can address: 64 GiB of states
	// in each of the sixteen partitions.
	chunksMax = 1 << (placeBits - chunkBits)

	// exactMinBuckets is large enough for a batch.
	exactMinBuckets = 32
)

// exactPartition is one sixteenth of an exact set: an arena of states, and buckets
// in the order of tags. Entries overflow from a full bucket to the next one, and
// from the last bucket to the first.
//
// An entry has the tag in its high bits and the place in its low bits. Zero marks
// a free slot.
type exactPartition struct {
	slots   []uint64
	memory  memory
	pool    *tablePool
	buckets uint64
	count   uint64
	limit   uint64 // entries before the table grows
	arena   arena
	full    bool // the partition had to refuse a state
}

// newExactPartition returns an empty table for the states of an arena, which may have
// states already if the table replaces a smaller one.
func newExactPartition(buckets uint64, a arena, from *tablePool) exactPartition {
	p := exactPartition{buckets: buckets, limit: limitOf(buckets), arena: a, pool: from}
	p.slots, p.memory = from.allocate(buckets * bucketSlots)
	return p
}

// home returns the first slot of the bucket of a tag.
func (p *exactPartition) home(tag uint64) uint64 {
	bucket, _ := bits.Mul64(tag<<(64-tagBits), p.buckets)
	return bucket * bucketSlots
}

// bucket returns the bucket that starts at a slot.
func (p *exactPartition) bucket(slot uint64) *[bucketSlots]uint64 {
	return (*[bucketSlots]uint64)(p.slots[slot:])
}

// after returns the first slot of the next bucket.
func (p *exactPartition) after(slot uint64) uint64 {
	if slot += bucketSlots; slot < uint64(len(p.slots)) {
		return slot
	}
	return 0
}

// insert searches for a state from its home bucket on, and adds it if there is none. It
// returns the place of the state. A bucket with a free slot ends the search, because
// buckets are filled in order and nothing is ever removed. There is always one: the table
// grows before it is full.
func (p *exactPartition) insert(slot, tag uint64, state []byte) (fresh bool, place uint64) {
	for ; ; slot = p.after(slot) {
		b := p.bucket(slot)
		for set := matches(b, tag); set != 0; set &= set - 1 {
			if place = b[first(set)] & placeMask; bytes.Equal(p.arena.at(place), state) {
				return false, place
			}
		}
		if b[bucketSlots-1] == 0 {
			return p.keep(&b[used(b)%bucketSlots], tag, state)
		}
	}
}

// keep stores a state in the arena, and its entry in a free slot. The entry is written
// only once the arena has the state, so that a full arena leaves the table as it was.
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

// free releases the slots and the states.
func (p *exactPartition) free() {
	p.memory.release()
	p.slots, p.memory = nil, memory{}
	p.arena.free()
}

// matches returns the set of entries with a tag, as a bit for each entry. As in a
// compact partition, all are compared without a branch.
func matches(b *[bucketSlots]uint64, tag uint64) uint {
	return has(b[0], tag) | has(b[1], tag)<<1 | has(b[2], tag)<<2 | has(b[3], tag)<<3 |
		has(b[4], tag)<<4 | has(b[5], tag)<<5 | has(b[6], tag)<<6 | has(b[7], tag)<<7
}

// has returns 1 if an entry has a tag. It compiles to code without a branch.
func has(entry, tag uint64) uint { return one(entry>>placeBits == tag) }

// first returns the lowest element of a set of entries.
func first(set uint) uint64 { return uint64(bits.TrailingZeros(set)) }

// grow makes the table larger. The states do not move.
func (p *exactPartition) grow() {
	larger := growth(p.buckets, 0)
	if larger*bucketSlots <= uint64(cap(p.slots)) {
		p.spread(larger)
		return
	}
	next := newExactPartition(larger, p.arena, p.pool)
	for _, entry := range p.slots {
		if entry != 0 {
			next.move(entry)
		}
	}
	next.count, next.full = p.count, p.full
	p.memory.release()
	*p = next
}

// spread makes the table larger in place, as the spread of a compact partition
// does. Entries that would overflow from the last bucket to the first are postponed
// too, because the first bucket still has its old entries.
func (p *exactPartition) spread(buckets uint64) {
	before := len(p.slots)
	p.buckets, p.limit, p.slots = buckets, limitOf(buckets), p.slots[:buckets*bucketSlots]
	var postponed []uint64
	for slot := before - bucketSlots; slot >= 0; slot -= bucketSlots {
		for _, entry := range takeBucket(p.slots[slot:]) {
			if entry == 0 {
				break
			}
			if to := p.home(entry >> placeBits); to < uint64(slot) || !p.put(to, entry) {
				postponed = append(postponed, entry)
			}
		}
	}
	for _, entry := range postponed {
		p.move(entry)
	}
}

// move adds an entry that is not in the table. The tag of the entry says where it
// belongs, so no state is read.
func (p *exactPartition) move(entry uint64) {
	if !p.put(p.home(entry>>placeBits), entry) {
		p.put(0, entry)
	}
}

// put adds an entry to the first free slot between slot and the end, if there is
// one.
func (p *exactPartition) put(slot, entry uint64) bool {
	for ; slot < uint64(len(p.slots)); slot += bucketSlots {
		if b := p.bucket(slot); b[bucketSlots-1] == 0 {
			b[used(b)%bucketSlots] = entry
			return true
		}
	}
	return false
}
