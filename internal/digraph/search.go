package digraph

import "slices"

// Search looks for a run that is fair and breaks a claim: one that begins in a source,
// never leaves the nodes inside, and either stays in one of Still for ever or takes a
// cycle that is fair and meets every one of Conditions.
//
// A search never fails to find a run that exists, and every run that it returns
// exists. Among several it prefers the shortest stem; the loop is short, and
// Lasso.Exact says whether it is the shortest.
type Search struct {
	Graph *Graph

	// States has the state of each node if Graph is a product of the model's graph and
	// an automaton; Model is then the model's graph. If States is nil, Graph is the
	// model's graph. The product lacks steps that the automaton forbids, but fairness
	// is about all steps that the model allows, so a product alone does not suffice.
	States []uint32
	Model  *Graph

	Fairness Fairness

	// The caller decides on Still: staying in one of its nodes for ever must be fair
	// and must meet Conditions, for the search does not test it.
	Inside  Bits // where the run may be
	Sources Bits // where it may begin
	Still   Bits // where it may stay

	Conditions []Condition // of the loop, at most [ConditionsMax]

	// Room is the largest number of bytes that the search may take if a part of the
	// graph is in a file. Zero means no limit.
	Room uint64

	// Level returns the distance of a source from the initial states. If Level is
	// nil, all sources are initial.
	Level func(node uint32) int
}

// Fairness is a list of demands. A fair run takes steps of each demand infinitely
// often, unless the demand is disabled infinitely often (weak fairness) or disabled
// from some point on (strong fairness). A demand is enabled at a node if an edge of
// the node has a label of the demand; edges to Nowhere count.
type Fairness struct {
	DemandOf []int  // the demand of the steps with each label, or -1
	Strong   []bool // for each demand
}

// Lasso is an infinite run: from Source along Stem, and then along Loop for ever.
// Without a loop, the run stays at the end of the stem.
type Lasso struct {
	Source uint32
	Stem   []Hop
	Loop   []Hop

	Exact bool // no node to which a stem as short leads is in a shorter loop
	Round Bits // all nodes to which a run can come that goes round them for ever; nil for none
}

// Hop is an edge of a run. It begins at the To of the hop before it, or at the source.
type Hop struct{ To, Label uint32 }

// Find returns a run with a shortest stem, or nil if there is no run. The result is
// deterministic. An error is possible only if a part of the graph is in a file: the
// file cannot be read, or the error is [ErrTooLarge].
func (s *Search) Find() (*Lasso, error) {
	reader := s.Graph.NewReader()
	// Components need random access to edges. If some are in a file, the part of the
	// graph that may have cycles is loaded; p is nil otherwise.
	f, p := &finder{Search: s}, (*subgraph)(nil)
	if s.Graph.IsSpilled() {
		var err error
		if p, err = s.extract(reader); err != nil {
			return nil, err
		}
		f.Search = p.search
	}
	f.findComponents()
	goals := s.Still.And(s.Inside)
	if f.fair != nil && p != nil {
		goals.Or(p.whole(f.fair))
	} else if f.fair != nil {
		goals.Or(f.fair)
	}
	if _, any := goals.From(0); !any {
		return nil, nil
	}
	// This test takes a bit a node, and without a path it saves the search for a stem,
	// which takes four bytes a node.
	if !s.mayReach(reader, goals) {
		return nil, reader.err
	}
	w, ends := s.stems(reader, goals)
	if reader.err != nil || len(ends) == 0 {
		return nil, reader.err
	}
	lasso := s.end(f, p, w, ends)
	lasso.Round = f.fair
	if p != nil && f.fair != nil {
		lasso.Round = p.whole(f.fair)
	}
	return lasso, reader.err
}

// Exists reports whether there is a run, provided that every node can be reached from
// a source. Then no stem is needed, and the first fair component ends the search.
func (s *Search) Exists() (bool, error) {
	if _, any := s.Still.And(s.Inside).From(0); any {
		return true, nil
	}
	reader := s.Graph.NewReader()
	f := &finder{Search: s, first: true}
	if s.Graph.IsSpilled() {
		p, err := s.extract(reader)
		if err != nil {
			return false, err
		}
		f.Search = p.search
	}
	f.findComponents()
	return f.fair != nil, reader.err
}

