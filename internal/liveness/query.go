package liveness

import (
	"cmp"
	"math"

	"github.com/muster-mc/muster/internal/digraph"
	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
)

// query is a claim put to the graph.
type query struct {
	claim
	graph *graph

	branches []branch // the ways to break the claim; nil if it takes an automaton
	atoms    []int    // of an automaton: all plain parts of the claim, in their order

	premises []premise
}

// premise is the left side of an implication in a claim, if that is about a single
// state. One that is not in the scope of a temporal operator is about initial states.
type premise struct {
	when      *expression
	isInitial bool
}

// query prepares for checking a claim, and says which atoms it needs.
func (g *graph) query(property string, c claim) query {
	q := query{claim: c, graph: g}
	places := map[*system.Formula]int{}
	atom := func(f *system.Formula) int {
		place, known := places[f]
		if !known {
			place = len(g.atoms)
			places[f] = place
			g.atoms = append(g.atoms, atom{property, f})
		}
		return place
	}
	branches, ok := brancher{atom}.branches(term{c.formula, true})
	if ok && isResponse(c.formula) {
		q.premises = []premise{{when: branches[0].trigger}}
	} else {
		q.premises = appendPremises(nil, c.formula, true, atom)
	}
	if ok && !g.tuning.Automata {
		q.branches = branches
		return q
	}
	for _, f := range plainParts(c.formula) {
		q.atoms = append(q.atoms, atom(f))
	}
	return q
}

// plainParts are the largest parts of a formula that are about a single state.
func plainParts(f *system.Formula) []*system.Formula {
	if isPlain(f) {
		return []*system.Formula{f}
	}
	var list []*system.Formula
	for i := range f.Parts {
		list = append(list, plainParts(&f.Parts[i])...)
	}
	return list
}

// appendPremises appends the premises of a formula. The function makes an atom of each.
func appendPremises(list []premise, f *system.Formula, isInitial bool, atom func(*system.Formula) int) []premise {
	if not, ok := denied(f); ok && isPlain(not) {
		list = append(list, premise{&expression{op: model.OpHolds, atom: atom(not)}, isInitial})
	}
	switch f.Op {
	case model.OpNot, model.OpAnd, model.OpOr:
	default:
		isInitial = false
	}
	for i := range f.Parts {
		list = appendPremises(list, &f.Parts[i], isInitial, atom)
	}
	return list
}

// denied is the left side of an implication.
func denied(f *system.Formula) (left *system.Formula, ok bool) {
	if f.Op != model.OpOr || len(f.Parts) != 2 || f.Parts[0].Op != model.OpNot {
		return nil, false
	}
	return &f.Parts[0].Parts[0], true
}

// vacuous reports whether some implication of the claim asks for an answer to what never
// happens.
func (q *query) vacuous() bool {
	for _, p := range q.premises {
		truth := p.when.set(q.graph, "")
		if p.isInitial {
			truth = truth.And(q.graph.initial())
		}
		if _, ever := truth.From(0); !ever {
			return true
		}
	}
	return false
}

// run is a counterexample in the graph of states; see [digraph.Lasso].
type run struct {
	source     uint32
	stem, loop []digraph.Hop

	stemExact bool // no run that breaks the claim has a shorter stem
	loopExact bool // none with a stem as short has a shorter loop
}

// depth is the number of steps from the beginning to the loop.
func (r *run) depth(g *graph) int { return g.level(r.source) + len(r.stem) }

// isBetter reports whether a run has a shorter stem than another, or one as short and a
// shorter loop.
func (r *run) isBetter(s *run, g *graph) bool {
	return cmp.Or(cmp.Compare(r.depth(g), s.depth(g)), cmp.Compare(len(r.loop), len(s.loop))) < 0
}

// find looks for a run that breaks the claim: one with the shortest stem, and of those
// the one with the shortest loop.
func (q *query) find() (*run, error) {
	if q.branches == nil {
		return q.findByAutomaton()
	}
	var best *run
	for i := range q.branches {
		for _, s := range q.searches(&q.branches[i]) {
			l, err := s.Find()
			if err != nil {
				return nil, err
			}
			if l == nil {
				break // the second search is for some of the runs that the first one is for
			}
			r := &run{source: l.Source, stem: l.Stem, loop: l.Loop, stemExact: true, loopExact: l.Exact}
			if best == nil || r.isBetter(best, q.graph) {
				best, r = r, best
			}
			if r != nil && r.depth(q.graph) == best.depth(q.graph) {
				best.loopExact = best.loopExact && r.loopExact
			}
		}
	}
	return best, nil
}

// extent is where, among 64 states, the runs may be that break the claim, and where
// they may begin.
func (q *query) extent(word int) (inside, sources uint64) {
	initial := q.graph.initialIn(word)
	if q.branches == nil {
		return math.MaxUint64, initial
	}
	for i := range q.branches {
		b := &q.branches[i]
		in, from := b.inside().word(q.graph, word, ""), initial
		switch {
		case b.trigger != nil:
			from = b.trigger.word(q.graph, word, "")
		case b.isTail():
			from = in
		case b.initial != nil:
			from &= b.initial.word(q.graph, word, "")
		}
		inside |= in
		sources |= in & from
	}
	return inside, sources
}

// inside is where a run may be, from where the search for it begins.
func (b *branch) inside() *expression {
	switch {
	case b.trigger != nil:
		return orAlways(b.after)
	case !b.isTail():
		return orAlways(b.always)
	}
	in := isAlways
	for _, c := range b.conditions {
		if c.then == nil && c.when.actions(nil) == nil {
			in = both(in, not(c.when)) // the loop is enough, for any way leads to it
		}
	}
	return in
}

// searches are the searches for the runs of a branch. The second one, if there is one,
// is for runs that are runs of the first one too, but may have shorter stems there.
func (q *query) searches(b *branch) []*digraph.Search {
	g := q.graph
	inside := b.inside().set(g, "")
	s := &digraph.Search{Graph: g.Graph, Fairness: g.fairness, Inside: inside, Sources: inside, Room: g.room, Level: g.level,
		Still: g.still.Clone()}
	for _, c := range b.conditions {
		s.Conditions = append(s.Conditions, digraph.Condition{If: c.when.event(g), Then: c.then.event(g)})
	}
	stay(s)
	switch {
	case b.isTail():
		return []*digraph.Search{s}
	case b.trigger == nil:
		s.Sources, s.Level = g.initial(), nil
		if b.initial != nil {
			s.Sources = s.Sources.And(b.initial.set(g, ""))
		}
		return []*digraph.Search{s}
	}
	s.Sources = b.trigger.set(g, "")
	round := *s // the trigger is in the loop, to which any way leads
	round.Sources, round.Still = inside, s.Still.And(s.Sources)
	round.Conditions = append(round.Conditions[:len(s.Conditions):len(s.Conditions)], digraph.Meets(s.Sources))
	return []*digraph.Search{s, &round}
}

// stay takes out of the nodes where a run may stay those where it breaks a condition.
func stay(s *digraph.Search) {
	for _, c := range s.Conditions {
		for i := range s.Still {
			keep := uint64(0)
			if c.If != nil {
				keep = ^c.If.At[i]
			}
			if c.Then != nil {
				keep |= c.Then.At[i]
			}
			s.Still[i] &= keep
		}
	}
}
