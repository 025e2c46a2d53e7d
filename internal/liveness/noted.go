package liveness

import (
	"github.com/muster-mc/muster/internal/digraph"
	"github.com/muster-mc/muster/internal/steplog"
	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
)

// notedSteps finds the search's notes of the steps from a state. They are complete:
// the search gives all steps of a round or none.
type notedSteps struct {
	from *steplog.Steps // the notes that had the last state: the next state is probably there too
	fair []bool         // by action: fairness demands something of it
	each []bool         // by action: fairness tells its steps apart by arguments
}

func newNotedSteps(actions []system.Action) notedSteps {
	var s notedSteps
	for i := range actions {
		fair := actions[i].Fair
		s.fair, s.each = append(s.fair, fair != model.Unfair), append(s.each, fair.IsEach())
	}
	return s
}

// seek goes to the notes of a state, and reports whether there are any.
func (s *notedSteps) seek(list []steplog.Steps, state uint64) bool {
	if s.from == nil || state < s.from.First || state >= s.from.End() {
		s.from = steplog.Find(list, state)
	}
	return s.from != nil
}

// linkNoted makes the edges of a state from the search's notes, and reports false if
// there are none. Edges, still and relevant states must come out as from link, which
// does the same for steps that were taken again.
func (x *expander) linkNoted(state uint32) bool {
	s := &x.noted
	if !s.seek(x.graph.noted, uint64(state)) {
		return false
	}
	begin, end := s.from.Of(uint64(state))
	targets, hows := s.from.Targets[begin:end], s.from.Hows[begin:end]
	var labels []uint32 // none if no steps are told apart
	if len(s.from.Labels) > 0 {
		labels = s.from.Labels[begin:end]
	}
	// The chunk has one open state at a time, so the state before must have all its
	// edges.
	x.settle()
	x.chunk.Begin(state)
	edges := x.chunk.Room(len(hows))
	// The list has room for all steps, and what is written is kept at the end: a test for
	// room in each step would cost as much as the step.
	n, met := 0, uint32(0) // the edges, and the bitwise or of their labels
	demanded, moves := false, false
	for i, how := range hows {
		action, to := how.Action(), digraph.Nowhere
		switch {
		case !how.Leaves():
			if to = s.from.Number(targets[i]); to == state && (!x.orbits || how.IsIdle()) {
				continue // it changes nothing
			}
			x.graph.relevant.meet(to)
		// A step that leaves changes the state, since the state it comes from is inside,
		// but only fairness asks for it.
		case !s.fair[action]:
			moves = true
			continue
		}
		moves = true
		demanded = demanded || s.fair[action]
		label := uint32(action) // of an action whose steps are not told apart
		if s.each[action] {
			label = labels[i]
		}
		edges[n] = digraph.Edge{To: to, Label: label}
		met |= label
		n++
	}
	x.chunk.Keep(n, met)
	// Few labels have so many bits that noLabel need not be among them.
	if met == noLabel {
		for _, e := range edges[:n] {
			x.refuse(e.Label)
		}
	}
	x.leave(state, demanded, moves)
	return true
}
