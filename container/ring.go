package container

import (
	"fmt"
	"iter"

	"github.com/muster-mc/muster/trace"
)

// Ring keeps the last elements that were pushed: requests that were answered lately, a window
// of samples. When it is full, the oldest element makes room for a new one. The zero value
// is the empty ring. E is the type of the elements and A the array that they are in, as in
// Ring[Request, [3]Request].
//
// The oldest element is first in the array, unlike in the rings of programs: so two rings
// with the same content are the same state, whatever was pushed before.
type Ring[E comparable, A Array[E]] struct {
	n     uint8
	items A `muster:"counted"`
}

// Push puts in e. If the ring is full, it first takes out the oldest element, and returns it.
func (r *Ring[E, A]) Push(e E) (oldest E, full bool) {
	if int(r.n) < len(r.items) {
		r.items[r.n] = e
		r.n++
		return oldest, false
	}
	oldest = r.items[0]
	for i := 1; i < int(r.n); i++ {
		r.items[i-1] = r.items[i]
	}
	r.items[r.n-1] = e
	return oldest, true
}

// At returns the element with i older ones in the ring. It panics if there is none.
func (r *Ring[E, A]) At(i int) E {
	if i < 0 || i >= int(r.n) {
		panic(fmt.Sprintf("container: there is no element %d: there are %d", i, r.n))
	}
	return r.items[i]
}

// Last returns the element that was pushed last, and reports whether there is one.
func (r *Ring[E, A]) Last() (e E, ok bool) {
	if r.n == 0 {
		return e, false
	}
	return r.items[r.n-1], true
}

// Len returns the number of elements.
func (r *Ring[E, A]) Len() int { return int(r.n) }

// Has reports whether e is in the ring.
func (r *Ring[E, A]) Has(e E) bool {
	for i := range int(r.n) {
		if r.items[i] == e {
			return true
		}
	}
	return false
}

// All ranges over the elements from the oldest on. The loop must not change the ring.
func (r *Ring[E, A]) All() iter.Seq[E] {
	return func(yield func(E) bool) {
		for i := 0; i < int(r.n); i++ {
			if !yield(r.items[i]) {
				return
			}
		}
	}
}

// Clear empties the ring.
func (r *Ring[E, A]) Clear() { *r = Ring[E, A]{} }

// TraceValue shows the elements from the oldest on.
func (r *Ring[E, A]) TraceValue() trace.Value {
	list := make([]E, 0, r.n)
	for e := range r.All() {
		list = append(list, e)
	}
	return trace.QueueOf(list)
}
