package visited

import "math/bits"

const (
	bucketSlots = 8 // one cache line

	// minBuckets leaves at least five bits for the displacement.
	minBuckets = 1 << (restBits + 5)

	// maxPlaces bounds the displacement of an entry.
	maxPlaces = 255
)

// partition is one sixteenth of a compact set: buckets in the order of their words,
// followed by spare buckets for entries that overflow from the last ones.
//
// With n >= 2^d buckets, an entry has, from the highest bit down: the remainder
// w*n mod 2^64 without its d lowest bits, the four bits of the rest, and d-4 bits
// for the displacement plus one. So an entry is never zero, and zero marks a free
// slot.
type partition struct {
	slots    []uint64
	memory   memory
	pool     *tablePool
	buckets  uint64
	digits   uint8  // d
	maxPlace uint64 // the largest displacement plus one
	count    uint64 // entries
	limit    uint64 // entries before the partition grows
}

// place is a bucket together with the entry as that bucket would have it: the entry
// includes its displacement. The displacement is in the lowest bits, and the rest of an
// entry does not depend on the bucket. So the entry for the next bucket is the entry plus
// one.
type place struct {
	slot  uint64 // the first slot of the bucket
	entry uint64
}

// outcome is the result of looking up an entry in one bucket.
type outcome uint8

const (
	isKnown outcome = iota
	isNew
	isFull // the entry is not in the bucket, and the bucket has no free slot
)

// newPartition returns an empty partition, whose slots come from a pool.
func newPartition(buckets uint64, from *tablePool) partition {
	p := partition{pool: from}
	p.shape(buckets)
	p.slots, p.memory = from.allocate(p.total())
	return p
}

// shape sets the number of buckets and all fields that depend on it. The partition
// has no entries then.
func (p *partition) shape(buckets uint64) {
	p.buckets, p.digits, p.count = buckets, digitsOf(buckets), 0
	p.maxPlace = min(maxPlaces, p.placeMask())
	p.limit = limitOf(buckets)
}

// total returns the number of slots, including the spare buckets.
func (p *partition) total() uint64 { return (p.buckets + p.maxPlace) * bucketSlots }

// limitOf returns the number of entries at which a table grows: 0.85 of its slots.
// Beyond that, look-ups visit many buckets.
func limitOf(buckets uint64) uint64 { return buckets * bucketSlots * 17 / 20 }

// place returns the home of a word. The 1 is the displacement of an entry at home, plus
// one.
func (p *partition) place(word, rest uint64) place {
	bucket, low := bits.Mul64(word, p.buckets)
	return place{
		slot:  bucket * bucketSlots,
		entry: low>>(p.digits&63)<<(p.digits&63) | rest<<(p.digits-restBits&63) | 1,
	}
}

// insert searches a bucket for an entry and, if there is none, adds it in the first
// free slot. The position of an entry is random to the branch predictor, so all
// eight slots are compared without a branch, which costs less than one
// misprediction.
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

// put adds an entry that is not in the table to the first free slot from its home
// on. It reports false if there is none within the largest displacement.
func (p *partition) put(at search) bool {
	for {
		b := (*[bucketSlots]uint64)(p.slots[at.slot:])
		if b[bucketSlots-1] == 0 {
			b[used(b)%bucketSlots] = at.entry
			p.count++
			return true
		}
		if !at.advance() {
			return false
		}
	}
}

// used returns the number of used slots of a bucket whose last slot is free. It is
// a binary search without a branch.
func used(b *[bucketSlots]uint64) uint {
	n := 4 * one(b[3] != 0)
	n += 2 * one(b[n+1] != 0)
	return n + one(b[n] != 0)
}

// one returns 1 for true. It compiles to code without a branch.
func one(b bool) uint {
	if b {
		return 1
	}
	return 0
}

// placeMask masks the displacement of an entry.
func (p *partition) placeMask() uint64 { return 1<<(p.digits-restBits&63) - 1 }

// free releases the slots.
func (p *partition) free() {
	p.memory.release()
	p.slots, p.memory = nil, memory{}
}

// digitsOf returns the largest d with 2^d <= buckets. The products of adjacent
// words differ by the number of buckets, so they differ without their d lowest
// bits.
func digitsOf(buckets uint64) uint8 { return uint8(bits.Len64(buckets) - 1) }

// empty removes all entries.
func (p *partition) empty() {
	clear(p.slots)
	p.count = 0
}

// group looks up a batch of candidates in a compact set together, so that their
// cache misses overlap.
type group struct {
	searches [batch]search
	left     [batch]uint8 // the undecided candidates, in order
	count    int          // the number of undecided candidates
	read     uint64       // keeps the compiler from removing the reads of fetch
}

// search is the next bucket in which to look for a candidate.
type search struct {
	in *partition
	place
}

// insert searches one bucket for each candidate, then the next bucket for those
// whose bucket was full, and so on. Of two equal candidates the first is the new
// one, since both visit the same buckets in the same rounds.
func (g *group) insert(s *Compact, candidates []Candidate, fresh []uint64) []uint64 {
	for !g.findHomes(s, candidates) {
	}
	// The new ones are appended in the end and not as they are decided, because their
	// order is that of the candidates.
	news := uint64(0) // a bit for each
	for g.count > 0 {
		g.fetch()
		var full *partition
		count := 0
		for _, i := range g.left[:g.count] {
			at := &g.searches[i%batch]
			switch at.in.insert(at.slot, at.entry) {
			case isNew:
				news |= 1 << i
			case isFull:
				g.left[count%batch] = i
				count++
				if !at.advance() {
					full = at.in
				}
			}
		}
		if g.count = count; full != nil {
			full.grow()
			g.startOver(s, candidates)
		}
	}
	for ; news != 0; news &= news - 1 {
		fresh = append(fresh, candidates[bits.TrailingZeros64(news)].tail>>8)
	}
	return fresh
}

// fetch reads one slot of every bucket before any bucket is searched. It is a
// separate, short loop: a processor executes a limited number of instructions
// ahead, so it has more cache misses in flight if there is less code between them.
func (g *group) fetch() {
	read := uint64(0)
	for _, i := range g.left[:g.count] {
		at := &g.searches[i%batch]
		read |= at.in.slots[at.slot]
	}
	g.read = read
}

// findHomes makes all candidates undecided and determines their homes. It reports
// false if a table had to grow, which invalidates the homes found so far.
func (g *group) findHomes(s *Compact, candidates []Candidate) bool {
	for i, c := range candidates {
		part, word, rest := c.key()
		p := &s.parts[part]
		if p.count+batch > p.limit {
			p.grow()
			return false
		}
		g.searches[i%batch] = search{p, p.place(word, rest)}
		g.left[i%batch] = uint8(i)
	}
	g.count = len(candidates)
	return true
}

// startOver determines the homes of the undecided candidates after a table has grown.
// Decided ones are in the grown table already, or were known.
func (g *group) startOver(s *Compact, candidates []Candidate) {
	for _, i := range g.left[:g.count] {
		part, word, rest := candidates[i].key()
		p := &s.parts[part]
		g.searches[i%batch] = search{p, p.place(word, rest)}
	}
}

// advance moves to the next bucket. It reports false at the largest displacement.
func (s *search) advance() bool {
	if s.entry&s.in.placeMask() == s.in.maxPlace {
		return false
	}
	s.entry++
	s.slot += bucketSlots
	return true
}
