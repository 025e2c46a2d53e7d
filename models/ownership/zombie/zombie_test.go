package zombie

import (
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explore/mctest"
	"github.com/muster-mc/muster/models/internal/orbittest"
)

func TestCounts(t *testing.T) {
	for name, want := range map[string]struct {
		config                      Config
		distinct, orbits, generated uint64
		depth                       int
	}{
		"default":         {Config{}, 2_688, 1_394, 10_801, 13},
		"self-fencing":    {Config{Guard: "clock"}, 2_688, 1_394, 10_801, 13},
		"delays":          {Config{Delays: true}, 7_488, 3_794, 31_625, 15},
		"3 nodes":         {Config{Nodes: 3}, 10_888, 2_350, 56_889, 14},
		"3 nodes, delays": {Config{Nodes: 3, MaxToken: 2, Delays: true}, 10_752, 2_268, 57_985, 14},
	} {
		t.Run(name, func(t *testing.T) {
			r := orbittest.Holds(t, New(want.config), explore.Options{}, want.orbits)
			mctest.Counts(t, r, explore.Counts{Initial: 1, Distinct: want.distinct, Generated: want.generated, Depth: want.depth})
		})
	}
}

func TestBugs(t *testing.T) { orbittest.Bugs(t, Entry) }

// What each guard is good for: the tokens keep the storage's order of writes and
// nothing else, the node's clock keeps everything as long as writes are instant.
func TestGuards(t *testing.T) {
	for name, want := range map[string]struct {
		config                  Config
		active, stale, monotone int // the counterexamples' lengths; 0 where the property holds
	}{
		"none":               {Config{Guard: "none"}, 5, 6, 7},
		"tokens":             {Config{Guard: "tokens"}, 5, 6, 0},
		"clock":              {Config{Guard: "clock"}, 0, 0, 0},
		"both":               {Config{Guard: "both"}, 0, 0, 0},
		"none with delays":   {Config{Guard: "none", Delays: true}, 5, 0, 9},
		"tokens with delays": {Config{Guard: "tokens", Delays: true}, 5, 0, 0},
		"clock with delays":  {Config{Guard: "clock", Delays: true}, 0, 0, 9},
		"both with delays":   {Config{Guard: "both", Delays: true}, 0, 0, 0},
	} {
		t.Run(name, func(t *testing.T) {
			check(t, want.config, "SingleActivation", want.active)
			check(t, want.config, "FencingMonotonic", want.monotone)
			if !want.config.Delays {
				check(t, want.config, "NoStaleWrite", want.stale)
			}
		})
	}
}

// A lease that is cleared by a node that has lost it is no guard's business.
func TestUnregisterUnowned(t *testing.T) {
	for _, guard := range []string{"clock", "both"} {
		mctest.Breaks(t, New(Config{Guard: guard, Bug: "unregister-unowned"}), explore.Options{}, "SingleActivation", 7)
	}
}

// check compares one property alone.
func check(t *testing.T, c Config, property string, length int) {
	t.Helper()
	alone := explore.Options{Properties: []string{property}}
	if length == 0 {
		mctest.Holds(t, New(c), alone)
		return
	}
	mctest.Breaks(t, New(c), alone, property, length)
}
