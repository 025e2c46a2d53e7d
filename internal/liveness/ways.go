package liveness

import (
	"bytes"

	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

// ways are the steps from the states to which a walk comes, found once for each state.
// A loop that pays what it owes to thousands of steps comes to few states, thousands of
// times.
type ways struct {
	walk  *system.Walk
	from  map[string][]*way // by the encoding of a state
	count int               // of all steps that are remembered
}

// way is a step from a state, and what it is called.
type way struct {
	action  int
	answers []int
	to      string // the encoding of the state
	changes bool

	arguments trace.Arguments
	text      string // of the arguments
	plain     string // the text of a trace of before
	label     label
	named     bool // the three are known
}

// waysMax is the number of steps that are remembered. Past it, all are forgotten.
const waysMax = 1 << 20

func newWays(w *system.Walk) *ways { return &ways{walk: w, from: map[string][]*way{}} }

// here are the steps from where the walk stands, in the order of a search.
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

// name finds out what a step from here is called.
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

// labelled returns the first step with this label that leads to this state, or nil.
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

// like returns the step with the name and arguments of a step of a trace, and whether
// it leads to the same state. Of several, one that does is preferred.
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

func (m *ways) leadsTo(y *way, want trace.Value) bool {
	var o model.Odometer
	o.Record(y.answers)
	s, enabled, _ := m.walk.Try(y.action, &o)
	return enabled && trace.ValueOf(s).Equal(want)
}

// possible are the labels of the steps from here that change the state, each once.
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
