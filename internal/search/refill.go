package search

import (
	"github.com/muster-mc/muster/internal/frontier"
	"github.com/muster-mc/muster/internal/orbit"
	"github.com/muster-mc/muster/internal/predecessor"
	"github.com/muster-mc/muster/internal/system"
)

// Refill makes the states of all levels once more, along the log, for a run that was
// resumed and has only those that came after. Each parent's children are made in the
// order in which they were found. The error is that of files, or a [*BreachError].
//
// The log has the parent and the ordinal of each state in the order of their numbers, and
// parents never decrease. So one pass over the parents that have children makes all states
// in order, without a set: a successor is the next state if it has the next link's parent
// and ordinal. An action that does not do the same again leaves a link without a state.
func (s *Search) Refill() error {
	if s.archive.states == s.counts.Distinct {
		return nil
	}
	s.archive = Archive{}
	// The initial states are archived before their children are made, since they are the
	// first parents to be read.
	r := newRefiller(s)
	s.refilling.Store(r)
	defer s.refilling.Store(nil)
	r.Root = true
	r.expand()
	r.Root = false
	r.shelve()
	r.expand()
	r.shelve()
	if r.err == nil && r.next < s.counts.Distinct && !s.cancelled.Load() {
		r.err = Unrepeatable()
	}
	return r.err
}

// refiller makes states in order. It is the sink of its expander. One goroutine does all
// of it: each state's place in the archive depends on all states before it.
//
// Next is the number of states made so far, and link the log's entry of the next one. All
// parents before parent have their children, and no parent after it has any.
type refiller struct {
	system.Expansion
	expander system.Expander

	search  *Search
	writer  *frontier.Writer
	reader  *ArchiveReader
	reducer *orbit.Reducer // nil unless one state of each orbit is searched
	parent  uint64         // the number of the state that is expanded
	next    uint64         // the number of the state to make
	link    predecessor.Link
	begun   bool // the root was expanded
	some    bool // another parent was expanded, which is parent
	err     error
}

func newRefiller(s *Search) *refiller {
	r := &refiller{search: s, writer: frontier.NewWriter(&s.slabs, s.config.Tuning.FragmentStates)}
	r.Sink, r.Cancelled, r.Doing = r, &s.cancelled, system.DoAction
	r.Ends = system.NewEfforts(max(1, len(s.plan.actions)))
	r.expander = s.system().NewExpander(s.plan.places, &r.Expansion)
	r.reader = s.archive.NewReader(s.system().Codec)
	if o := s.config.Orbits; o != nil {
		r.reducer = o.NewReducer()
	}
	r.look()
	return r
}

// look reads the log's entry of the next state, if there is one.
func (r *refiller) look() {
	if r.next == r.search.counts.Distinct || r.err != nil {
		return
	}
	r.link, r.err = r.search.log.Of(r.next)
}

// expand makes the children of all parents, or the initial states. The successors that are
// pending when the last parent was expanded are dealt with at the end.
func (r *refiller) expand() {
	r.Odometer.Reset()
	for !r.expandParents() {
	}
	r.Process()
}

// expandParents is like that of a worker. On these parents the first run had only panics
// after a choice from nothing, because any other panic ends a search. So any other panic
// now means that the model does not repeat itself.
func (r *refiller) expandParents() (done bool) {
	defer func() {
		if recover() != nil && !r.SkipVoid(r.expander) {
			r.err, done = Unrepeatable(), true
		}
	}()
	r.expander.Expand()
	return true
}

// Next goes to the next state that has children: the parent of the next link. Parents
// without children are passed over. The parent before must have all of its children by
// then, so pending successors are dealt with first, and a link that still has the same
// parent is one that could not be repeated.
func (r *refiller) Next() (data []byte, more bool) {
	r.Process()
	// A cancelled expansion leaves children out, which is no fault of the model.
	if r.err != nil || r.next == r.search.counts.Distinct || r.search.cancelled.Load() {
		return nil, false
	}
	r.Others, r.Action, r.Inside = r.Effort.Made, 0, true
	if r.Root {
		more, r.begun = !r.begun, true
		r.Inside = more
		return nil, more
	}
	r.Inside = false
	if r.some && r.link.Parent == r.parent { // the last one lacks a child
		r.err = Unrepeatable()
		return nil, false
	}
	r.parent, r.some = r.link.Parent, true
	if r.parent >= r.search.archive.states { // the writer may still have it
		r.shelve()
	}
	if r.parent >= r.search.archive.states {
		r.err = Unrepeatable()
		return nil, false
	}
	if data = r.reader.Read(r.parent); data == nil {
		r.err = r.reader.Err()
		return nil, false
	}
	r.Inside = true
	return data, true
}

// Begin makes the work copy. There is no cache to meet the parent: the log says which
// successors are new.
func (r *refiller) Begin(int) bool {
	r.expander.Restore()
	return true
}

// Process writes the successors that were found first from this parent. All others are
// dropped: they are outside the constraint, or another link has their states. Initial states have no parent to compare, and
// their links come before all others.
func (r *refiller) Process() {
	p := &r.Pending
	for i := range int(p.Count) {
		isChild := r.err == nil && r.next < r.search.counts.Distinct && r.link.Ordinal == p.Origins[i].Ordinal()
		if isChild && (r.next < r.search.counts.Initial) == r.Root && (r.Root || r.link.Parent == r.parent) {
			r.add(p.Encoded[i])
			r.next++
			r.look()
		}
	}
	p.Clear()
}

// add writes a state, or the one that stands for its orbit.
func (r *refiller) add(state []byte) {
	if r.reducer != nil {
		var err error
		if state, err = r.reducer.Canonical(state); err != nil { // it had a representative before
			r.err = Unrepeatable()
			return
		}
	}
	r.writer.Add(state)
}

// The rest of a sink is of no use here: the first run has judged the states.
func (r *refiller) Stuck()       {}
func (r *refiller) Find(int)     {}
func (r *refiller) FindStep(int) {}

// shelve puts the written states where they can be read: into the archive and, if memory
// is short, into a file. The writer's last fragment ends early by that.
func (r *refiller) shelve() {
	list := r.writer.Take(nil)
	r.search.decideToSpill()
	r.search.spillStates(list)
	r.search.archive.add(list)
}
