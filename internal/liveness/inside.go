package liveness

import (
	"slices"

	"github.com/muster-mc/muster/internal/digraph"
	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
)

// mayOweTheImpossible reports whether a run may owe steps that only lead outside the
// constraint. Without a constraint a run can always pay what it owes.
func (g *graph) mayOweTheImpossible() bool {
	m := g.search.System()
	return m.Constraint != nil && (m.Progress ||
		slices.ContainsFunc(g.search.Actions(), func(a system.Action) bool { return a.Fair != model.Unfair }))
}

// noteNoRun notes of the claims that hold that no fair run stays inside the
// constraint, so that any claim would hold, if that is so. It says nothing where there
// is no memory to find out.
func (g *graph) noteNoRun(a *Answers) {
	if !g.mayOweTheImpossible() || len(a.Of) == 0 || g.hasFairRun(a) {
		return
	}
	for i, answer := range a.Of {
		answer.NoRun = true
		a.Of[i] = answer
	}
}

// hasFairRun reports whether a fair run stays inside the constraint, or that is not
// known. A counterexample is one.
func (g *graph) hasFairRun(a *Answers) bool {
	for _, answer := range a.Of {
		if answer.Violated {
			return true
		}
	}
	if _, any := g.still.From(0); any {
		return true
	}
	if !g.makeWhole() {
		return true
	}
	all := digraph.NewBits(g.Nodes()).Not(g.Nodes())
	s := &digraph.Search{Graph: g.Graph, Fairness: g.fairness, Inside: all, Sources: g.initial(), Still: g.still, Room: g.room}
	is, err := s.Exists()
	return is || err != nil
}

// makeWhole makes the edges that are missing. It reports false if that cannot be done
// without files.
func (g *graph) makeWhole() bool {
	if g.relevant.taken.Len() == g.Nodes() {
		return true
	}
	if g.IsSpilled() {
		return false
	}
	g.relevant.inside = g.relevant.taken.Not(g.Nodes())
	g.relevant.inside.Or(g.relevant.taken)
	g.relevant.wanted = g.relevant.inside.Clone()
	if !g.takeOnceMore() || g.IsSpilled() {
		return false
	}
	g.fairness = fairness(g.labels, g.search.Actions())
	return true
}
