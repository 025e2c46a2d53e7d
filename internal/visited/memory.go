package visited

import (
	"sync"

	"github.com/muster-mc/muster/internal/pages"
)

// memory is the owner of a table's slots: a mapping, a block that several tables share,
// or nothing if the slots are Go's memory. Mapped memory is nothing to the garbage
// collector, so each table knows how its memory is given back.
type memory struct {
	mapping pages.Mapping
	block   *sharedBlock // the block that has the table, if it is shared
	pool    *tablePool
}

// release returns a table to its block or its mapping to the system.
func (m memory) release() {
	if m.block != nil {
		m.pool.returnTable(m.block)
	}
	m.mapping.Release()
}

// allocate returns n zeroed slots that start at a cache line. The slice may have
// spare capacity, which is zero too.
func allocate(n uint64) ([]uint64, memory) {
	if slots, m, ok := pages.Extensible(n); ok {
		return slots, memory{mapping: m}
	}
	return aligned(make([]uint64, n+bucketSlots-1), n), memory{}
}

// allocateBytes returns n zeroed bytes.
func allocateBytes(n uint64) ([]byte, memory) {
	if data, m, ok := pages.Bytes(n); ok {
		return data, memory{mapping: m}
	}
	return make([]byte, n), memory{}
}

// tablePool allocates tables that are too small for a large page of their own: the
// sixteen tables of one size share a block of large pages. Little of it is wasted,
// since the partitions of a set reach each size at about the same time.
type tablePool struct {
	mutex  sync.Mutex
	blocks map[uint64]*sharedBlock // by the number of slots of a table
}

// sharedBlock is the memory of sixteen tables of one size. The block is released as a
// whole, because a mapping is.
type sharedBlock struct {
	memory
	slots  []uint64 // of the tables that are not allocated yet
	tables int      // the number of tables that were not returned yet
}

// allocate returns n zeroed slots for a partition. They start at a cache line. Partitions
// may grow at the same time, hence the mutex. It is taken once for each growth.
func (t *tablePool) allocate(n uint64) ([]uint64, memory) {
	if total := n * Partitions * 8; total < pages.Huge || n*8 >= pages.Huge {
		return allocate(n)
	}
	t.mutex.Lock()
	defer t.mutex.Unlock()
	b := t.blocks[n]
	if b == nil || len(b.slots) == 0 {
		slots, m, ok := pages.Words(n * Partitions)
		if !ok {
			return allocate(n)
		}
		b = &sharedBlock{memory{mapping: m}, slots, Partitions}
		if t.blocks == nil {
			t.blocks = map[uint64]*sharedBlock{}
		}
		t.blocks[n] = b
	}
	// The capacity ends with the table: a table that grows in place goes by its capacity,
	// and must not grow into the next one.
	table := b.slots[:n:n]
	b.slots = b.slots[n:]
	return table, memory{block: b, pool: t}
}

// returnTable releases the block after the last of its tables was returned.
func (t *tablePool) returnTable(b *sharedBlock) {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	if b.tables--; b.tables == 0 {
		b.release()
	}
}

// free returns the tables that were never allocated. The set must not allocate
// tables any more.
func (t *tablePool) free() {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	for n, b := range t.blocks {
		left := len(b.slots) / int(n)
		if b.tables -= left; left > 0 && b.tables == 0 {
			b.release()
		}
	}
	t.blocks = nil
}
