package lease

import (
	"testing"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explore/mctest"
)

// allStates are counted here, and not orbits: those are in the tests of all models.
var allStates = explore.Options{Symmetry: explore.SymmetryOff}

func TestCounts(t *testing.T) {
	for _, want := range []struct {
		name                string
		config              Config
		distinct, generated uint64
		depth               int
	}{
		{"default", Config{}, 18_808, 92_833, 16},
		{"token 1", Config{MaxToken: 1}, 6_776, 33_281, 13},
		{"token 2", Config{MaxToken: 2}, 12_792, 63_057, 14},
		{"token 2, grace 5", Config{MaxToken: 2, Grace: 5}, 12_792, 63_057, 14},
		{"slow clocks", Config{SlowClocks: true}, 31_800, 194_517, 16},
		{"writes, token 2", Config{Writes: true, MaxToken: 2}, 77_544, 437_825, 18},
		{"2 actors, token 2", Config{Actors: 2, MaxToken: 2}, 237_176, 1_347_041, 17},
		{"3 nodes", Config{Nodes: 3}, 368_280, 2_471_397, 19},
	} {
		t.Run(want.name, func(t *testing.T) {
			c := mctest.Holds(t, New(want.config), allStates).Counts
			if c.Initial != 1 || c.Distinct != want.distinct || c.Generated != want.generated || c.Depth != want.depth {
				t.Errorf("got %+v, want %+v", c, want)
			}
		})
	}
}

// The whole space with the missing check in it, and what holds there all the
// same.
func TestNoCheckWholeSpace(t *testing.T) {
	o := explore.Options{
		Symmetry:   explore.SymmetryOff,
		Properties: []string{"TypeOK", "LeaseValidityBounds", "FencingTokenMonotonic", "ClockSkewSafety"},
		KeepGoing:  true,
	}
	c := mctest.Holds(t, New(Config{Bug: "no-check", MaxToken: 2}), o).Counts
	if c.Distinct != 14_744 || c.Generated != 81_153 || c.Depth != 14 {
		t.Errorf("got %+v", c)
	}
}

func TestNoCheck(t *testing.T) {
	for _, want := range []struct {
		config   Config
		property string
	}{
		{Config{Duration: 6, Grace: 2, MaxClock: 10}, "LeaseUniqueness"},
		{Config{MaxToken: 2}, "LeaseUniqueness"},
		{Config{MaxToken: 2}, "BeliefConsistency"},
		{Config{MaxToken: 2}, "NoTakeover"},
		{Config{MaxToken: 2}, "GracePeriodRespected"},
	} {
		want.config.Bug = "no-check"
		alone := explore.Options{Symmetry: explore.SymmetryOff, Properties: []string{want.property}}
		mctest.Breaks(t, New(want.config), alone, want.property, 3)
	}
}

// Where clocks may be slow, the grace period has to cover the skew.
func TestMarginMustCoverSkew(t *testing.T) {
	mctest.Breaks(t, New(Config{SlowClocks: true, Grace: catalog.None}), allStates, "LeaseUniqueness", 6)
	wide := Config{SlowClocks: true, Duration: 3, Skew: 2, MaxClock: 5, MaxToken: 2}
	mctest.Breaks(t, New(wide), allStates, "LeaseUniqueness", 8)
	wide.Grace = 2
	mctest.Holds(t, New(wide), allStates)
}
