package liveness

import (
	"slices"

	"github.com/muster-mc/muster/internal/digraph"
	"github.com/muster-mc/muster/internal/system"
)

// A run that an automaton accepts may be shorter than a lasso in the product: the
// automaton may need some rounds of the loop before it goes round itself. So the
// shortest stem of the product is an upper bound, and shorter ones are tried by what
// formulas mean.

// attemptsMax is the number of steps that are taken to find a shorter run.
const attemptsMax = 1 << 17

// loopMore is the number of steps by which a run with a shorter stem may be longer in
// all.
const loopMore = 4

// shortener looks for short runs that break a claim.
type shortener struct {
	*product
	query *query
	round digraph.Bits // the states that a loop may come to
	left  int          // how many steps may still be taken

	best *run
}

// shorten returns the shortest run that it finds, which is the one that was found in
// the product if there is no shorter one.
func (p *product) shorten(q *query, s *digraph.Search, l *digraph.Lasso) *run {
	r := &shortener{product: p, query: q, left: attemptsMax, best: p.project(l)}
	r.best.stemExact, r.best.loopExact = true, len(l.Loop) == 0
	if len(l.Stem) == 0 && len(l.Loop) == 0 || l.Round == nil {
		return r.best
	}
	r.round = digraph.NewBits(p.graph.Nodes())
	for node := range l.Round.All {
		r.round.Add(p.pairs[node].state)
	}
	goals := s.Still.Clone()
	goals.Or(l.Round)
	r.try(s, s.Graph.LeadingTo(goals), len(l.Stem))
	return r.best
}

// try goes through the product, level by level up to a depth, and tries to go round
// from every state where an accepted run may go round, until there is a run on a level.
func (r *shortener) try(s *digraph.Search, leads digraph.Bits, depth int) {
	stem := newStems(s.Graph)
	wave := stem.begin(s.Sources)
	doubt := false // a shorter stem may do
	for level := 0; level <= depth; level++ {
		tried, done := false, true
		for _, node := range wave {
			if state := r.pairs[node].state; leads.Has(node) && r.round.Has(state) {
				tried = true
				source, hops := stem.to(r.product, node)
				if !r.tryFrom(source, hops) {
					done = false
				}
			}
		}
		found := len(r.best.stem) == level
		if found {
			r.best.stemExact = !doubt
			r.best.loopExact = done || len(r.best.loop) == 0 || len(r.best.loop) == 2
			return
		}
		doubt = doubt || tried
		wave = stem.spread(wave)
	}
}

// tryFrom looks for the shortest loop at the end of a stem. If there is one that is
// better than the best run, it is the best one then. It reports whether all loops that
// are better were tried.
func (r *shortener) tryFrom(source uint32, stem []digraph.Hop) (done bool) {
	entry := source
	if len(stem) > 0 {
		entry = stem[len(stem)-1].To
	}
	longest := len(r.best.loop) + len(r.best.stem) - len(stem) + loopMore
	if len(stem) == len(r.best.stem) {
		longest = len(r.best.loop) - 1
		r.tryRounds(source, stem, entry)
		longest = min(longest, len(r.best.loop)-1)
	}
	for length := 2; length <= longest; length++ {
		loop, done := r.loop(source, stem, entry, entry, length, nil)
		if loop != nil {
			r.best = &run{source: source, stem: stem, loop: loop}
			return true
		}
		if !done {
			return false
		}
	}
	return len(stem) == len(r.best.stem)
}

// tryRounds tries the single rounds of the best loop, if it comes to this entry more
// than once.
func (r *shortener) tryRounds(source uint32, stem []digraph.Hop, entry uint32) {
	var at []int
	loop := r.best.loop
	for i, h := range loop {
		if h.To == entry {
			at = append(at, i+1)
		}
	}
	for i := range at {
		round := slices.Concat(loop[at[len(at)-1]:], loop[:at[0]])
		if i > 0 {
			round = loop[at[i-1]:at[i]]
		}
		if len(round) < len(r.best.loop) && r.breaks(source, stem, round) {
			r.best = &run{source: source, stem: stem, loop: slices.Clone(round)}
		}
	}
}

