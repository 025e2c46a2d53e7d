//go:build unix && !purego

package visited

import "unsafe"

// aligned returns n slots from the first cache line boundary on.
func aligned(slots []uint64, n uint64) []uint64 {
	const line = bucketSlots * 8
	skip := -uintptr(unsafe.Pointer(unsafe.SliceData(slots))) & (line - 1) / 8
	return slots[skip : uint64(skip)+n : uint64(skip)+n]
}
