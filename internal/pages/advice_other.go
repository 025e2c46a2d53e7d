//go:build unix && !linux && !purego

package pages

// preferHuge does nothing: there is no such advice on this system.
func preferHuge([]byte) {}