// loop is a loop with so many more steps, if there is one that breaks the claim. It is
// not done if there were too many to try.
func (r *shortener) loop(source uint32, stem []digraph.Hop, at, entry uint32, length int, hops []digraph.Hop) (found []digraph.Hop, done bool) {
	if length == 0 {
		if at == entry && r.breaks(source, stem, hops) {
			return slices.Clone(hops), true
		}
		return nil, true
	}
	to, labels := r.graph.Edges(at)
	for i, t := range to {
		if t == digraph.Nowhere || !r.round.Has(t) || length == 1 && t != entry {
			continue
		}
		if r.left--; r.left < 0 {
			return nil, false
		}
		found, done := r.loop(source, stem, t, entry, length-1, append(hops, digraph.Hop{To: t, Label: labels.At(i)}))
		if found != nil || !done {
			return found, done
		}
	}
	return nil, true
}

// breaks reports whether a run is fair and breaks the claim, by what both mean.
func (r *shortener) breaks(source uint32, stem, loop []digraph.Hop) bool {
	r.left -= len(stem) + len(loop)
	return r.graph.isFair(loop) && !r.lasso(source, stem, loop).meaning(r.query.formula)[0]
}

// lasso is a run as formulas see it.
func (r *shortener) lasso(source uint32, stem, loop []digraph.Hop) *lasso {
	g := r.graph
	l := &lasso{actions: g.search.Actions(), positions: len(stem) + len(loop), loop: len(stem),
		truth: map[*system.Formula][]bool{}}
	states := []uint32{source}
	for _, h := range slices.Concat(stem, loop) {
		states = append(states, h.To)
		l.steps = append(l.steps, label{action: g.labels.list[h.Label].action})
	}
	for i, plain := range plainParts(r.query.formula) {
		is := make([]bool, l.positions)
		for at := range is {
			is[at] = g.truth[r.query.atoms[i]].Has(states[at])
		}
		l.truth[plain] = is
	}
	return l
}

// isFair reports whether a loop is fair.
func (g *graph) isFair(loop []digraph.Hop) bool {
	enabled, taken := map[int]int{}, map[int]bool{}
	states := map[uint32]bool{}
	for _, h := range loop {
		if demand := g.fairness.DemandOf[h.Label]; demand >= 0 {
			taken[demand] = true
		}
		if states[h.To] {
			continue
		}
		states[h.To] = true
		here := map[int]bool{}
		_, labels := g.Edges(h.To)
		for i := range labels.Len() {
			if demand := g.fairness.DemandOf[labels.At(i)]; demand >= 0 && !here[demand] {
				here[demand] = true
				enabled[demand]++
			}
		}
	}
	for demand, n := range enabled {
		if !taken[demand] && (g.fairness.Strong[demand] || n == len(states)) {
			return false
		}
	}
	return true
}

// stems are the shortest ways to the nodes of a product, level by level.
type stems struct {
	graph  *digraph.Graph
	before []uint32 // of a source: itself
	met    digraph.Bits
}

func newStems(g *digraph.Graph) *stems {
	return &stems{graph: g, before: make([]uint32, g.Nodes()), met: digraph.NewBits(g.Nodes())}
}

func (s *stems) begin(sources digraph.Bits) (wave []uint32) {
	for node := range sources.All {
		s.met.Add(node)
		s.before[node] = node
		wave = append(wave, node)
	}
	return wave
}

func (s *stems) spread(wave []uint32) (next []uint32) {
	for _, node := range wave {
		for _, to := range s.graph.Targets(node) {
			if !s.met.Has(to) {
				s.met.Add(to)
				s.before[to] = node
				next = append(next, to)
			}
		}
	}
	return next
}

// to is the way to a node, as steps of the model.
func (s *stems) to(p *product, node uint32) (source uint32, hops []digraph.Hop) {
	for s.before[node] != node {
		before := s.before[node]
		hops = append(hops, digraph.Hop{To: p.pairs[node].state, Label: s.label(before, node)})
		node = before
	}
	slices.Reverse(hops)
	return p.pairs[node].state, hops
}

func (s *stems) label(from, to uint32) uint32 {
	targets, labels := s.graph.Edges(from)
	return labels.At(slices.Index(targets, to))
}
