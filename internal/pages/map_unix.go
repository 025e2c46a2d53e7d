//go:build unix && !purego

package pages

import (
	"syscall"
	"unsafe"
)

func mappedWords(n uint64) ([]uint64, Mapping, bool) {
	data, m, ok := mapped(n * 8)
	if !ok {
		return nil, Mapping{}, false
	}
	return unsafe.Slice((*uint64)(unsafe.Pointer(unsafe.SliceData(data))), n), m, true
}

// mapped reserves one more page than is needed, without using it, so that the
// memory can start where a page does.
func mapped(n uint64) ([]byte, Mapping, bool) {
	all, err := syscall.Mmap(-1, 0, int(n)+Huge, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	if err != nil {
		return nil, Mapping{}, false
	}
	start := -uintptr(unsafe.Pointer(unsafe.SliceData(all))) & (Huge - 1)
	part := all[start : start+uintptr(n)]
	preferHuge(part)
	return part, Mapping{all}, true
}

// Release gives the memory back, which must not be used any more.
func (m Mapping) Release() {
	if m.all != nil {
		_ = syscall.Munmap(m.all) // nothing to be done if it fails
	}
}
