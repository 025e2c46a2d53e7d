//go:build !linux || purego

package pages

// preferHuge does nothing: other systems take no such advice.
func preferHuge([]byte) {}

const unaccounted = 0

// reserveFactor returns 1: other systems may count reserved memory as used.
func reserveFactor() uint64 { return 1 }
