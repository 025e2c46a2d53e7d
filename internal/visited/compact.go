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
	for len(candidates) > 0 {
		n := min(batch, len(candidates))
		fresh = s.insertBatch(candidates[:n], fresh)
		candidates = candidates[n:]
	}
	return fresh
}

// insertBatch reads from every home bucket before it looks through any of them,
// so that the cache misses overlap.
func (s *Compact) insertBatch(candidates []Candidate, fresh []uint64) []uint64 {
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

func (s *Compact) insertSlowly(candidates []Candidate, fresh []uint64) []uint64 {
	for _, c := range candidates {
		part, word, rest := c.key()
		p := &s.parts[part]
		if p.insertGrowing(word, rest) {
			fresh = append(fresh, c.tail>>8)
		}
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

// MissProbability bounds the chance that, among n states, any was taken for
// another: n(n-1)/2 pairs, each with one chance in 2^Bits.
func MissProbability(n uint64) float64 {
	pairs := float64(n) * (float64(n) - 1) / 2
	return min(1, math.Ldexp(max(0, pairs), -Bits))
}
