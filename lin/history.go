package lin

import (
	"fmt"

	"github.com/muster-mc/muster/model"
)

// History is all calls of the clients and their answers, with the order that real time gives
// them: of each call, how many calls each other client had completed before it. The
// zero value is the history without calls.
//
// A [Monitor] makes far fewer states. A History is for sequential consistency, which depends
// on the whole history, and for counts that other checkers give.
type History[C Client, S Object[S, A, R], A, R comparable] struct {
	calls  []record[C, A, R]  `muster:"unordered"`
	events events[C, S, A, R] `muster:"-"`
}

// record is a call of a history. Real time is in the two numbers: another call was done before this
// one began if its to is not zero and at most this one's from. A client's own calls are in the order
// of their beginnings.
//
// The sets of calls that were done when calls began contain each other, since a call that is done
// stays done. So a set is known by its place among them: the numbers depend on nothing but which
// calls were done before which, and histories with the same order are the same state (P. C.
// Fishburn, Interval Orders and Interval Graphs, 1985). Records have no slices, which states are
// decoded and restored faster for.
type record[C Client, A, R comparable] struct {
	client    C
	arguments A
	answer    R
	from      uint8 // how many other such sets are smaller than that of the calls done when it began
	to        uint8 // the place of the first such set with this call, or that of the next one; 0 while it is pending
}

// String shows the call, its answer, and the numbers as an interval.
func (r record[C, A, R]) String() string {
	if r.to == 0 {
		return fmt.Sprintf("%v: %v [%d-", r.client, r.arguments, r.from)
	}
	return fmt.Sprintf("%v: %v gets %v [%d-%d)", r.client, r.arguments, r.answer, r.from, r.to)
}

// callsMost is how many calls a history can have.
const callsMost = 64

// Call notes that a client calls an operation. It panics if the client has a call pending.
func (h *History[C, S, A, R]) Call(client C, arguments A) {
	h.events.add(event[C, S, A, R]{kind: called, client: client, arguments: arguments})
	if h.pending(client) != nil {
		panic(fmt.Sprintf("lin: client %v calls %v, and its call before has no answer yet", client, arguments))
	}
	if len(h.calls) == callsMost {
		panic(fmt.Sprintf("lin: a history has %d calls at most", callsMost))
	}
	// The set grows if a call was done since the latest beginning.
	next, grown := h.next(), false
	for i := range h.calls {
		grown = grown || h.calls[i].to == next
	}
	from := next
	if !grown {
		from = max(next, 1) - 1
	}
	h.calls = append(h.calls, record[C, A, R]{client: client, arguments: arguments, from: from})
}

// next is the number of different sets of calls that were done when a call began: the place of a
// further one.
func (h *History[C, S, A, R]) next() (sets uint8) {
	for i := range h.calls {
		sets = max(sets, h.calls[i].from+1)
	}
	return sets
}

// Answer notes that a client accepts an answer to its call. It panics if the client has no
// call pending.
func (h *History[C, S, A, R]) Answer(client C, answer R) {
	c := h.pending(client)
	e := event[C, S, A, R]{kind: answered, client: client, answer: answer}
	if c != nil {
		e.arguments, e.asked = c.arguments, true
	}
	h.events.add(e)
	if c == nil {
		panic(fmt.Sprintf("lin: client %v accepts the answer %v, and has no call pending", client, answer))
	}
	c.answer, c.to = answer, h.next()
}

// Pending reports whether a client has a call without an answer.
func (h *History[C, S, A, R]) Pending(client C) bool { return h.pending(client) != nil }

func (h *History[C, S, A, R]) pending(client C) *record[C, A, R] {
	for i := range h.calls {
		if c := &h.calls[i]; c.client == client && c.to == 0 {
			return c
		}
	}
	return nil
}

// IsLinearizable reports whether the calls can have taken effect one after the other, each
// between its call and its answer, and a call without an answer possibly never.
func (h *History[C, S, A, R]) IsLinearizable() bool { return ordered(h, true) }

// IsSequentiallyConsistent reports whether the calls can have taken effect one after the
// other, those of each client in their order (L. Lamport, How to Make a Multiprocessor
// Computer That Correctly Executes Multiprocess Programs, 1979).
func (h *History[C, S, A, R]) IsSequentiallyConsistent() bool { return ordered(h, false) }

// LinearizableHistory is the property that a history of the state is linearizable.
func LinearizableHistory[M any, C Client, S Object[S, A, R], A, R comparable](name string, of func(s *M) *History[C, S, A, R]) model.Property[M] {
	return historyProperty(name, of, true)
}

// SequentiallyConsistent is the property that a history of the state is sequentially
// consistent.
func SequentiallyConsistent[M any, C Client, S Object[S, A, R], A, R comparable](name string, of func(s *M) *History[C, S, A, R]) model.Property[M] {
	return historyProperty(name, of, false)
}

// historyProperty is about a part of the state, whose verdicts an engine can remember.
func historyProperty[M any, C Client, S Object[S, A, R], A, R comparable](name string, of func(s *M) *History[C, S, A, R], realTime bool) model.Property[M] {
	return model.AlwaysOf(name, func(s *M) History[C, S, A, R] { return *of(s) },
		func(h *History[C, S, A, R]) bool { return ordered(h, realTime) }).
		ExplainedRun(func() model.RunExplainer[M] {
			r := recorder[C, S, A, R]{anyTime: !realTime}
			return model.RunExplainer[M]{See: func(s *M) { r.see(of(s).events.list()) }, Say: r.say}
		})
}