// end chooses among the nodes to which a shortest stem leads: one where the run may
// stay, since no loop is shorter than none, or else one with a short loop.
func (s *Search) end(f *finder, p *subgraph, w *stemSearch, ends []uint32) *Lasso {
	for _, end := range ends {
		if s.Still.Has(end) && s.Inside.Has(end) {
			lasso := w.back(end)
			lasso.Exact = true
			return lasso
		}
	}
	if p != nil {
		for i, end := range ends {
			ends[i] = p.number(end)
		}
	}
	end, loop, exact := f.shortLoop(ends)
	if p != nil {
		end, loop = p.nodes[end], p.loop(loop)
	}
	lasso := w.back(end)
	lasso.Loop, lasso.Exact = loop, exact
	return lasso
}

// finder is a search for fair components. The set fair does not depend on the order in
// which components are found: a component is split only into parts outside which no
// fair cycle of the component can be. Everything else that depends on the order is
// repeatable, since one goroutine follows nodes and edges in their order.
type finder struct {
	*Search
	fair      Bits     // nodes of fair components, nil as long as there is none
	component []uint32 // the fair component of each node, counted from one; 0 for none
	found     uint32   // the number of fair components
	first     bool     // the first of them is enough

	member Bits       // of the component being judged
	counts []count    // by demand
	seen   []int      // the demands that are counted
	held   []int      // the demands enabled at one node
	later  [][]uint32 // parts of components that are yet to be searched
	stop   func()     // ends the search
	barred []uint64   // by node: a bit for each condition whose If the node's edges must not meet; nil if there is no bar
}

// count is the record of a demand in the component being judged.
type count struct {
	enabled int    // at how many nodes of the component, as far as it was not known to be taken
	taken   bool   // by an edge inside the component
	unmet   bool   // the component does not meet it
	stamp   uint32 // of the last node at which it was enabled, plus one
}

// modelLabels returns the labels of all steps of a node's state in the model,
// including steps that the automaton excludes.
func (s *Search) modelLabels(node uint32) Labels {
	if s.States == nil {
		_, labels := s.Graph.Edges(node)
		return labels
	}
	_, labels := s.Model.Edges(s.States[node])
	return labels
}

// enabled appends the demands that are enabled at a node, each once, to to.
func (f *finder) enabled(node uint32, to []int) []int {
	to = to[:0]
	labels := f.modelLabels(node)
	for i := range labels.Len() {
		if d := f.Fairness.DemandOf[labels.At(i)]; d >= 0 && f.counts[d].stamp != node+1 {
			f.counts[d].stamp = node + 1
			to = append(to, d)
		}
	}
	// The stamps are reset so that a second call for the same node finds the demands
	// again.
	for _, d := range to {
		f.counts[d].stamp = 0
	}
	return to
}

func (f *finder) findComponents() {
	// One count for each demand, which all components use in turn: there may be many of
	// either.
	f.counts = make([]count, len(f.Fairness.Strong))
	// No cycle is outside of live, and trimming is much cheaper than the search for
	// components.
	live := trim(f.Graph, f.Inside)
	if _, any := live.From(0); !any {
		return
	}
	f.member = NewBits(f.Graph.nodes)
	c := newComponents(f.Graph, live, f.judge)
	f.stop = func() { c.stopped = true }
	// Only components that a source reaches can have a run; a path inside from a
	// source to a cycle never leaves live, since each of its nodes leads to the cycle.
	for source := range f.Sources.And(live).All {
		c.from(source)
	}
	// Splitting ends: each part lacks a node of its component, or has bars that the
	// component did not have.
	for len(f.later) > 0 && !c.stopped {
		nodes := f.later[len(f.later)-1]
		f.later = f.later[:len(f.later)-1]
		if f.barred != nil {
			c.barred = f.isBarred
		}
		c.again(nodes)
	}
}

