package explore

import (
	"flag"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"

	"github.com/muster-mc/muster/model"
)

// lassoMazes is how many random graphs TestLassosAreShort tries.
var lassoMazes = flag.Int("mazes", 400, "random graphs on which the lengths of lassos are measured")

// A counterexample is nearly always as short as any: of all states that the runs come to,
// at most two in a hundred are more than the shortest runs would take, no run is twice
// as long, and what is said to be shortest is. The shortest is found by trying all runs.
func TestLassosAreShort(t *testing.T) {
	f := lengths{}
	for seed := range *lassoMazes {
		f.measure(t, uint64(seed))
	}
	t.Logf("%d runs: %d with a longer stem than the shortest, %d longer than the shortest with that stem; %d states, %d would do (%.4f); "+
		"%d would do with any stem (%.4f); proved: %d stems, %d loops; %d longer than what was tried",
		f.runs, f.longStem, f.longer, f.states, f.least, float64(f.states)/float64(f.least),
		f.leastOfAll, float64(f.states)/float64(f.leastOfAll), f.stems, f.loops, f.untried)
	if f.runs < *lassoMazes || 100*f.states > 102*f.least {
		t.Errorf("%d runs come to %d states, where %d would do", f.runs, f.states, f.least)
	}
}

// lengths is how long the runs were, and how long they might have been.
type lengths struct {
	runs, longStem, longer    int
	states, least, leastOfAll int
	stems, loops              int // of which it was said that they are shortest
	untried                   int // runs longer than those that were tried
}

func (f *lengths) measure(t *testing.T, seed uint64) {
	m, formulas := seeded(seed)
	var properties []model.Property[place]
	for i, formula := range formulas {
		properties = append(properties, model.Temporal(string(rune('A'+i)), formula))
	}
	made := m.model(properties...)
	r, err := Check(t.Context(), made, Options{Workers: 1})
	if err != nil {
		t.Fatal(err)
	}
	o := newOracle(m)
	for i, p := range r.Properties {
		if p.Verdict != Violated {
			continue
		}
		stem, loop := p.Trace.Loop-1, p.Trace.Length-p.Trace.Loop
		bestStem, bestLoop, bestOfAll, found := o.shortest(&formulas[i], made.Actions, stem, loop)
		if !found {
			f.untried++
			continue
		}
		f.runs++
		f.states += stem + loop + 1
		f.least += bestStem + bestLoop + 1
		f.leastOfAll += bestOfAll + 1
		if bestStem < stem {
			f.longStem++
		}
		if bestStem < stem || bestLoop < loop {
			f.longer++
		}
		if p.Shortest != "" {
			f.stems++
		}
		if p.Shortest == ShortestLoop {
			f.loops++
		}
		switch {
		case p.Shortest != "" && bestStem < stem, p.Shortest == ShortestLoop && bestLoop < loop:
			t.Fatalf("seed %d, %s: said to be shortest (%s) is %s; a stem of %d and a loop of %d would do", seed, p.Name,
				p.Shortest, roundOf(p.Trace), bestStem, bestLoop)
		case stem+loop+1 >= 2*(bestStem+bestLoop+1) && stem+loop > bestStem+bestLoop:
			t.Errorf("seed %d, %s: %s, but a stem of %d and a loop of %d would do", seed, p.Name, roundOf(p.Trace), bestStem, bestLoop)
		}
	}
}

// seeded draws a maze and some formulas from a seed, so that a measurement can be made
// again.
func seeded(seed uint64) (m maze, formulas []model.Formula[place]) {
	rapid.Custom(func(t *rapid.T) int {
		m = drawMaze(t, 5)
		p := func() model.Formula[place] { return model.Holds(at(rapid.Uint64Range(0, 31).Draw(t, "set"))) }
		formulas = []model.Formula[place]{
			drawFormula(t, m, 3), drawFormula(t, m, 3), model.Finally(p()), model.Globally(model.IfThen(p(), model.Finally(p()))),
			model.Globally(model.Finally(p())), model.Finally(model.Globally(p())),
		}
		return 0
	}).Example(int(rand.New(rand.NewPCG(seed, 18)).Uint32() >> 1))
	return m, formulas
}

// shortest is the length of the shortest stem of a fair run that breaks a formula, of
// the shortest loop with such a stem, and of the shortest run of all. It tries those with
// fewer than eight steps, or as many as a run with this stem and loop.
func (o *oracle) shortest(f *model.Formula[place], actions []model.Action[place], stemMax, loopMax int) (stem, loop, all int, found bool) {
	tries := 0
	for far := 0; (far <= stemMax || far < all) && tries <= triesMax; far++ {
		most := 7 - far
		switch {
		case far > stemMax:
			most = min(most, all-1-far)
		case far == stemMax:
			most = min(most, loopMax)
		}
		o.lassos(far, max(0, most), func(start int, s, l []mazeEdge) bool {
			if tries++; tries > triesMax {
				return false
			}
			if len(s) != far || !o.isFairLasso(s, l, start) || lassoOf(start, s, l, actions).holds(f, 0) {
				return true
			}
			if !found || far == stem && len(l) < loop {
				if !found {
					stem, all = far, far+len(l)
				}
				loop, found = len(l), true
			}
			all = min(all, far+len(l))
			return true
		})
	}
	return stem, loop, all, found
}

// triesMax is the number of runs that are tried for a formula.
const triesMax = 200_000
