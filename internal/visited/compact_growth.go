package visited

import (
	"math/bits"

	"github.com/muster-mc/muster/internal/pages"
)

// growth returns the next number of buckets of a table that has more spare buckets
// at its end. A small table doubles. A large one grows by a quarter, rounded up,
// so that less memory is unused, and to a multiple of a large page, because an
// incomplete large page would consist of small ones.
func growth(buckets, more uint64) uint64 {
	const aPage = pages.Huge / 8 / bucketSlots // buckets
	n := (buckets + more) / aPage
	if n == 0 {
		return min(2*buckets, aPage-more)
	}
	return (n+(n+3)/4)*aPage - more
}

// grow makes the table larger: in place if there is reserved address space behind
// it, or else in new memory.
func (p *partition) grow() {
	larger := *p
	larger.shape(growth(p.buckets, maxPlaces))
	if larger.total() <= uint64(cap(p.slots)) {
		p.spread(&larger)
		return
	}
	for larger = newPartition(larger.buckets, p.pool); !p.moveTo(&larger); {
		larger.free() // an entry found no free slot within the largest displacement
		larger = newPartition(growth(larger.buckets, maxPlaces), p.pool)
	}
	p.free()
	*p = larger
}

// moveTo copies all entries to a larger table. Apart from displaced ones they are
// in order, so both tables are visited almost sequentially. It reports false if an
// entry finds no free slot within the largest displacement.
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

// spread makes the table larger in place. From the last bucket to the first, it
// removes the entries of a bucket and adds them again at their new homes, which
// are at or behind the bucket. Two kinds of entries are postponed until all others
// are in place: displaced entries whose new home is before the bucket, and entries
// that find no free slot within the largest displacement.
func (p *partition) spread(larger *partition) {
	larger.slots = p.slots[:larger.total()]
	var postponed []key
	for slot := len(p.slots) - bucketSlots; slot >= 0; slot -= bucketSlots {
		for _, entry := range takeBucket(p.slots[slot:]) {
			if entry == 0 {
				break // a bucket is filled from the front
			}
			word, rest := p.key(uint64(slot)/bucketSlots, entry)
			at := search{larger, larger.place(word, rest)}
			if at.slot < uint64(slot) || !larger.put(at) {
				postponed = append(postponed, key{word, rest})
			}
		}
	}
	*p = *larger
	for _, k := range postponed {
		for !p.put(search{p, p.place(k.word, k.rest)}) {
			p.grow()
		}
	}
}

// takeBucket empties the first bucket of slots and returns its entries.
func takeBucket(slots []uint64) [bucketSlots]uint64 {
	b := (*[bucketSlots]uint64)(slots)
	taken := *b
	*b = [bucketSlots]uint64{}
	return taken
}

// key is the value of an entry.
type key struct{ word, rest uint64 }

// doubled returns the place of an entry in a table of twice the size. It is faster
// than place(key()), since the product is just twice as large.
func (p *partition) doubled(bucket, entry uint64) place {
	home := bucket - (entry&p.placeMask() - 1)
	low := entry >> (p.digits & 63) << (p.digits & 63)
	rest := entry >> (p.digits - restBits&63) & (1<<restBits - 1)
	return place{
		slot:  (home<<1 | low>>63) * bucketSlots,
		entry: low<<1 | rest<<(p.digits+1-restBits&63) | 1,
	}
}

// key recovers the word and the rest of an entry in a bucket. The word is the only
// w whose product w*buckets has the home bucket as its high word and the remainder
// of the entry as the highest bits of its low word.
func (p *partition) key(bucket, entry uint64) (word, rest uint64) {
	home := bucket - (entry&p.placeMask() - 1)
	low := entry >> p.digits << p.digits
	word, remainder := bits.Div64(home, low, p.buckets)
	if remainder > 0 {
		word++
	}
	return word, entry >> (p.digits - restBits) & (1<<restBits - 1)
}
