package visited

import (
	"math/bits"
	"slices"

	"github.com/muster-mc/muster/internal/pages"
)

// growth is how many buckets a table has after so many, if there are some more at
// its end. A small table doubles. A large one grows by a quarter at the least, for
// that there is much of it, and by whole pages, for what is only a part of one is
// slow to write to.
func growth(buckets, more uint64) uint64 {
	const aPage = pages.Huge / 8 / bucketSlots
	n := (buckets + more) / aPage
	if n == 0 {
		return min(2*buckets, aPage-more)
	}
	return (n+(n+3)/4)*aPage - more
}

// grow makes the table larger.
func (p *partition) grow() {
	larger := *p
	larger.shape(growth(p.buckets, maxPlaces))
	if larger.total() <= uint64(cap(p.slots)) {
		p.spread(&larger)
		return
	}
	for larger = newPartition(larger.buckets, p.nursery); !p.moveTo(&larger); {
		larger.free() // an entry was displaced too far: more room
		larger = newPartition(growth(larger.buckets, maxPlaces), p.nursery)
	}
	p.free()
	*p = larger
}

// moveTo moves everything into a larger table. Words come out in order, but for
// those that were displaced, and go in nearly in order. It reports false when an
// entry finds no room near its home.
func (p *partition) moveTo(next *partition) bool {
	doubled := next.buckets == 2*p.buckets
	for slot, entry := range p.slots {
		if entry == 0 {
			continue
		}
		var at place
		if bucket := uint64(slot) / bucketSlots; doubled {
			at = p.doubled(bucket, entry)
		} else {
			at = next.place(p.key(bucket, entry))
		}
		if !next.put(search{next, at}) {
			return false
		}
	}
	return true
}

// spread makes the table larger where it is: from the last bucket to the first, all
// entries are taken out and put where they belong now. That is further on than
// where they came from, but near the start, whose entries are taken out together.
func (p *partition) spread(larger *partition) {
	// An entry is maxPlaces-1 buckets from home at the most, and the home moves by
	// a quarter of what there is before it.
	const near = 5 * maxPlaces
	larger.slots = p.slots[:larger.total()]
	s := spreader{from: p, to: larger}
	buckets := uint64(len(p.slots)) / bucketSlots
	for bucket := buckets - 1; bucket >= near; bucket-- {
		b := (*[bucketSlots]uint64)(p.slots[bucket*bucketSlots:])
		taken := *b
		*b = [bucketSlots]uint64{}
		s.put(bucket, taken[:])
	}
	first := p.slots[:near*bucketSlots]
	taken := slices.Clone(first)
	clear(first)
	for bucket := range uint64(near) {
		s.put(bucket, taken[bucket*bucketSlots:][:bucketSlots])
	}
	*p = *larger
	for _, k := range s.homeless {
		for !p.put(search{p, p.place(k.word, k.rest)}) {
			p.grow()
		}
	}
}

// spreader puts entries of a table where they belong in a larger one.
type spreader struct {
	from, to *partition
	homeless []key // those that found no room near their homes
}

func (s *spreader) put(bucket uint64, entries []uint64) {
	for _, entry := range entries {
		if entry == 0 {
			return // a bucket is filled from the front
		}
		word, rest := s.from.key(bucket, entry)
		if !s.to.put(search{s.to, s.to.place(word, rest)}) {
			s.homeless = append(s.homeless, key{word, rest})
		}
	}
}

// key is what an entry stands for.
type key struct{ word, rest uint64 }

// doubled is where the entry found in a bucket belongs in a table of twice the
// size: the product is twice what it was.
func (p *partition) doubled(bucket, entry uint64) place {
	home := bucket - (entry&p.placeMask() - 1)
	low := entry >> (p.digits & 63) << (p.digits & 63)
	rest := entry >> (p.digits - restBits&63) & (1<<restBits - 1)
	return place{
		slot:  (home<<1 | low>>63) * bucketSlots,
		entry: low<<1 | rest<<(p.digits+1-restBits&63) | 1,
	}
}

// key recovers the word and the rest of the entry found in a bucket. The word is
// the only w for which w*buckets has the home bucket as its high word and the
// entry's bits on top of its low word.
func (p *partition) key(bucket, entry uint64) (word, rest uint64) {
	home := bucket - (entry&p.placeMask() - 1)
	low := entry >> p.digits << p.digits
	word, remainder := bits.Div64(home, low, p.buckets)
	if remainder > 0 {
		word++
	}
	return word, entry >> (p.digits - restBits) & (1<<restBits - 1)
}
