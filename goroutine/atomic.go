package goroutine

import "fmt"

// Atomic is a value that goroutines share without a lock: atomic.Bool, atomic.Pointer and
// the like. Each operation is one step, if it is alone in its statement, and all
// goroutines see the operations in one order. That is what sync/atomic guarantees.
type Atomic[T comparable] struct{ value T }

// Load returns the value.
func (a *Atomic[T]) Load() T { return a.value }

// Store sets the value.
func (a *Atomic[T]) Store(v T) { a.value = v }

// Swap sets the value, and returns the old one.
func (a *Atomic[T]) Swap(v T) (old T) {
	old, a.value = a.value, v
	return old
}

// CompareAndSwap sets the value if it is old, and reports whether it was.
func (a *Atomic[T]) CompareAndSwap(old, v T) (swapped bool) {
	if a.value != old {
		return false
	}
	a.value = v
	return true
}

// String shows the value.
func (a Atomic[T]) String() string { return fmt.Sprint(a.value) }

// Integer is the types of an [AtomicInt].
type Integer interface {
	~int8 | ~int16 | ~int32 | ~int64 | ~uint8 | ~uint16 | ~uint32 | ~uint64
}

// AtomicInt is atomic.Int32 and the like. A small type such as int8 makes small states.
type AtomicInt[T Integer] struct{ Atomic[T] }

// Add adds delta, and returns the new value. The value wraps round, as in Go.
func (a *AtomicInt[T]) Add(delta T) T {
	a.value += delta
	return a.value
}

// And sets the value to its bits that are in mask, and returns the old value.
func (a *AtomicInt[T]) And(mask T) (old T) { return a.Swap(a.value & mask) }

// Or adds the bits in mask to the value, and returns the old value.
func (a *AtomicInt[T]) Or(mask T) (old T) { return a.Swap(a.value | mask) }
