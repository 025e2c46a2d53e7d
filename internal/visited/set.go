// Package visited holds the set of states that a search has met.
//
// [Set] is compact: it keeps 72 bits of a state's fingerprint in 8 bytes, by
// quotienting (Knuth, The Art of Computer Programming 3, exercise 6.4-13;
// Cleary, "Compact Hash Tables Using Bidirectional Linear Probing", 1984). The
// first four bits of a fingerprint choose one of sixteen partitions. The next
// 64, the word, choose a bucket by multiplication: with n buckets, the word w
// belongs to bucket w*n / 2^64, and w*n mod 2^64 tells apart the words of one
// bucket, even without as many of its low bits as n has binary digits less
// one. Those make room for the last four bits of the fingerprint and for how
// many buckets after its own the entry was put, because those before were full. So n need not be a power of two, a table can grow by less
// than doubling, and growing reads the old table and writes the new one in
// order.
//
// A bucket is a cache line of eight entries, filled from the front and never
// emptied, which makes a look-up one memory access nearly always.
package visited

import (
	"math"

	"github.com/muster-mc/muster/internal/fingerprint"
)

// Partitions is how many independent parts a set has. Different parts may be
// used by different goroutines at the same time.
const Partitions = 16

// Bits is how much of a fingerprint the set decides on.
const Bits = 72

const (
	partitionBits = 4
	restBits      = Bits - partitionBits - 64
)

// Set is a set of fingerprints. The zero Set is not usable; see [New].
type Set struct {
	parts [Partitions]partition
}

// New returns an empty set.
func New() *Set {
	s := &Set{}
	for i := range s.parts {
		s.parts[i] = newPartition(minBuckets)
	}
	return s
}

// Candidate is a state that may be new: the part of its fingerprint that the
// set decides on, and an index by which the caller knows it.
type Candidate struct {
	hash uint64 // partition and most of the word
	tail uint64 // the caller's index, and the last 8 bits of the fingerprint
}

// IndexMax is the largest index a candidate can have.
const IndexMax = 1<<56 - 1

// NewCandidate packs a fingerprint and an index of at most IndexMax.
func NewCandidate(p fingerprint.Print, index uint64) Candidate {
	return Candidate{p.Hash, index<<8 | p.Extra>>56}
}

// PartitionOf returns the partition that a fingerprint belongs to.
func PartitionOf(p fingerprint.Print) int { return int(p.Hash >> (64 - partitionBits)) }

// key splits a candidate into partition, word and rest.
func (c Candidate) key() (part int, word, rest uint64) {
	last := c.tail & 0xff
	return int(c.hash >> (64 - partitionBits)),
		c.hash<<partitionBits | last>>restBits,
		last & (1<<restBits - 1)
}

// batch is how many look-ups are in flight together: their memory is fetched at
// once, not one after the other.
const batch = 64

// Insert puts candidates into the set, in order, and appends the indices of
// those that were not in it to fresh. Goroutines may insert at the same time if
// no two of them have candidates of one partition.
func (s *Set) Insert(candidates []Candidate, fresh []uint64) []uint64 {
	for len(candidates) > 0 {
		n := min(batch, len(candidates))
		fresh = s.insertBatch(candidates[:n], fresh)
		candidates = candidates[n:]
	}
	return fresh
}

// insertBatch reads from every home bucket before it looks through any of them,
// so that the cache misses overlap.
func (s *Set) insertBatch(candidates []Candidate, fresh []uint64) []uint64 {
	var places [batch]place
	for i, c := range candidates {
		part, word, rest := c.key()
		p := &s.parts[part]
		if p.count+batch > p.limit {
			p.grow()
			return s.insertSlowly(candidates, fresh) // places found so far are stale
		}
		places[i] = p.place(word, rest)
		places[i].first = p.slots[places[i].slot]
	}
	for i, c := range candidates {
		at := &places[i]
		if at.first == at.entry {
			continue
		}
		part, _, _ := c.key()
		switch s.parts[part].insert(at.slot, at.entry) {
		case isNew:
			fresh = append(fresh, c.tail>>8)
		case isFull:
			s.parts[part].grow()
			return s.insertSlowly(candidates[i:], fresh)
		}
	}
	return fresh
}

func (s *Set) insertSlowly(candidates []Candidate, fresh []uint64) []uint64 {
	for _, c := range candidates {
		part, word, rest := c.key()
		p := &s.parts[part]
		if p.insertGrowing(word, rest) {
			fresh = append(fresh, c.tail>>8)
		}
	}
	return fresh
}

// Len returns how many states are in the set.
func (s *Set) Len() uint64 {
	n := uint64(0)
	for i := range s.parts {
		n += s.parts[i].count
	}
	return n
}

// Bytes returns how much memory the set holds.
func (s *Set) Bytes() uint64 {
	n := uint64(0)
	for i := range s.parts {
		n += uint64(len(s.parts[i].slots)) * 8
	}
	return n
}

// Free gives the memory back. The set must not be used afterwards.
func (s *Set) Free() {
	for i := range s.parts {
		s.parts[i].free()
	}
}

// MissProbability bounds the chance that, among n states, any was taken for
// another: n(n-1)/2 pairs, each with one chance in 2^Bits.
func MissProbability(n uint64) float64 {
	pairs := float64(n) * (float64(n) - 1) / 2
	return min(1, math.Ldexp(max(0, pairs), -Bits))
}
