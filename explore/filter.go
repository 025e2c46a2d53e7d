package explore

import "github.com/muster-mc/muster/internal/fingerprint"

// filter remembers successors that were made shortly before, so that most
// duplicates are never written down. It is small enough to stay in the second
// level of cache.
//
// What it remembers decides on more bits than the visited set does, and was met
// earlier in canonical order, for a worker takes blocks in order. So it drops
// only what the set would drop.
type filter []uint64

const (
	filterBits = 15
	filterSize = 1 << filterBits
	filterMask = filterSize - 1
)

// met reports whether the fingerprint was met, and remembers it. A slot holds
// the part of it that the slot's index does not tell, and is never zero.
func (f filter) met(p fingerprint.Print) bool {
	slot := &f[p.Hash&filterMask]
	tag := p.Hash&^filterMask | p.Extra>>(64-filterBits+1)<<1 | 1
	if *slot == tag {
		return true
	}
	*slot = tag
	return false
}
