package container

import (
	"iter"

	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

// Queue is a first-in-first-out queue: a mailbox, a channel with a buffer, a work queue. The
// zero value is the empty queue. E is the type of the elements, and S where they are kept: an
// array for a queue with bounds, as in Queue[Message, [4]Message], or a slice.
type Queue[E comparable, S Store[E]] struct {
	cells[E, S]
}

// Push puts e at the back. It panics if the queue is full.
func (q *Queue[E, S]) Push(e E) { q.push("Push", e) }

// Pop takes out the element at the front, and reports whether there was one.
func (q *Queue[E, S]) Pop() (e E, ok bool) {
	if q.n == 0 {
		return e, false
	}
	e = q.items[0]
	q.remove(0)
	return e, true
}

// Front returns the element at the front, and reports whether there is one.
func (q *Queue[E, S]) Front() (e E, ok bool) {
	if q.n == 0 {
		return e, false
	}
	return q.items[0], true
}

// At returns the element with i others before it. It panics if there is none.
func (q *Queue[E, S]) At(i int) E { return q.at(i) }

// Len returns the number of elements.
func (q *Queue[E, S]) Len() int { return int(q.n) }

// Full reports whether there is no room for another element.
func (q *Queue[E, S]) Full() bool { return q.full() }

// Has reports whether e is in the queue.
func (q *Queue[E, S]) Has(e E) bool {
	for i := range int(q.n) {
		if q.items[i] == e {
			return true
		}
	}
	return false
}

// Agrees reports whether both queues have at least n elements, and the same first n. What two replicas
// have delivered is the same as far as both have delivered if
//
//	a.Agrees(b, min(a.Len(), b.Len()))
func (q *Queue[E, S]) Agrees(with *Queue[E, S], n int) bool {
	if n > q.Len() || n > with.Len() {
		return false
	}
	for i := range n {
		if q.items[i] != with.items[i] {
			return false
		}
	}
	return true
}

// All ranges over the elements from the front to the back. The loop must not change the
// queue.
func (q *Queue[E, S]) All() iter.Seq[E] {
	return func(yield func(E) bool) {
		for i := 0; i < int(q.n); i++ {
			if !yield(q.items[i]) {
				return
			}
		}
	}
}

// Remove takes out the first e, and reports whether there was one.
func (q *Queue[E, S]) Remove(e E) bool {
	for i := range int(q.n) {
		if q.items[i] == e {
			q.remove(i)
			return true
		}
	}
	return false
}

// RemoveAt takes out the element with i others before it. It panics if there is none.
func (q *Queue[E, S]) RemoveAt(i int) E {
	e := q.at(i)
	q.remove(i)
	return e
}

// Clear empties the queue.
func (q *Queue[E, S]) Clear() { q.cut(0) }

// Take takes out an element from anywhere in the queue and answers it, for each element: a
// network that overtakes, or a message that is lost. From an empty queue there is nothing to
// take: the action is disabled, as after model.Choice.Int of 0. Of equal elements side by side
// only the first is answered, since to take another leads to the same state. Taking changes
// the state, so that the action must not return false afterwards.
func (q *Queue[E, S]) Take(c *model.Choice, name string) E {
	n := 0
	for i := range int(q.n) {
		if q.differs(i) {
			n++
		}
	}
	left := c.Int(name, n)
	for i := range int(q.n) {
		if !q.differs(i) {
			continue
		}
		if left == 0 {
			return model.Show(c, q.RemoveAt(i))
		}
		left--
	}
	var none E
	return none
}

// differs reports whether an element differs from the one before it.
func (q *Queue[E, S]) differs(i int) bool { return i == 0 || q.items[i] != q.items[i-1] }

// TraceValue shows the elements from the front to the back.
func (q *Queue[E, S]) TraceValue() trace.Value { return trace.QueueOf(q.list()) }
