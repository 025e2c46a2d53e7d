//go:build unix && !linux && !purego

package visited

// preferHugePages does nothing: there is no such advice on this system.
func preferHugePages([]byte) {}
