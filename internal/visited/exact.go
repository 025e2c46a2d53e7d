package visited

import (
	"bytes"
	"iter"

	"github.com/muster-mc/muster/internal/fingerprint"
)

// Exact keeps the states themselves, in an arena for each partition, and finds
// them by a table of 8 bytes a state: 28 bits of the fingerprint, the tag, and
// 36 for where in the arena the state is. A state is known if there is one with
// the same bytes; the tag only says where that is worth looking.
//
// The bucket of a state follows from its tag, so that a table grows without a
// look at the states.
//
// The zero Exact is not usable; see [NewExact].
type Exact struct {
	parts   [Partitions]exactPartition
	nursery nursery
}

// NewExact returns an empty set for states of this size, which is less than zero
// if their sizes vary.
func NewExact(size int) *Exact {
	s := &Exact{}
	for i := range s.parts {
		s.parts[i] = newExactPartition(exactMinBuckets, newArena(size, chunksMax), &s.nursery)
	}
	return s
}

// lookup is where a candidate may be.
type lookup struct {
	in    *exactPartition
	home  uint64 // its bucket
	tag   uint64
	alike []byte // a state with its tag, if there is one, and
	place uint64 // where it is

	ahead uint64 // the first bucket that nothing was read of yet
	start byte   // what was read of the state, to have it fetched
}

// readAhead is how many buckets are read from before any is looked through.
const readAhead = 2

// Insert implements [Set].
func (s *Exact) Insert(candidates []Candidate, states *Encodings, fresh []uint64) []uint64 {
	return s.Place(candidates, states, fresh, nil)
}

// Place inserts candidates, and writes where each of them is to places, which it
// is known by as long as the set exists. The candidates' indices are their places
// there too. Nil stands for nobody who wants to know.
func (s *Exact) Place(candidates []Candidate, states *Encodings, fresh []uint64, places []Place) []uint64 {
	for len(candidates) > 0 {
		n := min(batch, len(candidates))
		fresh = s.insertBatch(candidates[:n], states, fresh, places)
		candidates = candidates[n:]
	}
	return fresh
}

// insertBatch reads from every home bucket, then from every state that may be
// the candidate's, and only then decides, so that the cache misses overlap. What
// a look-up found stays true while others are inserted: nothing is ever moved
// or removed.
func (s *Exact) insertBatch(candidates []Candidate, states *Encodings, fresh []uint64, places []Place) []uint64 {
	var lookups [batch]lookup
	s.touchBuckets(candidates, &lookups)
	s.touchStates(candidates, &lookups)
	for i, c := range candidates {
		l, index := &lookups[i], c.tail>>8
		state := states.At(index)
		if l.alike == nil || !bytes.Equal(l.alike, state) {
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

// touchBuckets finds the homes, and then reads from them, and where those are full
// from the next ones. These are loops by themselves: a processor looks ahead by so
// many instructions, and meets more cache misses the fewer there are in between.
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

// makeRoom grows the tables that could become too full.
func (s *Exact) makeRoom(candidates []Candidate) {
	for _, c := range candidates {
		if p := s.partOf(c); p.count+batch > p.limit {
			p.grow()
		}
	}
}

func (s *Exact) touchStates(candidates []Candidate, lookups *[batch]lookup) {
	for i, c := range candidates {
		p, l := s.partOf(c), &lookups[i]
		if at := first(alike(p.bucket(l.home), l.tag)); at < bucketSlots {
			l.place = p.slots[l.home+at] & placeMask
			l.alike = p.arena.at(l.place)
			if len(l.alike) > 0 {
				l.start = l.alike[0]
			}
		}
	}
}

func (s *Exact) partOf(c Candidate) *exactPartition {
	return &s.parts[c.hash>>(64-partitionBits)]
}

// tag is the part of a fingerprint that follows the partition's bits. It is not
// zero, which is the tag of a free slot.
func (c Candidate) tag() uint64 { return c.hash<<partitionBits>>(64-tagBits) | 1 }

// MoveTo puts the states of one partition into a compact set, in the order in
// which they were met, and forgets them here. Goroutines may move different
// partitions at the same time.
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

// States yields the states, partition by partition, in the order in which they were
// met. What is yielded must not be changed.
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
	s.nursery.free()
}

// ExactBytes estimates what an exact set needs for so many states that have so
// many bytes together. It depends on nothing else, such as how full the tables
// happen to be: it is what those take on average, and a byte for a length.
func ExactBytes(states, bytes uint64) uint64 {
	const table = 12 // slots that are 0.68 to 0.85 full, for large tables
	return bytes + states*(table+1)
}
