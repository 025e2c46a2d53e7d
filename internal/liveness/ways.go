package liveness

import (
	"bytes"

	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

// ways has the steps from the states to which a walk comes, found once for each state. A
// loop that pays thousands of demands comes to few states, thousands of times. The texts
// and labels of a way depend on the walk's state, so they are made while the walk is
// there, and kept with the way.
type ways struct {
	walk  *system.Walk
	from  map[string][]*way // by the encoding of a state
	count int               // of all ways in from
}

// way is a step from a state. Arguments, texts and label are made only if they are
// asked for, by name, because most steps are passed over by action or target.
type way struct {
	action  int
	answers []int  // the answers to the choices of the action, which identify the step
	to      string // the encoding of the state that it leads to
	changes bool   // it leads to another state, or begins the run

	arguments trace.Arguments
	text      string // of the arguments, as in a trace
	plain     string // of the arguments, as in a trace of an earlier version
	label     label
	named     bool // arguments, text, plain and label are known
}

// waysMax is the number of steps that are remembered. Past it, all are forgotten and
// found again when needed.
const waysMax = 1 << 20

func newWays(w *system.Walk) *ways { return &ways{walk: w, from: map[string][]*way{}} }

// here returns the steps from the walk's state, in the order of a search. A walk that has
// not begun has no state yet; its steps are the initial states. The encoding is copied
// before it is kept: it is valid only until the walk's next call.
func (m *ways) here() []*way {
	w := m.walk
	if !w.Begun() {
		return m.find(nil)
	}
	here := w.Encoding()
	list, known := m.from[string(here)]
	if !known {
		here = bytes.Clone(here)
		list = m.find(here)
		if m.count += len(list); m.count > waysMax {
			clear(m.from)
			m.count = len(list)
		}
		m.from[string(here)] = list
	}
	return list
}

// find tries all steps from the walk's state. Nil stands for the place before the first
// state, from which every step counts as a change.
func (m *ways) find(here []byte) []*way {
	var list []*way
	space := m.walk.System.Codec.New()
	var there []byte
	to := "" // steps often lead to the same state as the one before
	m.walk.Successors(func(action int, answers []int, s system.State) bool {
		there = space.Append(there[:0], s)
		if string(there) != to {
			to = string(there)
		}
		list = append(list, &way{action: action, answers: answers, to: to, changes: here == nil || string(here) != to})
		return true
	})
	return list
}

// name fills in the name of a step from the walk's state. Init is none of the actions, so
// a step to an initial state has no label.
func (m *ways) name(y *way) {
	if !y.named {
		y.arguments = m.walk.Arguments(y.action, y.answers)
		y.text, y.plain = y.arguments.String(), y.arguments.Plain()
		if m.walk.Begun() {
			y.label = labelOf(m.walk.Actions(), y.action, y.arguments)
		}
		y.named = true
	}
}

// labelled returns the first step with this label that leads to this state, or nil. The
// arguments of a step are found by running the action once more, so action and target are
// compared first, which rules out most steps.
func (m *ways) labelled(step label, state []byte) *way {
	for _, y := range m.here() {
		if y.action != step.action || y.to != string(state) {
			continue
		}
		if m.name(y); y.label == step {
			return y
		}
	}
	return nil
}

// like returns a step with the name and arguments of a step of a trace, and reports
// whether it leads to the same state. Several steps may look alike; one that leads to the
// same state is preferred. A trace that an earlier version has written has the arguments
// in another form, hence two texts.
func (m *ways) like(want trace.Step) (found *way, same bool) {
	text := want.Arguments.String()
	for _, y := range m.here() {
		if m.walk.Actions()[y.action].Name != want.Action {
			continue
		}
		if m.name(y); y.text != text && y.plain != text {
			continue
		}
		if same = m.leadsTo(y, want.State); same {
			return y, true
		}
		if found == nil {
			found = y
		}
	}
	return found, false
}

// leadsTo reports whether a step leads to a state with this value. The value of a
// trace has no encoding to compare, so the step is tried.
func (m *ways) leadsTo(y *way, want trace.Value) bool {
	var o model.Odometer
	o.Record(y.answers)
	s, enabled, _ := m.walk.Try(y.action, &o)
	return enabled && m.walk.ValueOf(s).Equal(want)
}

// possible returns the labels of the steps from here that change the state, each once.
// Steps that leave the constraint count: fairness asks for all that is possible.
func (m *ways) possible() []label {
	var list []label
	known := map[label]bool{}
	for _, y := range m.here() {
		if !y.changes {
			continue
		}
		if m.name(y); !known[y.label] {
			known[y.label] = true
			list = append(list, y.label)
		}
	}
	return list
}
