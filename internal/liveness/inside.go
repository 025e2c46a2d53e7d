package liveness

import (
	"slices"

	"github.com/muster-mc/muster/internal/digraph"
	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
)

// mayOweTheImpossible reports whether a run may owe steps that only lead outside the
// constraint. Without a constraint a run can pay all that it owes, so from every state
// there is a fair run.
func (g *graph) mayOweTheImpossible() bool {
	m := g.search.System()
	return m.Constraint != nil && (m.Progress ||
		slices.ContainsFunc(g.search.Actions(), func(a system.Action) bool { return a.Fair != model.Unfair }))
}

// noteNoRun marks the properties that hold if no fair run stays inside the constraint:
// any claim would hold then, and "holds" says nothing about the model. Without the
// memory to find out, it marks none.
func (g *graph) noteNoRun(a *Answers) {
	if !g.mayOweTheImpossible() || len(a.Of) == 0 || g.hasFairRun(a) {
		return
	}
	for i, answer := range a.Of {
		answer.NoRun = true
		a.Of[i] = answer
	}
}

// hasFairRun reports whether a fair run stays inside the constraint, or that is
// unknown. It asks the cheap questions first: a counterexample is such a run, and so
// is one that stays.
func (g *graph) hasFairRun(a *Answers) bool {
	for _, answer := range a.Of {
		if answer.Violated {
			return true
		}
	}
	// A state in which a run may stay was reached by some path, and no fairness is owed on
	// the way.
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

// makeWhole makes the edges of all states. It reports false if that is impossible without
// files. The labels may then be in another order than sort gave them, but only the
// existence of a run is asked for from here on. A graph with edges in a file stays as it
// is: to make the missing edges would read and write every chunk once more, for a remark
// in the report.
func (g *graph) makeWhole() bool {
	if g.relevant.taken.Len() == g.Nodes() {
		return true
	}
	if g.IsSpilled() {
		return false
	}
	// Not only the states without edges: a scan asks whether the states that edges lead to
	// are inside.
	g.relevant.inside = g.relevant.taken.Not(g.Nodes())
	g.relevant.inside.Or(g.relevant.taken)
	g.relevant.wanted = g.relevant.inside.Clone()
	if !g.takeOnceMore() || g.IsSpilled() {
		return false
	}
	g.fairness = fairness(g.labels, g.search.Actions())
	return true
}
