package visited

import (
	"sync"
	"sync/atomic"

	"github.com/muster-mc/muster/internal/pages"
)

// memory is the owner of slots or of bytes: a mapping, a block that several partitions share,
// or nothing if they are Go's memory. Mapped memory is nothing to the garbage collector, so
// each table and each chunk knows how its memory is given back.
type memory struct {
	mapping pages.Mapping
	block   *sharedBlock // the block that has the memory, if it is shared
}

// release returns memory to its block, or a mapping to the system.
func (m memory) release() {
	if m.block != nil {
		m.block.release(1)
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

// pool allocates what is too small for a large page of its own: the sixteen tables or chunks
// of one size share a block of large pages. Little of it is wasted, since the partitions of a
// set reach each size at about the same time.
type pool[E any] struct {
	mutex  sync.Mutex
	blocks map[uint64]*poolBlock[E] // by the size of a part
}

// poolBlock is the memory of sixteen parts of one size.
type poolBlock[E any] struct {
	*sharedBlock
	rest []E // the parts that are not allocated yet
}

// sharedBlock is a mapping that is released as a whole, with the last of its parts.
type sharedBlock struct {
	mapping pages.Mapping
	parts   atomic.Int64 // that were not released yet
}

func (b *sharedBlock) release(parts int) {
	if b.parts.Add(-int64(parts)) == 0 {
		b.mapping.Release()
	}
}

// part returns n zeroed elements of a new block or of the last one, if a block is large enough
// and n elements are not. Mapped maps a block. Partitions may grow at the same time, hence the
// mutex. It is taken once for each growth.
func (t *pool[E]) part(n, bytes uint64, mapped func(n uint64) ([]E, pages.Mapping, bool)) ([]E, memory, bool) {
	if bytes*Partitions < pages.Huge || bytes >= pages.Huge {
		return nil, memory{}, false
	}
	t.mutex.Lock()
	defer t.mutex.Unlock()
	b := t.blocks[n]
	if b == nil || len(b.rest) == 0 {
		all, m, ok := mapped(n * Partitions)
		if !ok {
			return nil, memory{}, false
		}
		b = &poolBlock[E]{&sharedBlock{mapping: m}, all}
		b.parts.Store(Partitions)
		if t.blocks == nil {
			t.blocks = map[uint64]*poolBlock[E]{}
		}
		t.blocks[n] = b
	}
	// The capacity ends with the part: a table that grows in place goes by its capacity,
	// and must not grow into the next one.
	part := b.rest[:n:n]
	b.rest = b.rest[n:]
	return part, memory{block: b.sharedBlock}, true
}

// free releases the parts that were never allocated. The set must not allocate any more.
func (t *pool[E]) free() {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	for n, b := range t.blocks {
		if left := len(b.rest) / int(n); left > 0 {
			b.release(left)
		}
	}
	t.blocks = nil
}

// tablePool allocates tables.
type tablePool struct{ pool[uint64] }

// allocate returns n zeroed slots for a partition. They start at a cache line.
func (t *tablePool) allocate(n uint64) ([]uint64, memory) {
	if slots, m, ok := t.part(n, n*8, pages.Words); ok {
		return slots, m
	}
	return allocate(n)
}

// chunkPool allocates chunks of arenas.
type chunkPool struct{ pool[byte] }

// allocate returns n zeroed bytes.
func (t *chunkPool) allocate(n uint64) ([]byte, memory) {
	if data, m, ok := t.part(n, n, pages.Bytes); ok {
		return data, m
	}
	return allocateBytes(n)
}
