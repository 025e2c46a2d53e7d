package explore

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

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

// lasso is a run with a loop, and what formulas mean on it, by their definitions: for
// every position the truth now, and what follows. It shares nothing with the engine.
type lasso struct {
	at      []int    // the place at each position
	actions []string // the action of the step from each position, "" where the run stays
	loop    int      // the position after the last one
}

func lassoOf(start int, stem, loop []mazeEdge, actions []model.Action[place]) *lasso {
	w := &lasso{at: []int{start}, loop: len(stem)}
	for _, e := range slices.Concat(stem, loop) {
		w.at = append(w.at, e.to)
		w.actions = append(w.actions, actions[e.action].Name)
	}
	if len(loop) == 0 {
		w.actions = append(w.actions, "") // it stays
	} else {
		w.at = w.at[:len(w.at)-1] // where the loop begins again
	}
	return w
}

func (w *lasso) after(i int) int {
	if i+1 < len(w.at) {
		return i + 1
	}
	return w.loop
}

// holds reports whether a formula is true from a position on. Whatever happens on a
// lasso has happened after as many steps as it has positions.
func (w *lasso) holds(f *model.Formula[place], i int) bool {
	part := func(p, i int) bool { return w.holds(&f.Parts[p], i) }
	switch f.Op {
	case model.OpHolds:
		return f.State(&place{w.at[i]})
	case model.OpHappens:
		return w.actions[i] == f.Action
	case model.OpNot:
		return !part(0, i)
	case model.OpNext:
		return part(0, w.after(i))
	case model.OpAnd, model.OpOr:
		for p := range f.Parts {
			if part(p, i) != (f.Op == model.OpAnd) {
				return f.Op == model.OpOr
			}
		}
		return f.Op == model.OpAnd
	}
	for range 2 * len(w.at) {
		switch {
		case f.Op == model.OpGlobally && !part(0, i):
			return false
		case f.Op == model.OpFinally && part(0, i), f.Op == model.OpUntil && part(1, i):
			return true
		case f.Op == model.OpUntil && !part(0, i):
			return false
		}
		i = w.after(i)
	}
	return f.Op == model.OpGlobally
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
			if lassoOf(start, stem, loop, made.Actions).holds(&f, 0) {
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
