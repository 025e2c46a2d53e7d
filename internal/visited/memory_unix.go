//go:build unix && !purego

package visited

import (
	"syscall"
	"unsafe"
)

// mapped asks the system for slots in large pages.
func mapped(n uint64) ([]uint64, memory, bool) {
	part, m, ok := mappedBytes(n * 8)
	if !ok {
		return nil, memory{}, false
	}
	return unsafe.Slice((*uint64)(unsafe.Pointer(unsafe.SliceData(part))), n), m, true
}

// mappedBytes asks the system for memory in large pages, outside the reach of
// the garbage collector. One more page than needed is reserved, not used, so
// that it can start where a page does.
func mappedBytes(n uint64) ([]byte, memory, bool) {
	all, err := syscall.Mmap(-1, 0, int(n)+hugePage,
		syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	if err != nil {
		return nil, memory{}, false
	}
	start := -uintptr(unsafe.Pointer(unsafe.SliceData(all))) & (hugePage - 1)
	part := all[start : start+uintptr(n)]
	preferHugePages(part)
	return part, memory{mapping: all}, true
}

func (m memory) release() {
	if m.brood != nil {
		m.nursery.giveBack(m.brood)
	}
	if m.mapping != nil {
		_ = syscall.Munmap(m.mapping) // nothing to be done if it fails
	}
}

// aligned drops slots from the front until a cache line starts.
func aligned(slots []uint64, n uint64) []uint64 {
	const line = bucketSlots * 8
	skip := -uintptr(unsafe.Pointer(unsafe.SliceData(slots))) & (line - 1) / 8
	return slots[skip : uint64(skip)+n]
}
