package digraph

import "slices"

// sweepsMax is the number of sweeps after which mayReach gives up.
const sweepsMax = 3

// mayReach reports false if no path inside leads from a source to a goal. It takes
// one bit a node, much less memory than the search for a shortest path. Nodes are
// numbered in breadth-first order, so most edges go to larger numbers, and a sweep
// over the nodes in order follows most paths to their end. If sweepsMax sweeps are
// not enough, mayReach reports true without knowing.
func (s *Search) mayReach(r *Reader, goals Bits) bool {
	met := s.Sources.And(s.Inside)
	for range sweepsMax {
		back := false // this sweep has reached a node that it had passed
		for node, more := met.From(0); more; node, more = met.From(node + 1) {
			if goals.Has(node) {
				return true
			}
			for _, to := range r.Targets(node) {
				if to != Nowhere && s.Inside.Has(to) && !met.Has(to) {
					met.Add(to)
					back = back || to < node
				}
			}
		}
		if !back {
			return false
		}
	}
	return true
}

// stem returns a shortest path from an initial state to a goal, through a source
// and then inside, and the last node of the path. It returns nil if no goal is
// reachable. A source has a distance from the initial states, its level, so the
// breadth-first search adds each source at the layer of that distance.
func (s *Search) stem(reader *Reader, goals Bits) (lasso *Lasso, end uint32) {
	w := stemSearch{Search: s, reader: reader, before: make([]uint32, s.Graph.nodes), met: NewBits(s.Graph.nodes)}
	sources := s.Sources.And(s.Inside)
	next, more := sources.From(0)
	var layer []uint32
	for level := 0; more || len(layer) > 0; level++ {
		if len(layer) == 0 {
			level = s.level(next)
		}
		for ; more && s.level(next) <= level; next, more = sources.From(next + 1) {
			if !w.met.Has(next) {
				w.met.Add(next)
				w.before[next] = next
				layer = append(layer, next)
			}
		}
		slices.Sort(layer) // so that edges in a file are read in order
		for _, node := range layer {
			if goals.Has(node) {
				return w.back(node), node
			}
		}
		layer = w.spread(layer)
	}
	return nil, 0
}

// level returns the distance of a source from the initial states.
func (s *Search) level(source uint32) int {
	if s.Level == nil {
		return 0
	}
	return s.Level(source)
}

// stemSearch is the state of the breadth-first search for a stem.
type stemSearch struct {
	*Search
	reader *Reader
	before []uint32 // the predecessor of each node; a source is its own
	met    Bits
}

// spread returns the next layer: the new nodes one edge after the given ones.
func (w *stemSearch) spread(layer []uint32) (next []uint32) {
	for _, node := range layer {
		for _, to := range w.reader.Targets(node) {
			if to != Nowhere && w.Inside.Has(to) && !w.met.Has(to) {
				w.met.Add(to)
				w.before[to] = node
				next = append(next, to)
			}
		}
	}
	return next
}

// back returns the path to a node.
func (w *stemSearch) back(node uint32) *Lasso {
	var backwards []Hop
	for w.before[node] != node {
		before := w.before[node]
		backwards = append(backwards, w.reader.hop(before, node))
		node = before
	}
	l := &Lasso{Source: node}
	for i := len(backwards) - 1; i >= 0; i-- {
		l.Stem = append(l.Stem, backwards[i])
	}
	return l
}

// hop returns the first edge from one node to another.
func (r *Reader) hop(from, to uint32) Hop {
	targets, labels := r.Edges(from)
	for i, t := range targets {
		if t == to {
			return Hop{to, labels.At(i)}
		}
	}
	if r.err != nil {
		return Hop{to, 0}
	}
	panic("digraph: there is no such edge; this is a bug in Muster")
}

