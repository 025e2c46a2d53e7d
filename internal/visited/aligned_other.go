//go:build !unix || purego

package visited

// aligned returns the first n slots. Go starts slices of this size at a page, and so
// at a cache line.
func aligned(slots []uint64, n uint64) []uint64 { return slots[:n:n] }
