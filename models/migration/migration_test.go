package migration

import (
	"slices"
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explore/mctest"
	"github.com/muster-mc/muster/model"
)

// allStates are counted here, and not orbits: those are in the tests of all models.
var allStates = explore.Options{Symmetry: explore.SymmetryOff}

func TestCounts(t *testing.T) {
	for _, row := range []struct {
		name                string
		config              Config
		distinct, generated uint64
		depth               int
	}{
		{"shipped", Config{}, 59, 238, 11},
		{"2 nodes, 1 crash", Config{MaxCrashes: 1}, 17, 59, 6},
		{"3 nodes, 3 crashes", Config{Nodes: 3, MaxCrashes: 3}, 563, 2_649, 13},
	} {
		t.Run(row.name, func(t *testing.T) {
			r := mctest.Holds(t, New(row.config), allStates)
			counts(t, r, row.distinct, row.generated, row.depth)
		})
	}
}

// TestSkipTransfer: the original's own buggy configuration breaks one of its
// properties and leaves the others alone.
func TestSkipTransfer(t *testing.T) {
	buggy := New(Config{Bug: "skip-transfer"})
	for _, name := range []string{"TypeInvariant", "NoStateLoss", "SingleActivationDuringMigration", "MigrationRollback"} {
		t.Run(name, func(t *testing.T) {
			r := mctest.Holds(t, buggy, explore.Options{Symmetry: explore.SymmetryOff, Properties: []string{name}})
			counts(t, r, 58, 236, 11)
		})
	}
	t.Run("MigrationAtomicity", func(t *testing.T) {
		mctest.Breaks(t, buggy, explore.Options{Symmetry: explore.SymmetryOff, Properties: []string{"MigrationAtomicity"}}, "MigrationAtomicity", 5)
	})
	t.Run("whole space", func(t *testing.T) {
		r := mctest.Breaks(t, buggy, explore.Options{Symmetry: explore.SymmetryOff, KeepGoing: true}, "MigrationAtomicity", 5)
		counts(t, r, 58, 236, 11)
	})
}

// TestIdle: apart from the steps that change nothing, the original's space has
// dead ends, and they are the states after the last permitted crash.
func TestIdle(t *testing.T) {
	m := New(Config{})
	m.Actions = slices.DeleteFunc(m.Actions, func(a model.Action[State]) bool { return a.Name == "Idle" })
	mctest.Breaks(t, m, allStates, "Deadlock", 3)
}

// TestOptions: what goes beyond the original holds, and its space stays what it
// is.
func TestOptions(t *testing.T) {
	for _, row := range []struct {
		name                string
		config              Config
		distinct, generated uint64
		depth               int
	}{
		{"rollback", Config{Rollback: true}, 78, 321, 11},
		{"instances", Config{Instances: true}, 63, 253, 11},
		{"both", Config{Rollback: true, Instances: true}, 87, 348, 12},
		{"both, 2 actors", Config{Rollback: true, Instances: true, Actors: 2}, 1_123, 4_946, 20},
		{"both, 3 nodes", Config{Rollback: true, Instances: true, Nodes: 3, MaxCrashes: 3}, 829, 4_007, 15},
	} {
		t.Run(row.name, func(t *testing.T) {
			r := mctest.Holds(t, New(row.config), allStates)
			counts(t, r, row.distinct, row.generated, row.depth)
		})
	}
}

func counts(t *testing.T, r *explore.Report, distinct, generated uint64, depth int) {
	t.Helper()
	c := r.Counts
	if c.Initial != 1 || c.Distinct != distinct || c.Generated != generated || c.Depth != depth {
		t.Errorf("got %d initial, %d distinct, %d generated, depth %d; want 1, %d, %d, %d",
			c.Initial, c.Distinct, c.Generated, c.Depth, distinct, generated, depth)
	}
}
