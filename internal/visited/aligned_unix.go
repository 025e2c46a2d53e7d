//go:build unix && !purego

package visited

import "unsafe"

// aligned drops slots from the front until a cache line starts.
func aligned(slots []uint64, n uint64) []uint64 {
	const line = bucketSlots * 8
	skip := -uintptr(unsafe.Pointer(unsafe.SliceData(slots))) & (line - 1) / 8
	return slots[skip : uint64(skip)+n : uint64(skip)+n]
}
