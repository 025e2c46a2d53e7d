package liveness

import (
	"fmt"

	"github.com/muster-mc/muster/internal/buchi"
	"github.com/muster-mc/muster/internal/digraph"
	"github.com/muster-mc/muster/internal/system"
)

// product is the graph of states read by an automaton. A node is a pair of a state and
// a state of the automaton that may read it; a path in the product is a run together
// with one way in which the automaton reads the run. A fair path that meets every
// acceptance set infinitely often is a fair run that breaks the claim.
type product struct {
	graph     *graph
	automaton *buchi.Automaton
	letters   *alphabet
	steps     []uint64 // by label: the part of a letter that the step decides

	number map[pair]uint32   // the nodes, by pair
	pairs  []pair            // by node
	stays  map[uint64][]bool // by letter: the states of the automaton that accept its repetition for ever
}

// pair is a node of the product.
type pair struct {
	state uint32 // a node of the graph
	reads uint16 // a state of the automaton; an automaton has at most 4,096
}

// findByAutomaton looks for a run that breaks the claim among those that the automaton
// of its negation accepts. The edges must be in memory: the product visits states in
// an order of its own, so each edge could be a read from the file.
func (q *query) findByAutomaton() (*run, error) {
	if q.graph.IsSpilled() {
		return nil, digraph.ErrTooLarge // it would be gone through in any order
	}
	a, l, err := q.translate()
	if err != nil {
		return nil, &system.ModelError{Problem: fmt.Sprintf("property %s: its formula is too large: %v", q.property, err)}
	}
	p := &product{graph: q.graph, automaton: a, letters: l, number: map[pair]uint32{}, stays: map[uint64][]bool{}}
	for _, step := range q.graph.labels.list {
		p.steps = append(p.steps, l.step(step.action))
	}
	s := p.search()
	lasso, err := s.Find()
	if lasso == nil {
		return nil, err
	}
	return p.shorten(q, s, lasso), nil
}

// search makes the product, breadth-first, and returns the search in it. Nodes of the
// product are thus numbered like those of the graph, as the sweeps in digraph prefer.
// Only the part that is reachable is made. Fairness is judged in the graph of the
// model: the automaton may forbid a step, but the step is still possible.
func (p *product) search() *digraph.Search {
	for n := range uint32(p.graph.search.Counts().Initial) {
		p.enter(n, p.automaton.Initial, nil)
	}
	sources := len(p.pairs)
	var chunks []digraph.Chunk
	for i := 0; i < len(p.pairs); i++ {
		// pairs grows while it is read: enter appends nodes in the order in which they
		// are met, and expand comes to each of them later.
		if i%digraph.ChunkNodes == 0 {
			chunks = append(chunks, digraph.Chunk{})
		}
		c := &chunks[len(chunks)-1]
		c.Begin(uint32(i))
		p.expand(p.pairs[i], c)
	}
	g := digraph.New(len(p.pairs))
	for i := range chunks {
		_ = g.Set(i, &chunks[i]) // it is in memory
	}
	all := digraph.NewBits(len(p.pairs)).Not(len(p.pairs))
	s := &digraph.Search{Graph: g, Model: p.graph.Graph, Fairness: p.graph.fairness,
		Inside: all, Sources: digraph.NewBits(len(p.pairs)), Still: digraph.NewBits(len(p.pairs))}
	for i := range sources {
		s.Sources.Add(uint32(i))
	}
	p.describe(s)
	return s
}

// enter makes the nodes of a state with those states of the automaton that may read it,
// and calls yield for each. The next step is not known yet, so only the atoms of the
// state are tested here; expand tests the actions. Nodes that cannot read the state are
// never made.
func (p *product) enter(state uint32, next []int, yield func(node uint32)) {
	letter := p.letters.state(state)
	for _, reads := range next {
		r := p.automaton.States[reads]
		if r.With&p.letters.plain&^letter != 0 || r.Without&letter != 0 {
			continue
		}
		at := pair{state, uint16(reads)}
		// Nodes are numbered as they are met, which keeps the order breadth-first.
		node, known := p.number[at]
		if !known {
			node = uint32(len(p.pairs))
			p.number[at] = node
			p.pairs = append(p.pairs, at)
		}
		if yield != nil {
			yield(node)
		}
	}
}

// expand makes the edges of a node: each step that the automaton may read there, to
// the next state with each successor of the automaton's state.
func (p *product) expand(at pair, c *digraph.Chunk) {
	reads := &p.automaton.States[at.reads]
	letter := p.letters.state(at.state)
	targets, labels := p.graph.Edges(at.state)
	for i, to := range targets {
		if to != digraph.Nowhere && reads.Allows(letter|p.steps[labels.At(i)]) {
			// The label of the model's step is kept, for fairness is owed to steps and not
			// to the automaton.
			p.enter(to, reads.Next, func(node uint32) { c.Add(node, labels.At(i)) })
		}
	}
}

// describe adds to the search the state of each node, the acceptance sets as conditions,
// and the nodes where a run may stay: fairness must allow that, and the automaton must
// accept it. It comes after the nodes are known, because the sets have a bit for each.
func (p *product) describe(s *digraph.Search) {
	for range p.automaton.Sets {
		s.Conditions = append(s.Conditions, digraph.Meets(digraph.NewBits(len(p.pairs))))
	}
	for i, at := range p.pairs {
		s.States = append(s.States, at.state)
		for k := range s.Conditions {
			if p.automaton.States[at.reads].Accepting&(1<<k) != 0 {
				s.Conditions[k].Then.At.Add(uint32(i))
			}
		}
		if p.graph.still.Has(at.state) && p.mayStay(at) {
			s.Still.Add(uint32(i))
		}
	}
}

// mayStay reports whether the automaton accepts a run that stays in the state for
// ever, and so repeats one letter. The automaton may still go through several of its
// own states; the result is kept by letter, since few letters differ.
func (p *product) mayStay(at pair) bool {
	letter := p.letters.state(at.state)
	accepted, known := p.stays[letter]
	if !known {
		accepted = p.automaton.AcceptsConstant(letter)
		p.stays[letter] = accepted
	}
	return accepted[at.reads]
}

// project returns the run without the states of the automaton.
func (p *product) project(l *digraph.Lasso) *run {
	r := &run{source: p.pairs[l.Source].state}
	for _, h := range l.Stem {
		r.stem = append(r.stem, digraph.Hop{To: p.pairs[h.To].state, Label: h.Label})
	}
	for _, h := range l.Loop {
		r.loop = append(r.loop, digraph.Hop{To: p.pairs[h.To].state, Label: h.Label})
	}
	return r
}
