package visited

import "math/bits"

const (
	bucketSlots = 8 // a cache line

	// minBuckets leaves five bits for the place at the least.
	minBuckets = 1 << (restBits + 5)

	// maxPlaces bounds how far from home an entry is put.
	maxPlaces = 255
)

// partition is one sixteenth of a compact set: buckets in the order of the words they
// hold, and some more at the end for what overflows from the last.
//
// With at least 2^d buckets, an entry has the product's low word without its d
// lowest bits, the four bits of the rest, and in the d-4 lowest bits its place:
// one in its home bucket, and one more for each bucket further on. Zero is a
// free slot.
type partition struct {
	slots   []uint64
	memory  memory
	nursery *nursery
	buckets uint64
	digits  uint8  // d
	farOff  uint64 // the last place
	count   uint64 // entries
	limit   uint64 // entries before the partition grows
}

// place is where an entry belongs.
type place struct {
	slot  uint64 // the first one of its bucket
	entry uint64 // as it reads there
}

type outcome uint8

const (
	isKnown outcome = iota
	isNew
	isFull // there is no room in this bucket
)

func newPartition(buckets uint64, y *nursery) partition {
	p := partition{nursery: y}
	p.shape(buckets)
	p.slots, p.memory = y.allocate(p.total())
	return p
}

// shape makes it a partition of so many buckets, without any entries.
func (p *partition) shape(buckets uint64) {
	p.buckets, p.digits, p.count = buckets, digitsOf(buckets), 0
	p.farOff = min(maxPlaces, p.placeMask())
	p.limit = limitOf(buckets)
}

// total is how many slots it has, with those that overflow is put into.
func (p *partition) total() uint64 { return (p.buckets + p.farOff) * bucketSlots }

// limitOf is how many entries so many buckets may have: 0.85 of what they can.
// Beyond, look-ups take many steps.
func limitOf(buckets uint64) uint64 { return buckets * bucketSlots * 17 / 20 }

// place finds an entry's home.
func (p *partition) place(word, rest uint64) place {
	bucket, low := bits.Mul64(word, p.buckets)
	return place{
		slot:  bucket * bucketSlots,
		entry: low>>(p.digits&63)<<(p.digits&63) | rest<<(p.digits-restBits&63) | 1,
	}
}

// insert looks for an entry in a bucket, and puts it into the first free slot unless
// it is there. Where an entry is found is as good as random, so all eight slots are
// compared without a branch: that costs less than one misprediction.
func (p *partition) insert(slot, entry uint64) outcome {
	b := (*[bucketSlots]uint64)(p.slots[slot:])
	switch {
	case one(b[0] == entry)|one(b[1] == entry)|one(b[2] == entry)|one(b[3] == entry)|
		one(b[4] == entry)|one(b[5] == entry)|one(b[6] == entry)|one(b[7] == entry) != 0:
		return isKnown
	case b[bucketSlots-1] != 0:
		return isFull
	}
	b[used(b)%bucketSlots] = entry
	p.count++
	return isNew
}

// put puts an entry that is not there into the first free slot from its home on.
// It reports false if there is none where an entry may be.
func (p *partition) put(at search) bool {
	for {
		b := (*[bucketSlots]uint64)(p.slots[at.slot:])
		if b[bucketSlots-1] == 0 {
			b[used(b)%bucketSlots] = at.entry
			p.count++
			return true
		}
		if !at.goOn() {
			return false
		}
	}
}

// used is how many slots of a bucket are, if the last one is not: by halving, and
// without a branch too.
func used(b *[bucketSlots]uint64) uint {
	n := 4 * one(b[3] != 0)
	n += 2 * one(b[n+1] != 0)
	return n + one(b[n] != 0)
}

// one is 1 for true, without a branch.
func one(b bool) uint {
	if b {
		return 1
	}
	return 0
}

// placeMask covers the lowest bits of an entry, which are its place.
func (p *partition) placeMask() uint64 { return 1<<(p.digits-restBits&63) - 1 }

func (p *partition) free() {
	p.memory.release()
	p.slots, p.memory = nil, memory{}
}

// digitsOf returns d for 2^d buckets or more. Neighbouring words are at least as
// far apart in the product as there are buckets, so without its d lowest bits
// they still differ.
func digitsOf(buckets uint64) uint8 { return uint8(bits.Len64(buckets) - 1) }

// empty removes all entries.
func (p *partition) empty() {
	clear(p.slots)
	p.count = 0
}
