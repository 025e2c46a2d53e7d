//go:build !race && !purego

package explore

// Slow says that the race detector is on, or unsafe off.
const Slow = false
