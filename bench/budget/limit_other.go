//go:build !linux

package main

// limited has no limit to offer.
func limited(int, uint64) (limit string, release func()) {
	return "nothing: only Linux has control groups", func() {}
}
