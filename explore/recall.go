package explore

import (
	"slices"

	"github.com/muster-mc/muster/internal/digraph"
	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
)

// recall is states of which the search has noted all steps.
type recall struct {
	noted *noted // which had the last state
	fair  []bool // by action: fairness demands something of it
	each  []bool // and tells its steps apart by their arguments
	some  bool   // there is such an action

	list []notedState
	to   []uint32 // the number of each step's state
}

// notedState is a state, and how each of its steps is taken.
type notedState struct {
	state uint32
	how   []uint16
}

func newRecall(actions []system.Action) recall {
	var r recall
	for i := range actions {
		fair := actions[i].Fair
		r.fair, r.each = append(r.fair, fair != model.Unfair), append(r.each, fair.IsEach())
		r.some = r.some || fair.IsEach()
	}
	return r
}

// take adds a state to the list. It reports false if what was noted is not enough:
// nothing, or steps whose labels need their arguments.
func (r *recall) take(from []noted, state uint32) bool {
	number := uint64(state)
	if r.noted == nil || number < r.noted.first || number >= r.noted.end() {
		if r.noted = notedOf(from, number); r.noted == nil {
			return false
		}
	}
	begin, end := r.noted.steps(number)
	leads, how := r.noted.leads[begin:end], r.noted.how[begin:end]
	if r.some && slices.ContainsFunc(how, func(h uint16) bool { return r.each[h>>1] }) {
		return false
	}
	for _, to := range leads {
		r.to = append(r.to, r.noted.number(to))
	}
	r.list = append(r.list, notedState{state, how})
	return true
}

func (r *recall) clear() { r.list, r.to = r.list[:0], r.to[:0] }

// linkRecalled makes the edges of the states on the list.
func (t *tracer) linkRecalled() {
	r := &t.recall
	to := r.to
	for _, n := range r.list {
		t.chunk.Begin(n.state)
		t.begun, t.demanded, t.moves = int64(n.state), false, false
		for i, h := range n.how {
			target, action := to[i], h>>1
			switch {
			case h&1 != 0:
				if t.moves = true; r.fair[action] {
					t.demanded = true
					t.chunk.Add(digraph.Nowhere, uint32(action))
				}
			case target != n.state: // otherwise it changes nothing
				t.moves = true
				t.demanded = t.demanded || r.fair[action]
				t.graph.region.meet(target)
				t.chunk.Add(target, uint32(action))
			}
		}
		to = to[len(n.how):]
		t.leave()
	}
	r.clear()
}
