//go:build !unix || purego

package visited

// mapped has nothing to offer: slots come from Go's own memory.
func mapped(uint64) ([]uint64, memory, bool) { return nil, memory{}, false }

// mappedBytes has nothing to offer either.
func mappedBytes(uint64) ([]byte, memory, bool) { return nil, memory{}, false }

func (memory) release() {}

// aligned keeps what it is given: Go puts slices of this size at the start of a
// page.
func aligned(slots []uint64, n uint64) []uint64 { return slots[:n] }
