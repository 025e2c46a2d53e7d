package orphan

import (
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explore/mctest"
)

func TestCounts(t *testing.T) {
	for name, want := range map[string]struct {
		config              Config
		distinct, generated uint64
		depth               int
	}{
		"detection":       {Config{}, 21, 51, 5},
		"expiry":          {Config{Cleanup: "expiry"}, 27, 67, 6},
		"4 nodes":         {Config{Nodes: 4}, 297, 1_189, 9},
		"4 nodes, expiry": {Config{Nodes: 4, Cleanup: "expiry"}, 405, 1_621, 10},
	} {
		t.Run(name, func(t *testing.T) {
			r := mctest.Holds(t, New(want.config), explore.Options{})
			mctest.Counts(t, r, explore.Counts{Initial: 1, Distinct: want.distinct, Generated: want.generated, Depth: want.depth})
		})
	}
}

// A lease ends whoever forgot to take the placement away, and why.
func TestExpiryForgives(t *testing.T) {
	for _, b := range Entry.Bugs() {
		if b.Breaks == "NoOrphan" {
			mctest.Holds(t, New(Config{Cleanup: "expiry", Bug: b.Name}), explore.Options{})
		}
	}
}
