//go:build unix && !purego

package pages

import "unsafe"

// advise asks for large pages for Go's own memory. Objects of this size begin
// where a page does.
func advise[E any](block []E) {
	var element E
	first := unsafe.Pointer(unsafe.SliceData(block))
	preferHuge(unsafe.Slice((*byte)(first), uintptr(len(block))*unsafe.Sizeof(element)))
}
