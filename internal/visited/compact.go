package visited

import (
	"math"

	"github.com/muster-mc/muster/internal/fingerprint"
)

// Bits is the number of bits of a fingerprint that a compact set compares.
const Bits = 72

// restBits is the number of bits of a fingerprint beside the partition and the word.
const restBits = Bits - partitionBits - 64

// Compact keeps 72 bits of a state's fingerprint in 8 bytes, by quotienting: the
// position of an entry carries part of its value (Knuth, The Art of Computer
// Programming 3, exercise 6.4-13; Cleary, "Compact Hash Tables Using Bidirectional
// Linear Probing", 1984).
//
// The 72 bits are 4 for the partition, 64 for the word w, and 4 for the rest. In
// a table of n buckets, w belongs to bucket w*n / 2^64, its home. The remainder
// w*n mod 2^64 identifies w among the words of that bucket. Different words have
// remainders at least n apart, so the lowest d bits of the remainder are not
// needed if n >= 2^d. The entry uses these d bits for the rest of the fingerprint
// and for the displacement: the number of full buckets between the home and the
// bucket that has the entry.
//
// The zero Compact is not usable; see [NewCompact].
type Compact struct {
	parts [Partitions]partition
	pool  tablePool
}

// NewCompact returns an empty set.
func NewCompact() *Compact {
	s := &Compact{}
	for i := range s.parts {
		s.parts[i] = newPartition(minBuckets, &s.pool)
	}
	return s
}

// key splits the bits of a candidate into partition, word and rest.
func (c Candidate) key() (part int, word, rest uint64) {
	last := c.tail & 0xff
	return int(c.hash >> (64 - partitionBits)),
		c.hash<<partitionBits | last>>restBits,
		last & (1<<restBits - 1)
}

// Insert implements [Set]. It does not read the states.
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

// Full implements [Set]. A compact set is never full.
func (s *Compact) Full() bool { return false }

// Free implements [Set].
func (s *Compact) Free() {
	for i := range s.parts {
		s.parts[i].free()
	}
	s.pool.free()
}

// CompactBytes estimates the memory of a compact set. The estimate is for one
// sixteenth more states, because some partitions grow earlier than others. It
// depends on the number of states alone, so that decisions based on it are
// deterministic.
func CompactBytes(states uint64) uint64 {
	buckets := uint64(minBuckets)
	for limitOf(buckets) < (states+states/16)/Partitions {
		buckets = growth(buckets, maxPlaces)
	}
	return buckets * bucketSlots * 8 * Partitions
}

// MissProbability bounds the probability that any two of n states were taken for
// one: there are n(n-1)/2 pairs, and each collides with probability 2^-Bits.
func MissProbability(n uint64) float64 {
	pairs := float64(n) * (float64(n) - 1) / 2
	return min(1, math.Ldexp(max(0, pairs), -Bits))
}

// tailBits is the number of bits of a fingerprint's second word that the set
// compares.
const tailBits = Bits - 64

// Known returns a fingerprint with all bits cleared that the set does not compare.
func Known(p fingerprint.Print) fingerprint.Print {
	p.Extra = p.Extra >> (64 - tailBits) << (64 - tailBits)
	return p
}

// Prints calls yield with the known part of each state's fingerprint until yield
// returns false. The order is that of the partitions and, within each, almost that
// of the fingerprints, so that another set can insert them almost sequentially.
func (s *Compact) Prints(yield func(fingerprint.Print) bool) {
	for i := range s.parts {
		if !s.parts[i].prints(uint64(i), yield) {
			return
		}
	}
}

// prints yields the fingerprints of one partition. It recovers each of them from the entry
// and the entry's position.
func (p *partition) prints(part uint64, yield func(fingerprint.Print) bool) (more bool) {
	for slot, entry := range p.slots {
		if entry == 0 {
			continue
		}
		word, rest := p.key(uint64(slot)/bucketSlots, entry)
		if !yield(joined(part, word, rest)) {
			return false
		}
	}
	return true
}

// joined is the inverse of [Candidate.key].
func joined(part, word, rest uint64) fingerprint.Print {
	last := (word<<restBits | rest) & (1<<tailBits - 1)
	return fingerprint.Print{
		Hash:  part<<(64-partitionBits) | word>>partitionBits,
		Extra: last << (64 - tailBits),
	}
}
