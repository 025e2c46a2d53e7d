package lin

import (
	"fmt"
	"strings"
)

// recorder makes the picture of the history of a run.
type recorder[C Client, S Object[S, A, R], A, R comparable] struct {
	anyTime bool // real time does not count
	step    int
	list    []happened[C, S, A, R]
}

// happened is an event, and the number of its step in the run.
type happened[C Client, S, A, R comparable] struct {
	event[C, S, A, R]
	step int
}

func (r *recorder[C, S, A, R]) see(list []event[C, S, A, R]) {
	r.step++
	for _, e := range list {
		r.list = append(r.list, happened[C, S, A, R]{e, r.step})
	}
}

// say draws the calls, and names the one whose answer cannot be explained. The calls are
// given to a monitor again, up to the answer that it refuses.
func (r *recorder[C, S, A, R]) say() string {
	var m Monitor[C, S, A, R]
	var calls []Call
	open := map[C]int{}
	why := ""
	for _, e := range r.list {
		if e.kind == called {
			open[e.client] = len(calls)
			calls = append(calls, Call{Client: nameOf(e.client), Arguments: fmt.Sprint(e.arguments), From: e.step})
			m.Call(e.client, e.arguments)
			continue
		}
		c := &calls[open[e.client]]
		i := m.find(e.client)
		if i >= 0 {
			c.Answer = showAnswer[S](m.pending[i].arguments, e.answer)
			if !r.anyTime && !m.allows(i, e.answer) {
				c.Wrong = true
				why = fmt.Sprintf("The %s of %s, steps %d to %d, cannot be answered %s: %s.",
					c.Arguments, c.Client, c.From, e.step, c.Answer, m.alternatives(i))
			}
		}
		if c.To = e.step; !c.Wrong {
			m.Answer(e.client, e.answer)
		}
	}
	if r.anyTime {
		why = "No order of these calls that keeps the order of each client explains all answers."
	}
	return Lanes(calls) + why
}

// nameOf is the name of a client in words: its text if it is more than a number.
func nameOf[C Client](client C) string {
	text := fmt.Sprint(client)
	if strings.Trim(text, "0123456789") == "" {
		return "client " + text
	}
	return text
}

// shower is an object that says how an answer is shown, for answers whose type says too
// little: that of a write is "ok", and not the zero of the values.
type shower[A, R any] interface {
	ShowAnswer(arguments A, answer R) string
}

func showAnswer[S, A, R any](arguments A, answer R) string {
	var object S
	if s, ok := any(object).(shower[A, R]); ok {
		return s.ShowAnswer(arguments, answer)
	}
	return fmt.Sprint(answer)
}

// allows reports whether an answer to the pending operation i can be explained.
func (m *Monitor[C, S, A, R]) allows(i int, answer R) bool {
	return len(m.after(nil, i, answer)) > 0
}

// alternatives says which answers to the pending operation i can be explained.
func (m *Monitor[C, S, A, R]) alternatives(i int) string {
	var texts []string
	known := map[string]bool{}
	for _, c := range m.reach(nil, i, nil) {
		text := showAnswer[S](m.pending[i].arguments, c.answers[i])
		if !known[text] {
			texts = append(texts, text)
		}
		known[text] = true
	}
	switch len(texts) {
	case 0:
		return "no answer is possible yet, since the operation has to wait"
	case 1:
		return "only " + texts[0] + " is possible"
	}
	last := len(texts) - 1
	return "only " + strings.Join(texts[:last], ", ") + " or " + texts[last] + " is possible"
}
