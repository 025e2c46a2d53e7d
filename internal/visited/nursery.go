package visited

import (
	"sync"

	"github.com/muster-mc/muster/internal/pages"
)

// nursery is where the partitions of a set have tables that are too small for
// a large page: all sixteen share some. The partitions of a set grow at about the
// same time through the same sizes, so little is wasted.
type nursery struct {
	mutex  sync.Mutex
	broods map[uint64]*brood // by slots of a table
}

// brood is tables of one size.
type brood struct {
	memory
	slots  []uint64 // of tables that nobody has yet
	tables int      // that were not given back yet
}

// allocate returns n zeroed slots for a partition, the first one at the start of
// a cache line.
func (y *nursery) allocate(n uint64) ([]uint64, memory) {
	if total := n * Partitions * 8; total < pages.Huge || n*8 >= pages.Huge {
		return allocate(n)
	}
	y.mutex.Lock()
	defer y.mutex.Unlock()
	b := y.broods[n]
	if b == nil || len(b.slots) == 0 {
		slots, m, ok := pages.Words(n * Partitions)
		if !ok {
			return allocate(n)
		}
		b = &brood{memory{mapping: m}, slots, Partitions}
		if y.broods == nil {
			y.broods = map[uint64]*brood{}
		}
		y.broods[n] = b
	}
	table := b.slots[:n:n]
	b.slots = b.slots[n:]
	return table, memory{brood: b, nursery: y}
}

// giveBack takes a table that is no longer used.
func (y *nursery) giveBack(b *brood) {
	y.mutex.Lock()
	defer y.mutex.Unlock()
	if b.tables--; b.tables == 0 {
		b.release()
	}
}

// free gives back the tables that nobody has had, when the set is no longer used.
func (y *nursery) free() {
	y.mutex.Lock()
	defer y.mutex.Unlock()
	for n, b := range y.broods {
		left := len(b.slots) / int(n)
		if b.tables -= left; left > 0 && b.tables == 0 {
			b.release()
		}
	}
	y.broods = nil
}
