package visited

import "math"

// Bits is how much of a fingerprint a compact set decides on.
const Bits = 72

const restBits = Bits - partitionBits - 64

// Compact keeps 72 bits of a state's fingerprint in 8 bytes, by quotienting
// (Knuth, The Art of Computer Programming 3, exercise 6.4-13; Cleary, "Compact
// Hash Tables Using Bidirectional Linear Probing", 1984). After the four bits of
// the partition come the 64 of the word: with n buckets, the word w belongs to
// bucket w*n / 2^64, and w*n mod 2^64 tells apart the words of one bucket, even
// without as many of its low bits as n has binary digits less one. Those make
// room for the last four bits of the fingerprint and for how many buckets after
// its own the entry was put, because those before were full.
//
// The zero Compact is not usable; see [NewCompact].
type Compact struct {
	parts   [Partitions]partition
	nursery nursery
}

// NewCompact returns an empty set.
func NewCompact() *Compact {
	s := &Compact{}
	for i := range s.parts {
		s.parts[i] = newPartition(minBuckets, &s.nursery)
	}
	return s
}

// key splits a candidate into partition, word and rest.
func (c Candidate) key() (part int, word, rest uint64) {
	last := c.tail & 0xff
	return int(c.hash >> (64 - partitionBits)),
		c.hash<<partitionBits | last>>restBits,
		last & (1<<restBits - 1)
}

// Insert implements [Set]. It has no use for the states themselves.
func (s *Compact) Insert(candidates []Candidate, _ *Encodings, fresh []uint64) []uint64 {
	var g group
	for len(candidates) > 0 {
		n := min(batch, len(candidates))
		fresh = g.insert(s, candidates[:n], fresh)
		candidates = candidates[n:]
	}
	return fresh
}

// Len implements [Set].
func (s *Compact) Len() uint64 {
	n := uint64(0)
	for i := range s.parts {
		n += s.parts[i].count
	}
	return n
}

// Bytes implements [Set].
func (s *Compact) Bytes() uint64 {
	n := uint64(0)
	for i := range s.parts {
		n += uint64(len(s.parts[i].slots)) * 8
	}
	return n
}

// Full implements [Set]: there is always room.
func (s *Compact) Full() bool { return false }

// Free implements [Set].
func (s *Compact) Free() {
	for i := range s.parts {
		s.parts[i].free()
	}
	s.nursery.free()
}

// CompactBytes estimates what a compact set of so many states takes, or is about
// to take: it looks ahead by a sixteenth, since partitions do not grow at the very
// same time. It depends on nothing else.
func CompactBytes(states uint64) uint64 {
	buckets := uint64(minBuckets)
	for limitOf(buckets) < (states+states/16)/Partitions {
		buckets = growth(buckets, maxPlaces)
	}
	return buckets * bucketSlots * 8 * Partitions
}

// MissProbability bounds the chance that, among n states, any was taken for
// another: n(n-1)/2 pairs, each with one chance in 2^Bits.
func MissProbability(n uint64) float64 {
	pairs := float64(n) * (float64(n) - 1) / 2
	return min(1, math.Ldexp(max(0, pairs), -Bits))
}
