package lin

import (
	"fmt"

	"github.com/muster-mc/muster/model"
)

// PendingMost is how many calls a [Monitor] and a [History] can have pending at a time.
const PendingMost = 8

// Monitor is the set of all ways in which the answers so far can be explained, as part of
// the state of a model. A way is a state of the object, and the pending operations that
// have taken effect, with the answers that they will be given. The zero value is a
// history without calls.
//
// Two histories after which the same answers are possible have the same monitor, wherever
// that can be seen without looking ahead. So the monitor distinguishes fewer states than
// the history does.
type Monitor[C Client, S Object[S, A, R], A, R comparable] struct {
	pending  []call[C, A]       `muster:"unordered"`
	ways     []way[C, S, R]     `muster:"unordered"` // none stands for the one of the zero value
	violated bool               // and then nothing is pending and there are no ways
	events   events[C, S, A, R] `muster:"-"`
	memory   memory[C, S, R]    `muster:"-"`
}

// call is an operation without an answer.
type call[C Client, A comparable] struct {
	client    C
	arguments A
}

func (c call[C, A]) String() string { return fmt.Sprintf("%v: %v", c.client, c.arguments) }

// way is one explanation of the answers so far.
type way[C Client, S, R comparable] struct {
	object S
	taken  []effect[C, R] `muster:"unordered"` // the pending operations that have taken effect
}

// effect is an operation that has taken effect, and its answer.
type effect[C Client, R comparable] struct {
	client C
	answer R
}

// String shows the state of the object, and the answers that pending operations will get.
func (w way[C, S, R]) String() string {
	text := fmt.Sprint(w.object)
	for _, e := range w.taken {
		text += fmt.Sprintf(", %v gets %v", e.client, e.answer)
	}
	return text
}

// Call notes that a client calls an operation. It panics if the client has a call pending,
// or if PendingMost calls are.
func (m *Monitor[C, S, A, R]) Call(client C, arguments A) {
	m.events.add(event[C, S, A, R]{kind: called, client: client, arguments: arguments})
	if m.violated {
		return
	}
	if m.find(client) >= 0 {
		panic(fmt.Sprintf("lin: client %v calls %v, and its call before has no answer yet", client, arguments))
	}
	if len(m.pending) == PendingMost {
		panic(fmt.Sprintf("lin: client %v calls %v, and there are %d calls pending already, which is the most that a monitor can have", client, arguments, PendingMost))
	}
	m.pending = append(m.pending, call[C, A]{client, arguments})
}

// Answer notes that a client accepts an answer to its call. It panics if the client has no
// call pending: a model records what a client accepts, and not what is delivered to it.
func (m *Monitor[C, S, A, R]) Answer(client C, answer R) {
	e := event[C, S, A, R]{kind: answered, client: client, answer: answer}
	i := m.find(client)
	if i >= 0 {
		e.arguments, e.asked = m.pending[i].arguments, true
	}
	m.events.add(e)
	if m.violated {
		return
	}
	if i < 0 {
		panic(fmt.Sprintf("lin: client %v accepts the answer %v, and has no call pending", client, answer))
	}
	if len(m.ways) <= fewWays {
		var room [fewRoom]candidate[S, R]
		m.settle(i, m.after(room[:0], i, answer))
	} else {
		var room [manyRoom]candidate[S, R]
		m.settle(i, m.after(room[:0], i, answer))
	}
}

// settle makes these the ways of the monitor, now that the operation i has its answer.
func (m *Monitor[C, S, A, R]) settle(i int, next []candidate[S, R]) {
	if len(next) == 0 {
		*m = Monitor[C, S, A, R]{violated: true, events: m.events}
		return
	}
	last := len(m.pending) - 1
	for j := range next { // the last call moves to the place of the one that is answered
		next[j].move(last, i)
	}
	m.pending[i] = m.pending[last]
	m.pending = m.pending[:last]
	m.store(next)
}

// OK reports whether the history is linearizable.
func (m *Monitor[C, S, A, R]) OK() bool { return !m.violated }

// Pending reports whether a client has a call without an answer.
func (m *Monitor[C, S, A, R]) Pending(client C) bool { return m.find(client) >= 0 }

func (m *Monitor[C, S, A, R]) find(client C) int {
	for i := range m.pending {
		if m.pending[i].client == client {
			return i
		}
	}
	return -1
}

// Linearizable is the property that no answer violates a monitor of the state. A violation
// is shown with the calls of all clients.
func Linearizable[M any, C Client, S Object[S, A, R], A, R comparable](name string, of func(s *M) *Monitor[C, S, A, R]) model.Property[M] {
	return model.Always(name, func(s *M) bool { return of(s).OK() }).
		ExplainedRun(func() model.RunExplainer[M] {
			var r recorder[C, S, A, R]
			return model.RunExplainer[M]{
				See: func(s *M) { r.see(of(s).events.list()) },
				Say: r.say,
			}
		})
}
