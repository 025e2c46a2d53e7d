package liveness

import (
	"github.com/muster-mc/muster/internal/digraph"
	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
)

// query is a claim put to the graph.
type query struct {
	claim
	graph *graph

	// What the claim is about, as far as its form is one of those that need no
	// automaton: indices of atoms.
	form            form
	trigger, answer int
	atoms           []int // of any other form: all its plain parts, in the order of terms

	premises []premise
}

// premise is the left side of an implication in a claim, if that is about a single
// state. One that is not in the scope of a temporal operator is about initial states.
type premise struct {
	atom      int
	isInitial bool
}

// form is how a claim is checked.
type form int

const (
	formGeneral form = iota
	formEventually
	formResponse
	formRecurs
	formSettles
)

// query prepares for checking a claim, and says which atoms it needs.
func (g *graph) query(property string, c claim) query {
	q := query{claim: c, graph: g, trigger: -1, answer: -1}
	atom := func(f *system.Formula) int {
		g.atoms = append(g.atoms, atom{property, f})
		return len(g.atoms) - 1
	}
	if !g.tuning.Automata {
		if f, ok := finallyPlain(c.formula); ok {
			q.form, q.answer = formEventually, atom(f)
		} else if f, ok := recursPlain(c.formula); ok {
			q.form, q.answer = formRecurs, atom(f)
		} else if f, ok := settlesPlain(c.formula); ok {
			q.form, q.answer = formSettles, atom(f)
		}
	}
	if r, ok := responseOf(c.formula); ok {
		q.trigger = atom(r.trigger)
		if !g.tuning.Automata {
			q.form, q.answer = formResponse, atom(r.answer)
		}
	}
	if q.trigger >= 0 {
		q.premises = []premise{{atom: q.trigger}}
	} else {
		q.premises = appendPremises(nil, c.formula, true, atom)
	}
	if q.form == formGeneral {
		for _, f := range plainParts(c.formula) {
			q.atoms = append(q.atoms, atom(f))
		}
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
		list = append(list, premise{atom(not), isInitial})
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
		truth := q.graph.truth[p.atom]
		if p.isInitial {
			truth = truth.And(q.graph.initial())
		}
		if _, ever := truth.From(0); !ever {
			return true
		}
	}
	return false
}

// find looks for a run that breaks the claim.
func (q *query) find() (*run, error) {
	if q.form == formGeneral {
		return q.findByAutomaton()
	}
	l, err := q.search().Find()
	if l == nil {
		return nil, err
	}
	return &run{source: l.Source, stem: l.Stem, loop: l.Loop}, nil
}

// run is a counterexample in the graph of states; see [digraph.Lasso].
type run struct {
	source     uint32
	stem, loop []digraph.Hop
}

// extent is where, among 64 states, the runs may be that break the claim, and where
// they may begin.
func (q *query) extent(word int) (inside, sources uint64) {
	const all = ^uint64(0)
	truth := q.graph.truth
	switch q.form {
	case formEventually:
		return ^truth[q.answer][word], q.graph.initialIn(word)
	case formResponse:
		return ^truth[q.answer][word], truth[q.trigger][word]
	case formRecurs:
		return ^truth[q.answer][word], all
	case formSettles:
		return all, all
	}
	return all, q.graph.initialIn(word)
}

// search is for a run that breaks a claim of a simple form. Each of them is
// broken by running on without the answer.
func (q *query) search() *digraph.Search {
	g := q.graph
	without := g.truth[q.answer].Not(g.Nodes())
	s := &digraph.Search{Graph: g.Graph, Fairness: g.fairness, Inside: without, Still: g.still, Level: g.level, Room: g.room}
	switch q.form {
	case formEventually: // from the beginning on
		s.Sources = g.initial()
	case formResponse: // from a trigger on
		s.Sources = g.truth[q.trigger]
	case formRecurs: // from anywhere on
		s.Sources = without
	case formSettles: // again and again
		s.Inside = digraph.NewBits(g.Nodes()).Not(g.Nodes())
		s.Sources = s.Inside
		s.Accept = []digraph.Bits{without}
		s.Still = g.still.And(without)
	}
	return s
}