// judge decides whether a run through all of a component, for ever, is fair and meets
// the conditions. That run is the best one: it takes every edge and is at every node,
// so it takes all that any run takes and sees every demand disabled that any run sees
// disabled. Where it breaks a condition or strong fairness, it visits too much, and
// the component is searched later without the nodes and edges that are the reason
// (Emerson and Lei 1987).
func (f *finder) judge(nodes []uint32) {
	for _, n := range nodes {
		f.member.Add(n)
	}
	// Conditions are looked at before the demands: they ask about nodes and edges alone,
	// and rule out many components at once.
	if broken, hopeless := f.broken(nodes); !hopeless {
		f.count(nodes)
		switch unfair, hopeless := f.unfair(len(nodes)); {
		case hopeless:
		case !unfair && len(broken) == 0:
			f.keep(nodes)
		default:
			left := slices.Clone(f.avoid(nodes, broken))
			if unfair {
				left = f.without(left)
			}
			f.later = append(f.later, left)
		}
		f.forget()
	}
	for _, n := range nodes {
		f.member.Remove(n)
	}
}

// count records, in one pass over the component, which demands are taken, and at how
// many nodes the others are enabled. How often a demand is enabled matters only if it
// is not taken, so the pass ends when all demands are: soon, in most fair components.
func (f *finder) count(nodes []uint32) {
	left := len(f.counts) // demands that are not known to be taken
	for _, n := range nodes {
		// What is taken inside is met whatever its fairness, so nothing is left to find
		// out.
		if left == 0 {
			return
		}
		to, labels := f.Graph.Edges(n)
		if f.States != nil {
			// The product lacks steps that the model allows, and those count as enabled.
			f.countEnabled(n, f.modelLabels(n))
		}
		for i, t := range to {
			label := labels.At(i)
			d := f.Fairness.DemandOf[label]
			if d < 0 || f.counts[d].taken {
				continue
			}
			if f.States == nil {
				// In the graph of the model the edges of a node are all its steps, so one
				// loop serves both questions.
				f.enable(n, d)
			}
			if f.isInner(n, t, label) {
				f.counts[d].taken = true
				left--
			}
		}
	}
}

// countEnabled counts the demands that are enabled at a node and not known to be taken.
func (f *finder) countEnabled(node uint32, labels Labels) {
	for i := range labels.Len() {
		if d := f.Fairness.DemandOf[labels.At(i)]; d >= 0 && !f.counts[d].taken {
			f.enable(node, d)
		}
	}
}

// enable counts a node at which a demand is enabled, once for all steps of the demand.
func (f *finder) enable(node uint32, demand int) {
	c := &f.counts[demand]
	if c.stamp == node+1 {
		return
	}
	if c.enabled == 0 {
		f.seen = append(f.seen, demand)
	}
	c.enabled++
	c.stamp = node + 1
}

// forget resets the counts of the demands that were seen. Clearing all of them would
// cost time for each component that is linear in the demands, and both may be many.
func (f *finder) forget() {
	for _, d := range f.seen {
		f.counts[d] = count{}
	}
	f.seen = f.seen[:0]
}

// unfair marks the demands of strong fairness that the component does not meet, and
// reports whether there are any. The component is hopeless if it does not meet a
// demand of weak fairness: the demand is enabled at every node and taken nowhere, so
// the same is true of every part.
func (f *finder) unfair(size int) (unfair, hopeless bool) {
	for _, d := range f.seen {
		switch c := &f.counts[d]; {
		case c.taken:
		case f.Fairness.Strong[d]:
			c.unmet, unfair = true, true
		case c.enabled == size:
			return false, true
		}
	}
	return unfair, false
}

// without returns the nodes at which no unmet demand is enabled. A run that visits one
// of the others infinitely often owes the demand, and no edge of the component pays
// it.
func (f *finder) without(nodes []uint32) []uint32 {
	return slices.DeleteFunc(nodes, func(n uint32) bool {
		labels := f.modelLabels(n)
		for i := range labels.Len() {
			if d := f.Fairness.DemandOf[labels.At(i)]; d >= 0 && f.counts[d].unmet {
				return true
			}
		}
		return false
	})
}

// keep records a fair component.
func (f *finder) keep(nodes []uint32) {
	if f.fair == nil {
		f.fair = NewBits(f.Graph.nodes)
		f.component = make([]uint32, f.Graph.nodes)
	}
	f.found++
	// Exists needs no more than one.
	if f.first {
		f.stop()
	}
	for _, n := range nodes {
		f.fair.Add(n)
		f.component[n] = f.found
	}
}
