//go:build !linux || purego

package pages

const unaccounted = 0

// roomFactor is 1 where what is mapped may count before it is written to.
func roomFactor() uint64 { return 1 }
