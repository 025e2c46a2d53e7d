package orphan

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
		"detection":       {Config{}, 21, 12, 51, 5},
		"expiry":          {Config{Cleanup: "expiry"}, 27, 15, 67, 6},
		"4 nodes":         {Config{Nodes: 4}, 297, 35, 1_189, 9},
		"4 nodes, expiry": {Config{Nodes: 4, Cleanup: "expiry"}, 405, 45, 1_621, 10},
	} {
		t.Run(name, func(t *testing.T) {
			r := orbittest.Holds(t, New(want.config), explore.Options{}, want.orbits)
			mctest.Counts(t, r, explore.Counts{Initial: 1, Distinct: want.distinct, Generated: want.generated, Depth: want.depth})
		})
	}
}

func TestBugs(t *testing.T) { orbittest.Bugs(t, Entry) }

// A lease ends whoever forgot to take the placement away, and why.
func TestExpiryForgives(t *testing.T) {
	for _, b := range Entry.Bugs() {
		if b.Breaks == "NoOrphan" {
			mctest.Holds(t, New(Config{Cleanup: "expiry", Bug: b.Name}), explore.Options{})
		}
	}
}
