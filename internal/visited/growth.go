package visited

import (
	"math/bits"

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

// spread makes the table larger where it is: from the last bucket to the first, the
// entries are taken out and put where they belong now, which is further on. What
// belongs before that, as it was displaced, and what finds no room near its home,
// waits until all others are in place.
func (p *partition) spread(larger *partition) {
	larger.slots = p.slots[:larger.total()]
	var later []key
	for slot := len(p.slots) - bucketSlots; slot >= 0; slot -= bucketSlots {
		for _, entry := range takeBucket(p.slots[slot:]) {
			if entry == 0 {
				break // a bucket is filled from the front
			}
			word, rest := p.key(uint64(slot)/bucketSlots, entry)
			at := search{larger, larger.place(word, rest)}
			if at.slot < uint64(slot) || !larger.put(at) {
				later = append(later, key{word, rest})
			}
		}
	}
	*p = *larger
	for _, k := range later {
		for !p.put(search{p, p.place(k.word, k.rest)}) {
			p.grow()
		}
	}
}

// takeBucket empties the bucket that begins here and returns what was in it.
func takeBucket(slots []uint64) [bucketSlots]uint64 {
	b := (*[bucketSlots]uint64)(slots)
	taken := *b
	*b = [bucketSlots]uint64{}
	return taken
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
