//go:build unix && !purego

package pages

import (
	"syscall"
	"unsafe"
)

func mappedWords(n, room uint64) ([]uint64, Mapping, bool) {
	data, m, ok := mapped(n*8, room*8)
	if !ok {
		return nil, Mapping{}, false
	}
	return unsafe.Slice((*uint64)(unsafe.Pointer(unsafe.SliceData(data))), room)[:n], m, true
}

// mapped reserves one more page than there is room for, without using it, so that
// the memory can start where a page does.
func mapped(n, room uint64) ([]byte, Mapping, bool) {
	all, err := syscall.Mmap(-1, 0, int(room)+Huge, syscall.PROT_READ|syscall.PROT_WRITE,
		syscall.MAP_ANON|syscall.MAP_PRIVATE|unaccounted)
	if err != nil {
		return nil, Mapping{}, false
	}
	start := -uintptr(unsafe.Pointer(unsafe.SliceData(all))) & (Huge - 1)
	part := all[start:][:room:room]
	preferHuge(part)
	return part[:n], Mapping{all}, true
}

// Release gives the memory back, which must not be used any more.
func (m Mapping) Release() {
	if m.all != nil {
		_ = syscall.Munmap(m.all) // nothing to be done if it fails
	}
}
