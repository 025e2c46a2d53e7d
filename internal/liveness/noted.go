package liveness

import (
	"github.com/muster-mc/muster/internal/digraph"
	"github.com/muster-mc/muster/internal/steplog"
	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
)

// notedStates is a batch of states of one chunk with the search's notes of their steps.
// The notes of a state are complete: the search gives all steps of a round or none. The
// lists are kept from batch to batch, so that linking allocates nothing for each state.
type notedStates struct {
	from *steplog.Steps // the notes that had the last state: the next state is probably there too
	fair []bool         // by action: fairness demands something of it
	each []bool         // by action: fairness tells its steps apart by arguments

	list []notedState
	to   []uint32 // the targets of all steps of the list, one after the other
}

// notedState is a state with its steps: how each is taken, and its label if fairness
// tells steps apart. Targets are in notedStates.to.
type notedState struct {
	state  uint32
	hows   []steplog.How
	labels []uint32 // nil if no steps are told apart
}

// label returns the label of a step. An action whose steps are not told apart is its
// own label.
func (s *notedStates) label(n *notedState, step int) uint32 {
	action := n.hows[step].Action()
	if s.each[action] {
		return n.labels[step]
	}
	return uint32(action)
}

func newNotedStates(actions []system.Action) notedStates {
	var s notedStates
	for i := range actions {
		fair := actions[i].Fair
		s.fair, s.each = append(s.fair, fair != model.Unfair), append(s.each, fair.IsEach())
	}
	return s
}

// take adds a state to the list. It reports false if the search has no notes of it. All
// slices are parts of the search's notes, which stay as they are until the next round:
// the batch is linked before that.
func (s *notedStates) take(list []steplog.Steps, state uint32) bool {
	number := uint64(state)
	if s.from == nil || number < s.from.First || number >= s.from.End() {
		if s.from = steplog.Find(list, number); s.from == nil {
			return false
		}
	}
	begin, end := s.from.Of(number)
	targets, hows := s.from.Targets[begin:end], s.from.Hows[begin:end]
	// Targets are resolved now: candidates have their numbers only in the notes of the
	// round.
	for _, to := range targets {
		s.to = append(s.to, s.from.Number(to))
	}
	n := notedState{state: state, hows: hows}
	if len(s.from.Labels) > 0 {
		n.labels = s.from.Labels[begin:end]
	}
	s.list = append(s.list, n)
	return true
}

func (s *notedStates) clear() { s.list, s.to = s.list[:0], s.to[:0] }

// linkNoted makes the edges of the states on the list. Edges, still and relevant
// states must come out as from link, which does the same for steps that were taken
// again.
func (x *expander) linkNoted() {
	s := &x.noted
	to := s.to
	for k := range s.list {
		n := &s.list[k]
		x.chunk.Begin(n.state)
		x.begun, x.demanded, x.moves = int64(n.state), false, false
		for i, h := range n.hows {
			target, action := to[i], h.Action()
			switch {
			// Such a step changes the state: the state it comes from is inside.
			case h.Leaves():
				if x.moves = true; s.fair[action] {
					x.demanded = true
					x.add(digraph.Nowhere, s.label(n, i))
				}
			case target != n.state || x.orbits && !h.IsIdle(): // otherwise it changes nothing
				x.moves = true
				x.demanded = x.demanded || s.fair[action]
				x.graph.relevant.meet(target)
				x.add(target, s.label(n, i))
			}
		}
		to = to[len(n.hows):]
		x.leave()
	}
	s.clear()
}
