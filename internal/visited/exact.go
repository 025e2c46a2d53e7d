package visited

import (
	"bytes"
	"encoding/binary"
	"iter"

	"github.com/muster-mc/muster/internal/fingerprint"
)

// Exact keeps whole states in an arena for each partition. A table has an entry of
// 8 bytes for each state: a tag, 28 bits of the fingerprint, and the 36 bits of the
// state's place in the arena. A state is known if an entry has its tag and the
// bytes at the entry's place are equal to the state; the tag avoids most
// comparisons.
//
// The tag alone determines the bucket, so a table grows without reading states.
//
// The zero Exact is not usable; see [NewExact].
type Exact struct {
	parts  [Partitions]exactPartition
	pool   tablePool
	chunks chunkPool
}

// NewExact returns an empty set for states of the given size. The size is negative
// if sizes vary.
func NewExact(size int) *Exact {
	s := &Exact{}
	for i := range s.parts {
		s.parts[i] = newExactPartition(exactMinBuckets, newArena(size, chunksMax, &s.chunks), &s.pool)
	}
	return s
}

// lookup is the progress of looking up a candidate.
type lookup struct {
	in    *exactPartition
	home  uint64 // the first slot of the home bucket
	tag   uint64
	match []byte // a state with the same tag, or nil
	place uint64 // the place of match

	ahead uint64 // the first slot of the next bucket to fetch
	start byte   // keeps the compiler from removing the read that fetches match
}

// readAhead is the number of buckets to fetch for each look-up before any bucket
// is searched.
const readAhead = 2

// Insert implements [Set].
func (s *Exact) Insert(candidates []Candidate, states *Encodings, fresh []uint64) []uint64 {
	return s.Place(candidates, states, fresh, nil)
}

// Place inserts candidates as Insert does, and writes the place of each one to
// places, at the candidate's index. A place is valid as long as the set exists.
// Places may be nil.
func (s *Exact) Place(candidates []Candidate, states *Encodings, fresh []uint64, places []Place) []uint64 {
	for len(candidates) > 0 {
		n := min(batch, len(candidates))
		fresh = s.insertBatch(candidates[:n], states, fresh, places)
		candidates = candidates[n:]
	}
	return fresh
}

// insertBatch fetches all home buckets, then all states with matching tags, and
// decides last, so that cache misses overlap. A match stays valid while other
// candidates are inserted, since states are never moved or removed.
func (s *Exact) insertBatch(candidates []Candidate, states *Encodings, fresh []uint64, places []Place) []uint64 {
	var lookups [batch]lookup
	s.touchBuckets(candidates, &lookups)
	s.touchStates(candidates, &lookups)
	for i, c := range candidates {
		l, index := &lookups[i], c.tail>>8
		state := states.At(index)
		if l.match == nil || !bytes.Equal(l.match, state) {
			var isNew bool
			if isNew, l.place = s.partOf(c).insert(l.home, l.tag, state); isNew {
				fresh = append(fresh, index)
			}
		}
		if places != nil {
			places[index] = Place(c.hash>>(64-partitionBits)<<placeBits | l.place)
		}
	}
	return fresh
}

// touchBuckets determines the home buckets, and then fetches them and, if they are
// full, the buckets after them. The loops are separate and short: a processor
// executes a limited number of instructions ahead, so it has more cache misses in
// flight if there is less code between them.
func (s *Exact) touchBuckets(candidates []Candidate, lookups *[batch]lookup) {
	s.makeRoom(candidates)
	for i, c := range candidates {
		p, l := s.partOf(c), &lookups[i%batch]
		l.in, l.tag = p, c.tag()
		l.home = p.home(l.tag)
		l.ahead = l.home
	}
	for range readAhead {
		for i := range lookups[:len(candidates)] {
			l := &lookups[i]
			if l.in.slots[l.ahead+bucketSlots-1] != 0 {
				l.ahead = l.in.after(l.ahead)
			}
		}
	}
}

// makeRoom grows every table that a batch could fill beyond its limit. It comes before
// the homes are determined. A table that grew in the middle of a batch would move the
// entries that other look-ups of the batch are about to read.
func (s *Exact) makeRoom(candidates []Candidate) {
	for _, c := range candidates {
		if p := s.partOf(c); p.count+batch > p.limit {
			p.grow()
		}
	}
}