// loop returns a short fair cycle through a node of a fair component. It is greedy:
// it goes to the nearest edge or node that satisfies an open obligation (a demand of
// fairness or an acceptance set), repeats that until none is open, and then returns
// to the entry by a shortest path.
func (f *finder) loop(entry uint32) []Hop {
	r := &loopBuilder{finder: f, entry: entry, at: entry,
		before: map[uint32]Hop{}, accept: make([]bool, len(f.Accept))}
	for _, d := range f.enabled(entry, nil) {
		if !f.Fairness.Strong[d] {
			r.waiting = append(r.waiting, d)
		}
	}
	r.arrive(entry)
	for len(r.hops) == 0 || r.at != entry || !r.isDone() {
		isGoal := r.helps
		if r.isDone() {
			isGoal = func(h Hop) bool { return h.To == entry }
		}
		for _, h := range r.nearest(isGoal) {
			r.take(h)
		}
	}
	return r.hops
}

// loopBuilder has the state of building a loop.
type loopBuilder struct {
	*finder
	entry, at uint32
	hops      []Hop
	before    map[uint32]Hop // in the current search: the predecessor of each node, and the label of the edge from it

	waiting []int  // demands of weak fairness that were enabled everywhere and not taken
	owed    []int  // demands of strong fairness that were enabled somewhere and not taken
	paid    []int  // demands that were taken
	accept  []bool // acceptance sets that were visited
}

// isDone reports whether the path so far is fair and visits every acceptance set.
func (r *loopBuilder) isDone() bool {
	return len(r.waiting) == 0 && len(r.owed) == 0 && !slices.Contains(r.accept, false)
}

// arrive updates the obligations at a node.
func (r *loopBuilder) arrive(node uint32) {
	r.at = node
	for i, set := range r.Accept {
		r.accept[i] = r.accept[i] || set.Has(node)
	}
	enabled := r.enabled(node, nil)
	r.waiting = slices.DeleteFunc(r.waiting, func(d int) bool { return !slices.Contains(enabled, d) })
	for _, d := range enabled {
		if r.Fairness.Strong[d] && !slices.Contains(r.paid, d) && !slices.Contains(r.owed, d) {
			r.owed = append(r.owed, d)
		}
	}
}

// take appends an edge and updates the obligations.
func (r *loopBuilder) take(h Hop) {
	r.hops = append(r.hops, h)
	if d := r.Fairness.DemandOf[h.Label]; d >= 0 {
		is := func(e int) bool { return e == d }
		r.paid = append(r.paid, d)
		r.waiting, r.owed = slices.DeleteFunc(r.waiting, is), slices.DeleteFunc(r.owed, is)
	}
	r.arrive(h.To)
}

// helps reports whether an edge or its target satisfies an open obligation.
func (r *loopBuilder) helps(h Hop) bool {
	d := r.Fairness.DemandOf[h.Label]
	if d >= 0 && (slices.Contains(r.waiting, d) || slices.Contains(r.owed, d)) {
		return true
	}
	for i, set := range r.Accept {
		if !r.accept[i] && set.Has(h.To) {
			return true
		}
	}
	if len(r.waiting) == 0 {
		return false
	}
	r.held = r.finder.enabled(h.To, r.held)
	return slices.ContainsFunc(r.waiting, func(d int) bool { return !slices.Contains(r.held, d) })
}

// nearest returns a shortest path of at least one edge whose last edge is a goal.
// There is one, since the component is strongly connected.
func (r *loopBuilder) nearest(isGoal func(Hop) bool) []Hop {
	clear(r.before)
	layer := []uint32{r.at}
	met := map[uint32]bool{r.at: true}
	for len(layer) > 0 {
		var next []uint32
		for _, node := range layer {
			to, labels := r.Graph.Edges(node)
			for i, t := range to {
				if t == Nowhere || r.component[t] != r.component[r.entry] {
					continue
				}
				h := Hop{t, labels.At(i)}
				if isGoal(h) {
					return append(r.back(node), h)
				}
				if !met[t] {
					met[t] = true
					r.before[t] = Hop{node, labels.At(i)}
					next = append(next, t)
				}
			}
		}
		layer = next
	}
	panic("digraph: a component is not connected; this is a bug in Muster")
}

// back returns the path of the current search to a node.
func (r *loopBuilder) back(node uint32) []Hop {
	var hops []Hop
	for node != r.at {
		b := r.before[node]
		hops = append(hops, Hop{node, b.Label})
		node = b.To
	}
	slices.Reverse(hops)
	return hops
}
