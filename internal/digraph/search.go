package digraph

import "slices"

// Search looks for a run that is fair and breaks a claim: one that begins in a
// source, never leaves the nodes inside, and either stays in one of Still for
// ever or goes round in a way that is fair and meets every set of Accept again
// and again.
type Search struct {
	Graph *Graph

	// States are the states that the nodes stand for, whose edges are in Model,
	// when a node is more than a state. Nil: Graph is the model's, and nodes are
	// states.
	States []uint32
	Model  *Graph

	Fairness Fairness

	Inside  Bits   // where the run may be
	Sources Bits   // where it may begin
	Accept  []Bits // what it has to meet again and again
	Still   Bits   // where it may stay

	// Room is how many bytes the search may take, if a part of the graph is in a
	// file. Zero means no limit.
	Room uint64

	// Level is how far it is to a source from the beginning. Nil: each is a
	// beginning.
	Level func(node uint32) int
}

// Fairness is what is demanded of every run: of each demand, that its steps are
// taken again and again unless it is disabled again and again (weak) or disabled
// from some point on (strong).
type Fairness struct {
	DemandOf []int  // by label: the demand whose step it is, or -1
	Strong   []bool // by demand
}

// Lasso is a run that was found: from a source along Stem, and then along Loop
// for ever; or, without a loop, staying where the stem ends.
type Lasso struct {
	Source uint32
	Stem   []Hop
	Loop   []Hop
}

// Hop is an edge of a run.
type Hop struct{ To, Label uint32 }

// Find returns a run, with a stem that is as short as any, or nil if there is
// none. It is always the same one. The error is for a graph of which a part is in a
// file: it cannot be read, or is [ErrTooLarge].
func (s *Search) Find() (*Lasso, error) {
	reader := s.Graph.NewReader()
	f, p := &finder{Search: s}, (*part)(nil)
	if s.Graph.IsSpilled() {
		var err error
		if p, err = s.cut(reader); err != nil {
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
	if !s.mayReach(reader, goals) {
		return nil, reader.err
	}
	lasso, end := s.stem(reader, goals)
	switch {
	case reader.err != nil:
		return nil, reader.err
	case lasso == nil || s.Still.Has(end) && s.Inside.Has(end):
	case p != nil:
		lasso.Loop = p.loop(f.loop(p.number(end)))
	default:
		lasso.Loop = f.loop(end)
	}
	return lasso, nil
}

// modelLabels are the labels of a node's state in the model: what is possible
// there, wherever it leads.
func (s *Search) modelLabels(node uint32) Labels {
	if s.States == nil {
		_, labels := s.Graph.Edges(node)
		return labels
	}
	_, labels := s.Model.Edges(s.States[node])
	return labels
}

// enabled appends the demands that are enabled at a node, each once, to to.
func (s *Search) enabled(node uint32, to []int) []int {
	to = to[:0]
	labels := s.modelLabels(node)
	for i := range labels.Len() {
		if d := s.Fairness.DemandOf[labels.At(i)]; d >= 0 && !slices.Contains(to, d) {
			to = append(to, d)
		}
	}
	return to
}

// finder is a search under way.
type finder struct {
	*Search
	fair      Bits     // nodes of fair components, nil as long as there is none
	component []uint32 // which one, by node
	found     uint32   // how many fair components

	member Bits       // of the component being judged
	counts []count    // by demand
	seen   []int      // the demands that are counted
	held   []int      // the demands enabled at one node
	later  [][]uint32 // parts of components that are yet to be searched
}

// count is what became of a demand in a component.
type count struct {
	enabled int // at how many nodes
	taken   bool
}

func (f *finder) findComponents() {
	live := trim(f.Graph, f.Inside)
	if _, any := live.From(0); !any {
		return
	}
	f.member = NewBits(f.Graph.nodes)
	f.counts = make([]count, len(f.Fairness.Strong))
	c := newComponents(f.Graph, live, f.judge)
	for source := range f.Sources.And(live).All {
		c.from(source)
	}
	for len(f.later) > 0 {
		nodes := f.later[len(f.later)-1]
		f.later = f.later[:len(f.later)-1]
		c.again(nodes)
	}
}

// judge finds out whether going through all of a component for ever is fair.
// Where strong fairness forbids it, what is left without the nodes that enable
// the demand is searched later.
func (f *finder) judge(nodes []uint32) {
	for _, n := range nodes {
		f.member.Add(n)
	}
	if f.meetsAccept(nodes) {
		f.count(nodes)
		switch unfair, hopeless := f.unfair(len(nodes)); {
		case hopeless:
		case len(unfair) == 0:
			f.keep(nodes)
		default:
			f.later = append(f.later, f.without(nodes, unfair))
		}
		f.forget()
	}
	for _, n := range nodes {
		f.member.Remove(n)
	}
}

func (f *finder) meetsAccept(nodes []uint32) bool {
	for _, set := range f.Accept {
		if !slices.ContainsFunc(nodes, set.Has) {
			return false
		}
	}
	return true
}

// count goes through the component once.
func (f *finder) count(nodes []uint32) {
	if len(f.counts) == 0 {
		return
	}
	for _, n := range nodes {
		f.held = f.enabled(n, f.held)
		for _, d := range f.held {
			if f.counts[d].enabled == 0 {
				f.seen = append(f.seen, d)
			}
			f.counts[d].enabled++
		}
		to, labels := f.Graph.Edges(n)
		for i, t := range to {
			if d := f.Fairness.DemandOf[labels.At(i)]; d >= 0 && t != Nowhere && f.member.Has(t) {
				f.counts[d].taken = true
			}
		}
	}
}

func (f *finder) forget() {
	for _, d := range f.seen {
		f.counts[d] = count{}
	}
	f.seen = f.seen[:0]
}

// unfair are the demands of strong fairness that the component does not meet. It
// is hopeless if it does not meet one of weak fairness, for then no part of it
// does either.
func (f *finder) unfair(size int) (unfair []int, hopeless bool) {
	for _, d := range f.seen {
		switch c := f.counts[d]; {
		case c.taken:
		case f.Fairness.Strong[d]:
			unfair = append(unfair, d)
		case c.enabled == size:
			return nil, true
		}
	}
	return unfair, false
}

func (f *finder) without(nodes []uint32, demands []int) []uint32 {
	var left []uint32
	for _, n := range nodes {
		f.held = f.enabled(n, f.held)
		if !slices.ContainsFunc(f.held, func(d int) bool { return slices.Contains(demands, d) }) {
			left = append(left, n)
		}
	}
	return left
}

func (f *finder) keep(nodes []uint32) {
	if f.fair == nil {
		f.fair = NewBits(f.Graph.nodes)
		f.component = make([]uint32, f.Graph.nodes)
	}
	f.found++
	for _, n := range nodes {
		f.fair.Add(n)
		f.component[n] = f.found
	}
}
