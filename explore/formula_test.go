package explore

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
)

// drawFormula draws a formula over places and the actions of a maze.
func drawFormula(t *rapid.T, m maze, depth int) model.Formula[place] {
	leaves := []string{"holds", "holds", "happens"}
	inner := []string{"not", "and", "or", "next", "until", "globally", "finally"}
	if depth > 0 {
		leaves = append(leaves, append(inner, inner...)...)
	}
	part := func() model.Formula[place] { return drawFormula(t, m, depth-1) }
	switch rapid.SampledFrom(leaves).Draw(t, "op") {
	case "happens":
		return model.Happens[place](fmt.Sprint("A", rapid.IntRange(0, len(m.actions)-1).Draw(t, "action")))
	case "not":
		return model.Not(part())
	case "and":
		return model.And(part(), part())
	case "or":
		return model.Or(part(), part())
	case "next":
		return model.Next(part())
	case "until":
		return model.Until(part(), part())
	case "globally":
		return model.Globally(part())
	case "finally":
		return model.Finally(part())
	}
	return model.Holds(at(rapid.Uint64Range(0, 15).Draw(t, "set")))
}

// lassos calls yield for runs of a maze: all whose stem and loop are no longer
// than this, until it returns false. A run is the edges that it takes.
func (o *oracle) lassos(stemMax, loopMax int, yield func(start int, stem, loop []mazeEdge) bool) {
	var grow func(start, at int, stem, loop []mazeEdge, round bool) bool
	grow = func(start, at int, stem, loop []mazeEdge, round bool) bool {
		first := start
		if len(stem) > 0 {
			first = stem[len(stem)-1].to
		}
		if (!round || at == first) && !yield(start, stem, loop) { // not round: it stays here
			return false
		}
		for _, e := range o.all {
			if e.from != at || !o.isInside(e.to) {
				continue
			}
			if len(loop) < loopMax && !grow(start, e.to, stem, append(loop[:len(loop):len(loop)], e), true) {
				return false
			}
			if !round && len(stem) < stemMax && !grow(start, e.to, append(stem[:len(stem):len(stem)], e), nil, false) {
				return false
			}
		}
		return true
	}
	for _, n := range o.starts {
		if o.isInside(n) && !grow(n, n, nil, nil, false) {
			return
		}
	}
}

// wordOf is a run as formulas see it. It shares nothing with how the engine makes
// one but the type.
func wordOf(f *system.Formula, actions []system.Action, start int, stem, loop []mazeEdge) *word {
	w := &word{actions: actions, loop: len(stem), stays: len(loop) == 0, truth: map[*system.Formula][]bool{}}
	at := []int{start}
	for _, e := range append(append([]mazeEdge{}, stem...), loop...) {
		at = append(at, e.to)
		w.steps = append(w.steps, label{action: e.action})
	}
	if !w.stays {
		at = at[:len(at)-1] // where the loop begins again
	}
	w.positions = len(at)
	for _, plain := range plainParts(f) {
		for _, n := range at {
			w.truth[plain] = append(w.truth[plain], isTrue(plain, &place{n}))
		}
	}
	return w
}

// isFairLasso reports whether going round a loop is fair.
func (o *oracle) isFairLasso(stem, loop []mazeEdge, start int) bool {
	at := start
	if len(stem) > 0 {
		at = stem[len(stem)-1].to
	}
	places, takes := uint64(1)<<at, map[string]bool{}
	for _, e := range loop {
		places |= 1 << e.to
		takes[e.demand] = true
	}
	enabled := map[string]uint64{}
	moves := uint64(0)
	strong := map[string]bool{}
	for _, e := range o.all {
		if places&(1<<e.from) != 0 {
			moves |= 1 << e.from
			enabled[e.demand] |= 1 << e.from
			strong[e.demand] = e.strong
		}
	}
	for demand, where := range enabled {
		if demand != "" && !takes[demand] && (strong[demand] || where == places) {
			return false
		}
	}
	return !(o.progress && len(loop) == 0 && moves != 0)
}

// TestFormulas compares verdicts on random formulas with what all short runs
// say. That a counterexample is one, whatever its length, the engine finds out by
// itself; what it must not do is overlook one.
func TestFormulas(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawMaze(t, 4)
		f := drawFormula(t, m, 3)
		made := m.model(model.Temporal("F", f), model.Temporal("NotF", model.Not(f)))
		r, err := Check(t.Context(), made, Options{})
		if err != nil {
			t.Fatal(err)
		}
		erased := system.Of(made)
		claim := erased.Properties[0].Formula
		o := newOracle(m)
		tries := 0
		o.lassos(3, 4, func(start int, stem, loop []mazeEdge) bool {
			if tries++; tries > 3000 {
				return false
			}
			if !o.isFairLasso(stem, loop, start) {
				return true
			}
			name := "F"
			if wordOf(claim, erased.Actions, start, stem, loop).meaning(claim)[0] {
				name = "NotF"
			}
			for _, p := range r.Properties {
				if p.Name == name && p.Verdict != Violated {
					t.Fatalf("%s %s, but for %d, %v and round %v", name, p.Verdict, start, stem, loop)
				}
			}
			return true
		})
	})
}

// TestSimpleFormsAreFormulas: the four simple properties and the formulas that
// they stand for, which an automaton reads, are one.
func TestSimpleFormsAreFormulas(t *testing.T) {
	p := model.Holds(at(1))
	for _, f := range []struct {
		property model.Property[place]
		form     form
	}{
		{model.Eventually("P", at(1)), formEventually},
		{model.LeadsTo("P", at(1), at(2)), formResponse},
		{model.Recurs("P", at(1)), formRecurs},
		{model.Settles("P", at(1)), formSettles},
		{model.Temporal("P", model.Globally(model.Or(p, model.Finally(p), model.Not(p)))), formResponse},
		{model.Temporal("P", model.Globally(p)), formGeneral},
		{model.Temporal("P", model.Globally(model.Or(model.Finally(p), model.Finally(p)))), formGeneral},
		{model.Temporal("P", model.Globally(model.IfThen(model.Next(p), model.Finally(p)))), formGeneral},
	} {
		erased := system.Of(&model.Model[place]{Properties: []model.Property[place]{f.property}})
		g := &stateGraph{engine: &engine{}}
		if q := g.query("P", claimsOf(erased.Properties[0].Formula)[0]); q.form != f.form {
			t.Errorf("%+v: form %d, want %d", f.property.Kind, q.form, f.form)
		}
	}
}
