//go:build race || purego

package explore

// Slow says that the race detector is on, or unsafe off: everything takes ten
// times as long then, and large models that show nothing of their own are left
// out.
const Slow = true