// touchStates fetches, for each candidate, the first state with a matching tag in
// its home bucket.
func (s *Exact) touchStates(candidates []Candidate, lookups *[batch]lookup) {
	for i, c := range candidates {
		p, l := s.partOf(c), &lookups[i]
		if at := first(matches(p.bucket(l.home), l.tag)); at < bucketSlots {
			l.place = p.slots[l.home+at] & placeMask
			l.match = p.arena.at(l.place)
			if len(l.match) > 0 {
				l.start = l.match[0]
			}
		}
	}
}

// partOf returns the partition of a candidate.
func (s *Exact) partOf(c Candidate) *exactPartition {
	return &s.parts[c.hash>>(64-partitionBits)]
}

// tag returns the bits of a fingerprint after those of the partition. The lowest
// one is set, because zero is the tag of a free slot.
func (c Candidate) tag() uint64 { return c.hash<<partitionBits>>(64-tagBits) | 1 }

// MoveTo moves the states of one partition to a compact set, in the order of their
// insertion. Goroutines may move different partitions at the same time.
func (s *Exact) MoveTo(to *Compact, part int, of *fingerprint.Hasher) {
	p := &s.parts[part]
	var candidates [batch]Candidate
	var fresh [batch]uint64
	n := 0
	for state := range p.arena.all() {
		candidates[n] = NewCandidate(of.Of(state), 0)
		if n++; n == batch {
			to.Insert(candidates[:], nil, fresh[:0])
			n = 0
		}
	}
	to.Insert(candidates[:n], nil, fresh[:0])
	p.free()
}

// States yields the states, partition by partition, in the order of their
// insertion. The caller must not change them.
func (s *Exact) States() iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		for i := range s.parts {
			for state := range s.parts[i].arena.all() {
				if !yield(state) {
					return
				}
			}
		}
	}
}

// Len implements [Set].
func (s *Exact) Len() uint64 {
	n := uint64(0)
	for i := range s.parts {
		n += s.parts[i].count
	}
	return n
}

// Bytes implements [Set].
func (s *Exact) Bytes() uint64 {
	n := uint64(0)
	for i := range s.parts {
		n += uint64(len(s.parts[i].slots))*8 + s.parts[i].arena.bytes
	}
	return n
}

// Full implements [Set].
func (s *Exact) Full() bool {
	for i := range s.parts {
		if s.parts[i].full {
			return true
		}
	}
	return false
}

// Free implements [Set].
func (s *Exact) Free() {
	for i := range s.parts {
		s.parts[i].free()
	}
	s.pool.free()
	s.chunks.free()
}

// ExactBytes estimates the memory of an exact set whose states have the given
// total size. It assumes an average table and a length of one byte a state. It
// depends on its arguments alone, so that decisions based on it are deterministic.
func ExactBytes(states, bytes uint64) uint64 {
	const table = 12 // slots that are 0.68 to 0.85 full, for large tables
	return bytes + states*(table+1)
}

// Place is the address of a state in an exact set: the partition, and the place in
// the partition's arena.
type Place uint64

// UseNumbers reserves a number with each state. It must be called while the set is
// empty.
func (s *Exact) UseNumbers() {
	for i := range s.parts {
		s.parts[i].arena.tail = numberBytes
	}
}

// SetNumber sets the number of the state at a place. Goroutines may set the numbers
// of different states at the same time.
func (s *Exact) SetNumber(at Place, number uint32) {
	binary.LittleEndian.PutUint32(s.numberAt(at), number)
}

// Number returns the number of the state at a place, 0 if none was set.
func (s *Exact) Number(at Place) uint32 { return binary.LittleEndian.Uint32(s.numberAt(at)) }

// numberAt returns the bytes of the number of the state at a place.
func (s *Exact) numberAt(at Place) []byte {
	return s.parts[at>>placeBits].arena.number(uint64(at) & placeMask)
}

// Estimate returns [ExactBytes] plus the memory of the numbers.
func (s *Exact) Estimate(states, bytes uint64) uint64 {
	return ExactBytes(states, bytes+states*uint64(s.parts[0].arena.tail))
}
