//go:build unix && !linux && !purego

package pages

const (
	unaccounted = 0
	roomFactor  = 1 // elsewhere what is reserved may count
)

// preferHuge does nothing: there is no such advice on this system.
func preferHuge([]byte) {}
