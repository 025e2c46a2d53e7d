package lin

import (
	"fmt"
	"strings"
)

// eventKind says which of the fields of an event count.
type eventKind uint8

const (
	called eventKind = iota + 1
	answered
)

// event is a call or an answer in the step of a run.
type event[C Client, S, A, R comparable] struct {
	kind      eventKind
	client    C
	arguments A // of an answer too, if asked
	asked     bool
	answer    R
}

// eventsMost is how many events of one step are kept.
const eventsMost = 4

// events are the calls and answers of one step. They are no part of a state: a trace is told
// of them, so that it can show a history that the states have forgotten.
type events[C Client, S, A, R comparable] struct {
	items [eventsMost]event[C, S, A, R]
	n     uint8
}

func (es *events[C, S, A, R]) add(e event[C, S, A, R]) {
	if int(es.n) < len(es.items) {
		es.items[es.n] = e
		es.n++
	}
}

func (es *events[C, S, A, R]) list() []event[C, S, A, R] { return es.items[:es.n] }

func (e event[C, S, A, R]) String() string {
	if e.kind == called {
		return fmt.Sprintf("%v calls %v", e.client, e.arguments)
	}
	if e.asked {
		return fmt.Sprintf("%v is answered %s", e.client, showAnswer[S](e.arguments, e.answer))
	}
	return fmt.Sprintf("%v is answered %v", e.client, e.answer)
}

func (es events[C, S, A, R]) String() string {
	if es.n == 0 {
		return "nothing"
	}
	var texts []string
	for _, e := range es.items[:es.n] {
		texts = append(texts, e.String())
	}
	return strings.Join(texts, ", ")
}
