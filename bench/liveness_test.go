package bench

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/models"
	"github.com/muster-mc/muster/models/twophase"
)

// BenchmarkWholeRuns compares a search that also checks a leads-to property with one that
// checks properties of states only. The runs alternate, with one worker. The first
// property is relevant in few states, the second in almost all.
func BenchmarkWholeRuns(b *testing.B) {
	for _, claim := range []string{"CommitReachesAll", "AbortReachesAll"} {
		b.Run(claim, func(b *testing.B) { wholeRuns(b, claim) })
	}
}

func wholeRuns(b *testing.B, claim string) {
	beside(b, twophase.New(twophase.Config{RMs: 8, Live: true}), "Consistent", "AllCommit", "AllAbort", explore.Deadlock, claim)
}

// BenchmarkFairByArguments does the same for models in which fairness tells the steps
// of an action apart.
func BenchmarkFairByArguments(b *testing.B) {
	b.Run("election", func(b *testing.B) { beside(b, NewElection()) })
	b.Run("table", func(b *testing.B) { beside(b, NewTable()) })
	b.Run("network", func(b *testing.B) { beside(b, NewNetwork()) })
}

// BenchmarkAllInitial does the same where all states are initial.
func BenchmarkAllInitial(b *testing.B) {
	m := NewTriangle()
	b.Run("two", func(b *testing.B) { beside(b, m) })
	nothing := m.Properties[2].Formula.Parts[0].State
	asked := func(p func(*Triangle) bool) model.Formula[Triangle] {
		return model.IfThen(model.Holds(p), model.Finally(model.Holds(nothing)))
	}
	m = NewTriangle()
	m.Properties[1] = model.Temporal("Asked", asked(func(s *Triangle) bool { return s.A > 0 }))
	m.Properties[2] = model.Temporal("Both", model.And(asked(func(s *Triangle) bool { return s.A > 0 }), asked(func(s *Triangle) bool { return s.B > 0 })))
	b.Run("asked", func(b *testing.B) { beside(b, m, "Inside", "Asked") })
	b.Run("asked twice", func(b *testing.B) { beside(b, m, "Inside", "Both") })
}

// BenchmarkCatalogue does the same for every model of the catalogue that claims something of
// whole runs, in its default size. Symmetry is off, which would be off only where claims
// forbid it. A round of a small model is many runs, for one takes less than the clock tells.
func BenchmarkCatalogue(b *testing.B) {
	for _, e := range models.All {
		m, err := e.Open(catalog.Settings{})
		if err != nil {
			b.Fatal(err)
		}
		if !slices.ContainsFunc(m.Properties(), func(p catalog.Property) bool { return p.Kind.IsTemporal() }) {
			continue
		}
		b.Run(e.Name, func(b *testing.B) { besideInCatalogue(b, m) })
	}
	live, err := findEntry("twophase").Open(catalog.Settings{With: catalog.With{"live": "true"}})
	if err != nil {
		b.Fatal(err)
	}
	b.Run("twophase live", func(b *testing.B) { besideInCatalogue(b, live) })
}

func findEntry(name string) catalog.Entry {
	return models.All[slices.IndexFunc(models.All, func(e catalog.Entry) bool { return e.Name == name })]
}

// besideInCatalogue takes the least of several rounds: whatever disturbs a run adds to it.
func besideInCatalogue(b *testing.B, m catalog.Model) {
	var least [2]time.Duration
	states := uint64(0)
	for b.Loop() {
		for i, safetyOnly := range []bool{true, false} {
			started := cpu()
			runs := time.Duration(0)
			for runs == 0 || cpu()-started < 100*time.Millisecond {
				r, err := m.Check(context.Background(), explore.Options{Workers: 1, SafetyOnly: safetyOnly, Symmetry: explore.SymmetryOff})
				if err != nil || r.Verdict == explore.Violated {
					b.Fatal(r, err)
				}
				states = r.Counts.Distinct
				runs++
			}
			if spent := (cpu() - started) / runs; least[i] == 0 || spent < least[i] {
				least[i] = spent
			}
		}
	}
	b.ReportMetric(float64(states), "states")
	b.ReportMetric(least[0].Seconds()*1000, "safety-cpu-ms")
	b.ReportMetric(least[1].Seconds()*1000, "whole-runs-cpu-ms")
	b.ReportMetric(float64(least[1])/float64(least[0]), "whole-runs/safety")
}

// beside compares searches for some properties, or for all, with those for states alone.
func beside[S any](b *testing.B, m *model.Model[S], properties ...string) {
	safety := explore.Options{Workers: 1, SafetyOnly: true}
	both := explore.Options{Workers: 1, Properties: properties}
	var spent [2]time.Duration
	generated, states := uint64(0), uint64(0)
	for b.Loop() {
		for i, o := range []explore.Options{safety, both} {
			s := stored(b, m, o, nil)
			started := cpu()
			distinct, n := s()
			states = distinct
			spent[i] += cpu() - started
			generated += n
		}
	}
	b.ReportMetric(float64(states), "states")
	per := func(d time.Duration, unit string) { b.ReportMetric(2*float64(d)/float64(generated), unit) }
	per(spent[0], "safety-cpu-ns/generated")
	per(spent[1], "whole-runs-cpu-ns/generated")
	b.ReportMetric(float64(spent[1])/float64(spent[0]), "whole-runs/safety")
}
