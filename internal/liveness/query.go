package liveness

import (
	"cmp"
	"math"

	"github.com/muster-mc/muster/internal/digraph"
	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
)

// query is a claim, prepared for the graph.
type query struct {
	claim
	graph    *graph
	property string // the name of the property that claims it

	// branches are the ways to break the claim, or nil if only an automaton expresses
	// them.
	branches []branch // their union is the set of all runs that break the claim
	atoms    []int    // for an automaton: the claim's plain parts, in the order of plainParts

	premises []premise // for vacuity alone; they do not affect the search
}

// premise is the left side of an implication in a claim, if it is about a single
// state. One outside of the scope of a temporal operator is about initial states. If
// it is never true, the implication demands nothing, and the report says so.
type premise struct {
	when      *expression
	isInitial bool
}

// query prepares a claim, and adds the atoms that it needs to the graph.
func (g *graph) query(property string, c claim) query {
	q := query{claim: c, graph: g, property: property}
	places := map[*system.Formula]int{}
	atom := func(f *system.Formula) int {
		// One formula may be asked for as a premise, in a branch and for the
		// automaton.
		place, known := places[f]
		if !known {
			place = len(g.atoms)
			places[f] = place
			// The place is final: truth is kept by it.
			g.atoms = append(g.atoms, atom{property, f})
		}
		return place
	}
	// The term is the negation of the claim: the search is for runs that break it.
	branches, ok := brancher{atom}.branches(term{c.formula, true})
	// The trigger has all plain parts of the disjunction; denied knows one form of it.
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

// plainParts returns the largest plain parts of a formula, in the order of a walk through
// it. The translator and verify.go number them in the same order. The largest parts are
// taken, so that an automaton has as few atoms as possible: it grows with their number.
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

// appendPremises appends the premises of a formula, each as an atom. isInitial is true
// as long as no temporal operator is around the formula.
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

// denied returns the left side of an implication, which a formula has as Or(Not(left),
// right).
func denied(f *system.Formula) (left *system.Formula, ok bool) {
	if f.Op != model.OpOr || len(f.Parts) != 2 || f.Parts[0].Op != model.OpNot {
		return nil, false
	}
	return &f.Parts[0].Parts[0], true
}

// vacuous reports whether some premise of the claim is never true.
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

// run is a counterexample in the graph of states, in the form of [digraph.Lasso]. Labels
// are kept with the hops, because two steps between the same states may differ in what
// they pay.
type run struct {
	source     uint32
	stem, loop []digraph.Hop

	stemExact bool // no run that breaks the claim has a shorter stem
	loopExact bool // none with a stem as short has a shorter loop
}

// depth returns the number of steps from an initial state to the loop. The stem of a
// run may begin at any state; the steps to its source are those of the search for
// states.
func (r *run) depth(g *graph) int { return g.level(r.source) + len(r.stem) }

// isBetter reports whether a run has a shorter stem than another, or one as short and a
// shorter loop.
func (r *run) isBetter(s *run, g *graph) bool {
	return cmp.Or(cmp.Compare(r.depth(g), s.depth(g)), cmp.Compare(len(r.loop), len(s.loop))) < 0
}

// find looks for a run that breaks the claim: one with the shortest stem, and of those
// the one with the shortest loop. Of equal ones the first branch's counts, so that the
// result is repeatable.
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
			// The other run may have a shorter loop that was not found.
			if r != nil && r.depth(q.graph) == best.depth(q.graph) {
				best.loopExact = best.loopExact && r.loopExact
			}
		}
	}
	return best, nil
}

// extent returns, among 64 states, those where a run that breaks the claim may be, and
// those where it may begin. relevant.go makes the edges of no others, so extent must
// cover each edge that searches need. It is asked while states are still being found,
// hence for one word.
//
// The second search for a trigger may begin at other states, but needs no more edges:
// its loop has the trigger, so each state of the loop is reachable from the trigger.
func (q *query) extent(word int) (inside, sources uint64) {
	initial := q.graph.initialIn(word)
	if q.branches == nil {
		// An automaton may accept any path.
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
		// The union over the branches: edges are made once, for whichever branch needs
		// them.
		inside |= in
		sources |= in & from
	}
	return inside, sources
}

// inside returns the expression of the states where a run may be from its source on.
// For a trigger the source is the state of the trigger. For a tail the source is any
// state: conditions are about the loop alone, and any path may lead to it.
func (b *branch) inside() *expression {
	switch {
	case b.trigger != nil:
		return orAlways(b.after)
	case !b.isTail():
		return orAlways(b.always)
	}
	in := isAlways
	for _, c := range b.conditions {
		// The event of states may happen only finitely often, so the loop avoids its
		// states, and the search for the loop may do so from the start.
		if c.then == nil && c.when.actions(nil) == nil {
			in = both(in, not(c.when)) // the loop is enough, for any way leads to it
		}
	}
	return in
}

// searches returns the searches for the runs of a branch, one or two. With a trigger,
// the first search begins at states of the trigger. The second is for runs with the
// trigger in the loop: the same runs, but the steps before the trigger now count to
// the loop, and the stem may be shorter.
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
		// Initial and always are about the whole run, so the search begins at initial
		// states.
		s.Sources, s.Level = g.initial(), nil
		if b.initial != nil {
			s.Sources = s.Sources.And(b.initial.set(g, ""))
		}
		return []*digraph.Search{s}
	}
	s.Sources = b.trigger.set(g, "")
	// The trigger is in the loop, to which any path may lead; hence all states inside
	// are sources. Staying counts only in a state of the trigger.
	round := *s
	round.Sources, round.Still = inside, s.Still.And(s.Sources)
	// The capacity is clipped, so that the two searches do not share the place of the
	// last condition.
	round.Conditions = append(round.Conditions[:len(s.Conditions):len(s.Conditions)], digraph.Meets(s.Sources))
	return []*digraph.Search{s, &round}
}

// stay removes from Still the states in which staying breaks a condition: If happens
// there for ever, and Then never does. Staying takes no step, so the events' At decides.
// Bits past the last state may be set by the complement of If; they are not in Still, so
// they stay out.
func stay(s *digraph.Search) {
	for _, c := range s.Conditions {
		for i := range s.Still {
			// Word by word, as all sets of states are worked on: 64 states at the price of
			// one.
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
