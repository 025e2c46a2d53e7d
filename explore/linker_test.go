package explore

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/muster-mc/muster/internal/dedup"
	"github.com/muster-mc/muster/internal/liveness"
	"github.com/muster-mc/muster/model"
)

// scattered is a random graph of so many places, of which no two steps are alike,
// under random fairness and a random constraint. The field at is where a state
// is; set is called when it was changed.
func scattered[S any](t *rapid.T, places int, at func(*S) *int, set func(*S)) *model.Model[S] {
	seed := chance(rapid.Uint64().Draw(t, "seed"))
	kinds := []model.Fairness{model.Unfair, model.Weak, model.Strong, model.WeakEach, model.StrongEach}
	m := &model.Model[S]{Name: "scattered", AllowDeadlock: true, Progress: rapid.Bool().Draw(t, "progress")}
	for a := range uint64(rapid.IntRange(1, 4).Draw(t, "actions")) {
		m.Actions = append(m.Actions, model.Action[S]{
			Name: string(rune('A' + a)), Fair: rapid.SampledFrom(kinds).Draw(t, "fair"),
			Do: func(s *S, c *model.Choice) bool {
				digest := uint64(*at(s))<<8 | a<<4 | uint64(c.Int("way", 2))
				if seed.oneIn(3, digest) {
					return false
				}
				*at(s) = int((seed + 1).of(digest) % uint64(places))
				set(s)
				return true
			}})
	}
	if rapid.Bool().Draw(t, "bounded") {
		m.Constraint = func(s *S) bool { return *at(s) == 0 || !(seed+2).oneIn(9, uint64(*at(s))) }
	}
	rare := uint64(rapid.SampledFrom([]int{2, 50, 2000}).Draw(t, "rare"))
	is := func(which chance) func(*S) bool {
		return func(s *S) bool { return (seed + which).oneIn(rare, uint64(*at(s))) }
	}
	m.Properties = []model.Property[S]{
		model.Eventually("Eventually", is(3)), model.LeadsTo("LeadsTo", is(4), is(5)),
		model.Recurs("Recurs", is(6)), model.Settles("Settles", is(7)),
		model.Temporal("Next", model.Globally(model.IfThen(model.Holds(is(8)), model.Next(model.Finally(model.Holds(is(9))))))),
	}
	keep := rapid.IntRange(0, len(m.Properties)-1).Draw(t, "property")
	m.Properties = m.Properties[keep : keep+1]
	if rapid.Bool().Draw(t, "safety") { // which may end the search early
		m.Properties = append(m.Properties, model.Always("Always", func(s *S) bool {
			return !(seed + 10).oneIn(2*rare*rare, uint64(*at(s)))
		}))
	}
	return m
}

// Two more kinds of place: one too large to be compared with those met shortly
// before, and one whose size varies.
type (
	spacious struct {
		N    int
		Rest [dedup.CopyMax]uint8
	}
	loose struct {
		N    int
		Rest []uint8
	}
)

// The graph of steps that is made while the search goes on is the one that is made
// afterwards, by taking every step once more.
func TestLinkedStepsAreTheSteps(t *testing.T) {
	t.Parallel()
	for name, check := range map[string]func(*rapid.T){
		"small": func(t *rapid.T) {
			linksAsItTraces(t, func(s *place) *int { return &s.N }, func(*place) {})
		},
		"large": func(t *rapid.T) {
			linksAsItTraces(t, func(s *spacious) *int { return &s.N }, func(s *spacious) { s.Rest[dedup.CopyMax-1] = uint8(s.N) })
		},
		"of varying size": func(t *rapid.T) {
			linksAsItTraces(t, func(s *loose) *int { return &s.N }, func(s *loose) { s.Rest = make([]uint8, s.N%(2*dedup.CopyMax)) })
		},
	} {
		t.Run(name, func(t *testing.T) { rapid.Check(t, check) })
	}
}

func linksAsItTraces[S any](t *rapid.T, at func(*S) *int, set func(*S)) {
	m := scattered(t, rapid.IntRange(1, unlessShort(6000, 2500)).Draw(t, "places"), at, set)
	keepGoing := rapid.Bool().Draw(t, "keepGoing")
	maxStates := rapid.SampledFrom([]uint64{0, 0, 1, 2000}).Draw(t, "maxStates")
	for _, store := range []StoreKind{StoreExact, StoreCompact} {
		want, err := Check(t.Context(), m, Options{Workers: 1, Store: store, KeepGoing: keepGoing, MaxStates: maxStates, tuning: tuning{liveness: liveness.Tuning{Apart: true}}})
		if err != nil {
			t.Fatal(err)
		}
		for _, cut := range []tuning{{}, {liveness: liveness.Tuning{Pieces: true}}, drawTuning(t)} {
			workers := rapid.IntRange(1, 4).Draw(t, "workers")
			o := Options{Workers: workers, Store: store, KeepGoing: keepGoing, MaxStates: maxStates, tuning: cut}
			got, err := Check(t.Context(), m, o)
			if err != nil {
				t.Fatal(err)
			}
			if got, want := textOf(got), textOf(want); got != want {
				t.Fatal(firstDifference(got, want))
			}
		}
	}
}
