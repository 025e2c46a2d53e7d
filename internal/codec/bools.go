//go:build !purego

package codec

import (
	"encoding/binary"
	"unsafe"
)

// Decoding moves bytes into bools in bulk and then checks that each byte is 0 or
// 1. Any other byte would be an invalid bool for Go, and would give one state two
// encodings.

// A run describes the position of bools in a value: count bytes, a stride apart. The
// stride is in bytes, and of no meaning if the count is one.
type run struct {
	at, count, stride uintptr
}

// repeat returns the runs of an array whose elements have the given runs.
func repeat(elem []run, at, count, stride uintptr) []run {
	var all []run
	for _, r := range elem {
		switch {
		case r.count == 1:
			all = append(all, run{at + r.at, count, stride})
		case r.count*r.stride == stride: // adjacent elements make one run
			all = append(all, run{at + r.at, count * r.count, r.stride})
		default:
			for i := range count {
				all = append(all, run{at + i*stride + r.at, r.count, r.stride})
			}
		}
	}
	return all
}

// sound reports whether all bools are 0 or 1 in count adjacent values of mem bytes each.
// All bytes are combined by or, and tested once: a bit that no bool may have stays set.
// One bool for each value is gone through as a run across the values, instead of a run of
// one byte for each of them.
func sound(bools []run, base unsafe.Pointer, count int, mem uintptr) bool {
	var folded uint64
	for _, r := range bools {
		if r.count == 1 {
			folded |= run{r.at, uintptr(count), mem}.fold(base)
			continue
		}
		for i := range uintptr(count) {
			folded |= r.fold(unsafe.Add(base, i*mem))
		}
	}
	const ones = 0x0101010101010101
	return folded&^ones == 0
}

// fold combines the bytes of a run by or, eight at a time if they are adjacent.
func (r run) fold(base unsafe.Pointer) (folded uint64) {
	if r.stride == 1 {
		b := memory(unsafe.Add(base, r.at), r.count)
		for ; len(b) >= 8; b = b[8:] {
			folded |= binary.NativeEndian.Uint64(b)
		}
		for _, x := range b {
			folded |= uint64(x)
		}
		return folded
	}
	for i := range r.count {
		folded |= uint64(*(*byte)(unsafe.Add(base, r.at+i*r.stride)))
	}
	return folded
}
