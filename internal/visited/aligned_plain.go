//go:build !unix || purego

package visited

// aligned keeps what it is given: Go puts slices of this size at the start of a
// page.
func aligned(slots []uint64, n uint64) []uint64 { return slots[:n:n] }
