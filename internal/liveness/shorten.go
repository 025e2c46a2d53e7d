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

// attemptsMax is the number of steps that are taken to find a shorter run. The number
// of loops grows exponentially with their length. Counting steps instead of time makes
// the result repeatable.
const attemptsMax = 1 << 17

// loopMore is the number of steps by which a run with a shorter stem may be longer
// than the best run in all. A shorter stem is not worth any length of loop to the
// reader.
const loopMore = 4

// shortener looks for short runs that break a claim. A run is tested by the meaning of
// the formula, so a run that it accepts is right whatever the automaton does.
type shortener struct {
	*product
	query *query
	round digraph.Bits // the states of fair components of the product, where alone a loop may be
	left  int          // how many steps may still be taken

	best *run
}

// shorten returns the shortest run that it finds, which is that of the product if
// there is no shorter one. A run without stem and loop cannot be shorter, and without
// a fair component there is no loop to try.
func (p *product) shorten(q *query, s *digraph.Search, l *digraph.Lasso) *run {
	r := &shortener{product: p, query: q, left: attemptsMax, best: p.project(l)}
	r.best.stemExact, r.best.loopExact = true, len(l.Loop) == 0
	if len(l.Stem) == 0 && len(l.Loop) == 0 || l.Round == nil {
		return r.best
	}
	// Projected to the states of the model: a loop of the model may be one that the
	// automaton reads only when it has gone round more often.
	r.round = digraph.NewBits(p.graph.Nodes())
	for node := range l.Round.All {
		r.round.Add(p.pairs[node].state)
	}
	goals := s.Still.Clone()
	goals.Or(l.Round)
	r.try(s, s.Graph.LeadingTo(goals), len(l.Stem))
	return r.best
}

// try goes through the product level by level, up to a depth, and tries to loop from
// every state of round, until there is a run on a level. Nodes that lead neither to a
// fair component nor to a place to stay are passed over. If a level has been tried
// without success, a shorter stem may still have a loop that was too long to try, so
// the stem is not exact.
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
		// No shorter stem has been found, and a run with this one has been.
		found := len(r.best.stem) == level
		if found {
			r.best.stemExact = !doubt
			r.best.loopExact = done || len(r.best.loop) <= r.shortestLoop()
			return
		}
		doubt = doubt || tried
		// The next level is made only now, so a run that is found early costs no more than
		// its level.
		wave = stem.spread(wave)
	}
}

// shortestLoop is the number of steps that a loop has at the least: no step leads back to
// its own state, but one may lead to another state of the same orbit.
func (r *shortener) shortestLoop() int {
	if r.graph.search.Orbits() != nil {
		return 1
	}
	return 2
}

// tryFrom looks for the shortest loop at the end of a stem, in the order of length. A
// loop that makes the run better becomes the best run. It reports whether all loops
// that would were tried.
func (r *shortener) tryFrom(source uint32, stem []digraph.Hop) (done bool) {
	entry := source
	if len(stem) > 0 {
		entry = stem[len(stem)-1].To
	}
	longest := len(r.best.loop) + len(r.best.stem) - len(stem) + loopMore
	if len(stem) == len(r.best.stem) {
		longest = len(r.best.loop) - 1
		r.tryRounds(source, stem, entry)
		// A round may have become the best loop.
		longest = min(longest, len(r.best.loop)-1)
	}
	for length := r.shortestLoop(); length <= longest; length++ {
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

// tryRounds tries each single round of the best loop, if the loop comes to the entry
// more than once: the automaton often needs several rounds of one loop. This costs
// little, and lowers the bound for the search.
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

// loop returns a loop with exactly length more steps, if there is one that breaks the
// claim, by trying all paths in the order of edges. It is not done if the attempts ran
// out.
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
		// Each step costs one attempt; breaks counts the whole run, which it
		// evaluates.
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

// breaks reports whether a run is fair and breaks the claim, by the definitions of
// both.
func (r *shortener) breaks(source uint32, stem, loop []digraph.Hop) bool {
	r.left -= len(stem) + len(loop)
	return r.graph.isFair(loop) && !r.lasso(source, stem, loop).meaning(r.query.formula)[0]
}

// lasso returns a run of the graph in the form that meaning evaluates. The last hop
// leads back to the first state of the loop, so there is one position for each hop.
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

// isFair reports whether a loop is fair: each demand is taken, or is enabled nowhere,
// or is weak and disabled somewhere.
func (g *graph) isFair(loop []digraph.Hop) bool {
	// Loops that are tried here have a few steps. For the loops of a counterexample there
	// is witness.go, which is linear.
	enabled, taken := map[int]int{}, map[int]bool{}
	states := map[uint32]bool{}
	for _, h := range loop {
		if demand := g.fairness.DemandOf[h.Label]; demand >= 0 {
			taken[demand] = true
		}
		// Steps possible at a state are counted once, however often the loop comes
		// there.
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

// stems are shortest paths to the nodes of a product, made level by level. The model's
// steps are read off the product, whose edges have the labels of the graph.
type stems struct {
	graph  *digraph.Graph
	before []uint32 // the predecessor of each node that was met; a source is its own
	met    digraph.Bits
}

func newStems(g *digraph.Graph) *stems {
	return &stems{graph: g, before: make([]uint32, g.Nodes()), met: digraph.NewBits(g.Nodes())}
}

// begin returns the first level: the sources.
func (s *stems) begin(sources digraph.Bits) (wave []uint32) {
	for node := range sources.All {
		s.met.Add(node)
		s.before[node] = node
		wave = append(wave, node)
	}
	return wave
}

// spread returns the next level. The order of a level depends on the graph alone.
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

// to returns the path to a node as a source and steps of the model.
func (s *stems) to(p *product, node uint32) (source uint32, hops []digraph.Hop) {
	for s.before[node] != node {
		before := s.before[node]
		hops = append(hops, digraph.Hop{To: p.pairs[node].state, Label: s.label(before, node)})
		node = before
	}
	slices.Reverse(hops)
	return p.pairs[node].state, hops
}

// label returns the label of the first edge between two nodes. Always the first, so that
// the result is repeatable; all of them lead to the same state.
func (s *stems) label(from, to uint32) uint32 {
	targets, labels := s.graph.Edges(from)
	return labels.At(slices.Index(targets, to))
}
