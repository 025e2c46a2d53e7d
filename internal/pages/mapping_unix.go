//go:build unix && !purego

package pages

import (
	"syscall"
	"unsafe"
)

// mappedWords returns n words with room for reserved words altogether.
func mappedWords(n, reserved uint64) ([]uint64, Mapping, bool) {
	data, m, ok := mapped(n*8, reserved*8)
	if !ok {
		return nil, Mapping{}, false
	}
	return unsafe.Slice((*uint64)(unsafe.Pointer(unsafe.SliceData(data))), reserved)[:n], m, true
}

// mapped returns n bytes with a capacity of reserved bytes. Mmap aligns to small
// pages only, so mapped reserves one large page more and starts at the first
// boundary of a large page; the excess is never written to and takes no memory.
func mapped(n, reserved uint64) ([]byte, Mapping, bool) {
	all, err := syscall.Mmap(-1, 0, int(reserved)+Huge, syscall.PROT_READ|syscall.PROT_WRITE,
		syscall.MAP_ANON|syscall.MAP_PRIVATE|unaccounted)
	if err != nil {
		return nil, Mapping{}, false
	}
	start := -uintptr(unsafe.Pointer(unsafe.SliceData(all))) & (Huge - 1)
	aligned := all[start:][:reserved:reserved]
	preferHuge(aligned)
	return aligned[:n], Mapping{all}, true
}

// Release returns the memory to the system. The caller must not use it any more.
func (m Mapping) Release() {
	if m.all != nil {
		_ = syscall.Munmap(m.all) // if it fails, the memory stays in use: a caller could do nothing more
	}
}

// advise asks the system to put a block of Go's memory into large pages. Go
// aligns objects of this size to its own pages, as the system requires.
func advise[E any](block []E) {
	var element E
	first := unsafe.Pointer(unsafe.SliceData(block))
	preferHuge(unsafe.Slice((*byte)(first), uintptr(len(block))*unsafe.Sizeof(element)))
}
