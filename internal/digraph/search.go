package digraph

import "slices"

// Search looks for a counterexample of a liveness property. It is a run that starts
// in a source, never leaves the nodes of Inside, and either stays at a node of Still
// for ever or repeats a fair cycle that visits every set of Accept.
type Search struct {
	Graph *Graph

	// States has the state of each node if Graph is a product of the model's graph
	// and an automaton; Model is then the model's graph. If States is nil, Graph is
	// the model's graph.
	States []uint32
	Model  *Graph

	Fairness Fairness

	Inside  Bits   // the nodes that the run may visit
	Sources Bits   // the nodes at which it may start
	Accept  []Bits // the sets that it has to visit infinitely often
	Still   Bits   // the nodes at which it may stay for ever

	// Room is the largest number of bytes that the search may take if a part of the
	// graph is in a file. Zero means no limit.
	Room uint64

	// Level returns the distance of a source from the initial states. If Level is
	// nil, all sources are initial.
	Level func(node uint32) int
}

// Fairness is a list of demands. A fair run takes steps of each demand infinitely
// often, unless the demand is disabled infinitely often (weak fairness) or disabled
// from some point on (strong fairness).
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
}

// Hop is an edge of a run.
type Hop struct{ To, Label uint32 }

// Find returns a run with a shortest stem, or nil if there is no run. The result is
// deterministic. An error is possible only if a part of the graph is in a file: the
// file cannot be read, or the error is [ErrTooLarge].
func (s *Search) Find() (*Lasso, error) {
	reader := s.Graph.NewReader()
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

// enabled returns the demands that are enabled at a node, each once, in the memory
// of to.
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

// finder has the state of a search.
type finder struct {
	*Search
	fair      Bits     // nodes of fair components, nil if there is none
	component []uint32 // the number of each node's fair component
	found     uint32   // the number of fair components

	member Bits       // nodes of the component that is being judged
	counts []count    // for each demand, in that component
	seen   []int      // the demands with a count
	held   []int      // scratch: the demands enabled at one node
	later  [][]uint32 // parts of components that are still to be searched
}

// count tells how often a demand is enabled in a component, and whether an edge of
// the component takes it.
type count struct {
	enabled int // number of nodes
	taken   bool
}

// findComponents finds all fair components that are reachable from a source.
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

// judge decides whether the run that repeats all edges of a component is fair. If
// the run violates strong fairness, the component without the nodes that enable the
// violated demands is searched later.
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

// meetsAccept reports whether a component has a node of every acceptance set.
func (f *finder) meetsAccept(nodes []uint32) bool {
	for _, set := range f.Accept {
		if !slices.ContainsFunc(nodes, set.Has) {
			return false
		}
	}
	return true
}

// count counts the demands of a component.
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

// forget resets the counts.
func (f *finder) forget() {
	for _, d := range f.seen {
		f.counts[d] = count{}
	}
	f.seen = f.seen[:0]
}

// unfair returns the demands of strong fairness that a component violates. A
// component that violates weak fairness is hopeless, since all its parts do so too.
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

// without returns the nodes that enable none of the demands.
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

// keep records a fair component.
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
