package skew

import (
	"slices"
	"testing"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explore/mctest"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/models/internal/orbittest"
)

func TestCounts(t *testing.T) {
	for name, want := range map[string]struct {
		config                      Config
		distinct, orbits, generated uint64
		depth                       int
	}{
		"default": {Config{}, 1_028, 524, 3_768, 13},
		"3 nodes": {Config{Nodes: 3}, 6_131, 1_210, 30_354, 14},
		"skew 2":  {Config{Skew: 2, Margin: 4, MaxTime: 8}, 4_932, 2_487, 20_428, 19},
	} {
		t.Run(name, func(t *testing.T) {
			r := orbittest.Holds(t, New(want.config), explore.Options{}, want.orbits)
			mctest.Counts(t, r, explore.Counts{Initial: 1, Distinct: want.distinct, Generated: want.generated, Depth: want.depth})
		})
	}
}

func TestBugs(t *testing.T) { orbittest.Bugs(t, Entry) }

// Without the fault among the actions nothing is found: the same model without a
// margin holds as long as clocks agree.
func TestSkewMustBeInjected(t *testing.T) {
	m := New(Config{Bug: "no-margin"})
	r := orbittest.Holds(t, m, explore.Options{WithoutFaults: []string{"skew"}}, 70)
	mctest.Counts(t, r, explore.Counts{Initial: 1, Distinct: 133, Generated: 203, Depth: 9})
	mctest.Breaks(t, m, explore.Options{}, "LeaseUniqueness", 5)
}

// Two clocks are wrong, in either direction, so the margin has to cover twice
// the skew; the skew alone is enough where clocks err in one direction only.
func TestMargin(t *testing.T) {
	for name, want := range map[string]struct {
		fault  string // the only one there is; all if empty
		config Config
		length int // of the counterexample; 0 where there is none
	}{
		"both ways, none":      {"", Config{Margin: catalog.None}, 5},
		"both ways, once":      {"", Config{Margin: 1}, 7},
		"both ways, twice":     {"", Config{Margin: 2}, 0},
		"both ways, less":      {"", Config{Skew: 2, Margin: 3, MaxTime: 8}, 10},
		"fast clocks, none":    {"Gain", Config{Margin: catalog.None}, 5},
		"fast clocks, once":    {"Gain", Config{Margin: 1}, 0},
		"slow clocks, none":    {"Lose", Config{Margin: catalog.None}, 6},
		"slow clocks, once":    {"Lose", Config{Margin: 1}, 0},
		"perfect clocks, none": {"", Config{Skew: catalog.None, Margin: catalog.None}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			m := New(want.config)
			m.Actions = slices.DeleteFunc(m.Actions, func(a model.Action[State]) bool {
				return want.fault != "" && a.Fault == "skew" && a.Name != want.fault
			})
			if want.length == 0 {
				mctest.Holds(t, m, explore.Options{})
				return
			}
			mctest.Breaks(t, m, explore.Options{}, "LeaseUniqueness", want.length)
		})
	}
}
