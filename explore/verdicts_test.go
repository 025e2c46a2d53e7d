package explore

import (
	"context"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/muster-mc/muster/internal/search"
	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
)

// partModel has a property that reads one of four fields, and one that says the
// same of the whole state.
func partModel(r recipe) *model.Model[flatState] {
	m := r.flat()
	holds := func(a *uint8) bool {
		for start := time.Now(); time.Since(start) < time.Microsecond; { // so that it is remembered
		}
		return !(r.seed + 7).oneIn(r.always, uint64(*a))
	}
	m.Properties = append(m.Properties,
		model.AlwaysOf("Part", func(s *flatState) uint8 { return s.A }, holds),
		model.Always("Whole", func(s *flatState) bool { return holds(&s.A) }),
	)
	return m
}

// A remembered verdict is the verdict: reports are the same with a memory for
// everything, for next to nothing, and for nothing.
func TestForgettingChangesNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		r := drawRecipe(t)
		r.always = uint64(rapid.IntRange(2, 20).Draw(t, "violated"))
		m := partModel(r)
		o := drawOptions(t, r)
		want := ""
		for _, entries := range []int{-1, 1, 3, 1000} {
			for _, workers := range []int{1, 2} {
				o.Workers, o.tuning = workers, tuning{Tuning: search.Tuning{Verdicts: entries, FragmentStates: 3}}
				report, err := Check(context.Background(), m, o)
				if err != nil {
					return // no initial state
				}
				got := strip(report)
				if want == "" {
					want = got
				}
				if got != want {
					t.Fatalf("%d verdicts, %d workers: %s", entries, workers, firstDifference(got, want))
				}
			}
		}
	})
}

// The property is asked about few states, not about each.
func TestVerdictsAreRemembered(t *testing.T) {
	asked := 0
	m := &model.Model[flatState]{
		Name: "parts", AllowDeadlock: true,
		Actions: []model.Action[flatState]{{Name: "Step", Do: func(s *flatState, _ *model.Choice) bool {
			if s.B == 255 && s.C == 255 {
				return false
			}
			s.B++
			if s.B == 0 {
				s.C++
			}
			return true
		}}},
		Properties: []model.Property[flatState]{
			model.AlwaysOf("Part", func(s *flatState) uint8 { return s.C }, func(*uint8) bool {
				asked++
				for start := time.Now(); time.Since(start) < 2*time.Microsecond; {
				}
				return true
			}),
		},
	}
	report, err := Check(context.Background(), m, Options{Workers: 1})
	if err != nil || report.Counts.Distinct != 1<<16 {
		t.Fatal(report, err)
	}
	const checks = 2 * system.SamplesFirst // the contract is checked on whole states
	if asked > 256+checks+1<<16/system.SampleEvery*4 {
		t.Errorf("256 different parts of 65,536 states were judged %d times", asked)
	}
}
