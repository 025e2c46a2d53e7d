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

// record is a call of a history.
type record[C Client, A, R comparable] struct {
	client    C
	number    uint8 // among the calls of the client, from 1 on
	arguments A
	done      bool
	answer    R
	before    []mark[C] `muster:"unordered"` // what was done when it was called
}

// mark says that the first calls of another client are done.
type mark[C Client] struct {
	client C
	done   uint8
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
	r := record[C, A, R]{client: client, number: 1, arguments: arguments}
	for i := range h.calls {
		c := &h.calls[i]
		if c.client == client {
			r.number++
		} else if c.done {
			r.mark(c.client)
		}
	}
	h.calls = append(h.calls, r)
}

// mark counts a call of another client that is done.
func (r *record[C, A, R]) mark(client C) {
	for i := range r.before {
		if r.before[i].client == client {
			r.before[i].done++
			return
		}
	}
	r.before = append(r.before, mark[C]{client, 1})
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
	c.done, c.answer = true, answer
}

// Pending reports whether a client has a call without an answer.
func (h *History[C, S, A, R]) Pending(client C) bool { return h.pending(client) != nil }

func (h *History[C, S, A, R]) pending(client C) *record[C, A, R] {
	for i := range h.calls {
		if c := &h.calls[i]; c.client == client && !c.done {
			return c
		}
	}
	return nil
}

// IsLinearizable reports whether the calls can have taken effect one after the other, each
// between its call and its answer, and a call without an answer possibly never.
func (h *History[C, S, A, R]) IsLinearizable() bool { return newSearch(h, true).run() }

// IsSequentiallyConsistent reports whether the calls can have taken effect one after the
// other, those of each client in their order (L. Lamport, How to Make a Multiprocessor
// Computer That Correctly Executes Multiprocess Programs, 1979).
func (h *History[C, S, A, R]) IsSequentiallyConsistent() bool { return newSearch(h, false).run() }

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
		func(h *History[C, S, A, R]) bool { return newSearch(h, realTime).run() }).
		ExplainedRun(func() model.RunExplainer[M] {
			r := recorder[C, S, A, R]{anyTime: !realTime}
			return model.RunExplainer[M]{See: func(s *M) { r.see(of(s).events.list()) }, Say: r.say}
		})
}
