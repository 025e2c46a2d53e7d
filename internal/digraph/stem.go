package digraph

import "slices"

// stems finds the goals that are nearest to the beginning, on a way through a source
// and then inside: all that are as near. There are none if no goal can be reached.
func (s *Search) stems(reader *Reader, goals Bits) (w *walk, ends []uint32) {
	w = &walk{Search: s, reader: reader, before: make([]uint32, s.Graph.nodes), met: NewBits(s.Graph.nodes)}
	sources := s.Sources.And(s.Inside)
	next, more := sources.From(0)
	var wave []uint32
	for level := 0; more || len(wave) > 0; level++ {
		if len(wave) == 0 {
			level = s.level(next)
		}
		for ; more && s.level(next) <= level; next, more = sources.From(next + 1) {
			if !w.met.Has(next) {
				w.met.Add(next)
				w.before[next] = next
				wave = append(wave, next)
			}
		}
		slices.Sort(wave) // so that edges in a file are read in order
		for _, node := range wave {
			if goals.Has(node) {
				ends = append(ends, node)
			}
		}
		if len(ends) > 0 {
			return w, ends
		}
		wave = w.spread(wave)
	}
	return w, nil
}

func (s *Search) level(source uint32) int {
	if s.Level == nil {
		return 0
	}
	return s.Level(source)
}

// walk is a breadth-first search inside: from where each node was met first.
type walk struct {
	*Search
	reader *Reader
	before []uint32 // of a source: itself
	met    Bits
}

// spread returns the nodes that are one edge further.
func (w *walk) spread(wave []uint32) (next []uint32) {
	for _, node := range wave {
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

// back returns the way to a node.
func (w *walk) back(node uint32) *Lasso {
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

// hop is the first edge from one node to another.
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
