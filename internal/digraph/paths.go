package digraph

import "slices"

// sweepsMax is the number of sweeps after which mayReach gives up. Giving up is sound,
// and costs the memory and time of a search for a stem.
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
					// Only an edge to a smaller number can be missed by this sweep: the
					// others are still to come.
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

// stems returns the goals that are nearest to the initial states, on paths through a
// source and then inside: all that have the least distance, or none if no goal is
// reachable. A source has a distance from the initial states, its level, so the
// breadth-first search adds each source at the layer of that distance. The layer is
// sorted, so the result depends on the graph alone.
func (s *Search) stems(reader *Reader, goals Bits) (w *stemSearch, ends []uint32) {
	w = &stemSearch{Search: s, reader: reader, before: make([]uint32, s.Graph.nodes), met: NewBits(s.Graph.nodes)}
	sources := s.Sources.And(s.Inside)
	next, more := sources.From(0)
	var layer []uint32
	// Sources are in the order of their levels, because nodes are numbered in
	// breadth-first order.
	for level := 0; more || len(layer) > 0; level++ {
		// Nothing is left to spread, so the levels up to the next source are skipped.
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
				ends = append(ends, node)
			}
		}
		if len(ends) > 0 {
			return w, ends
		}
		layer = w.spread(layer)
	}
	return w, nil
}

// level returns the distance of a source from the initial states.
func (s *Search) level(source uint32) int {
	if s.Level == nil {
		return 0
	}
	return s.Level(source)
}

// stemSearch is the state of the breadth-first search for a stem. Before is one word for
// each node of the graph, so the search is made only if mayReach has not ruled out a
// path.
type stemSearch struct {
	*Search
	reader *Reader
	before []uint32 // the predecessor of each node; a source is its own
	met    Bits
}

// spread returns the next layer: the new nodes one edge after the given ones. The first
// node that reaches a new one is its predecessor; layers are in order, so that this is
// always the same one.
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

// back returns the stem to a node as a lasso without a loop. The search keeps only
// predecessors, not labels, so the label of each hop is looked up again.
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

// hop returns the first edge from one node to another. Always the first, so that a
// counterexample does not depend on how the graph was made.
func (r *Reader) hop(from, to uint32) Hop {
	targets, labels := r.Edges(from)
	for i, t := range targets {
		if t == to {
			return Hop{to, labels.At(i)}
		}
	}
	// The edges could not be read, and the caller discards the result.
	if r.err != nil {
		return Hop{to, 0}
	}
	panic("digraph: there is no such edge; this is a bug in Muster")
}
