package activation

import (
	"testing"

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
		{"default", Config{}, 714, 1_429, 27},
		{"version 4", Config{MaxVersion: 4}, 147, 295, 15},
		{"3 nodes", Config{Nodes: 3}, 23_022, 69_067, 31},
		{"4 nodes", Config{Nodes: 4}, 745_206, 2_980_825, 35},
		{"stale-commit, whole space", Config{Bug: "stale-commit"}, 199, 387, 17},
	} {
		t.Run(want.name, func(t *testing.T) {
			m := New(want.config)
			o := explore.Options{Symmetry: explore.SymmetryOff, Properties: []string{"TypeOK"}, KeepGoing: true}
			if want.config.Bug == "" {
				o = allStates
			}
			c := mctest.Holds(t, m, o).Counts
			if c.Initial != 1 || c.Distinct != want.distinct || c.Generated != want.generated || c.Depth != want.depth {
				t.Errorf("got %+v, want %+v", c, want)
			}
		})
	}
}

func TestStaleCommitBreaksBothInvariants(t *testing.T) {
	for _, property := range []string{"SingleActivation", "ConsistentHolder"} {
		alone := explore.Options{Symmetry: explore.SymmetryOff, Properties: []string{property}}
		mctest.Breaks(t, New(Config{Bug: "stale-commit"}), alone, property, 7)
	}
}

// A version that starts again is also one that an earlier claim has read.
func TestDeletedRecordWasReadBefore(t *testing.T) {
	alone := explore.Options{Symmetry: explore.SymmetryOff, Properties: []string{"TypeOK"}}
	mctest.Breaks(t, New(Config{Bug: "delete-record"}), alone, "TypeOK", 7)
}
