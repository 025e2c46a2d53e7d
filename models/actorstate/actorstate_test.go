package actorstate

import (
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explore/mctest"
)

// allStates are counted here, and not orbits: those are in the tests of all models.
var allStates = explore.Options{Symmetry: explore.SymmetryOff}

func TestCounts(t *testing.T) {
	shipped := explore.Counts{Initial: 1, Distinct: 60, Generated: 136, Depth: 9}
	for _, want := range []struct {
		name   string
		config Config
		counts explore.Counts
	}{
		{"default", Config{}, shipped},
		{"readers", Config{Readers: true}, shipped},
		{"2 values, 1 write", Config{Values: 2, MaxBuffer: 1},
			explore.Counts{Initial: 1, Distinct: 16, Generated: 27, Depth: 9}},
	} {
		t.Run(want.name, func(t *testing.T) {
			mctest.Counts(t, mctest.Holds(t, New(want.config), allStates), want.counts)
		})
	}
}

// TestCapacity: the arrays are large enough for the largest configuration.
func TestCapacity(t *testing.T) {
	mctest.Holds(t, New(Config{Values: 2, MaxBuffer: maxBuffer}), allStates)
	mctest.Holds(t, New(Config{Values: 6}), allStates)
	mctest.Breaks(t, New(Config{Values: 2, MaxBuffer: maxBuffer, Bug: "one-too-many"}), allStates, "TypeOK", maxBuffer+3)
}

// TestWriteThroughWhole pins the space beyond the first violation, in which all
// but one of the properties still hold.
func TestWriteThroughWhole(t *testing.T) {
	want := explore.Counts{Initial: 1, Distinct: 66, Generated: 142, Depth: 9}
	m := New(Config{Bug: "write-through"})
	o := explore.Options{Symmetry: explore.SymmetryOff, KeepGoing: true}
	mctest.Counts(t, mctest.Breaks(t, m, o, "RollbackCorrectness", 4), want)
	for _, p := range m.Properties {
		if p.Name != "RollbackCorrectness" {
			o.Properties = []string{p.Name}
			mctest.Counts(t, mctest.Holds(t, m, o), want)
		}
	}
}

// TestTraces pins the shortest counterexamples of the bugs.
func TestTraces(t *testing.T) {
	for _, want := range []struct {
		config   Config
		property string
		length   int
	}{
		{Config{Bug: "write-through"}, "RollbackCorrectness", 4},
		{Config{Readers: true, Bug: "write-through"}, "NoPartialState", 3},
		{Config{Readers: true, Bug: "write-through-restored"}, "NoPartialState", 3},
		{Config{Bug: "snapshot-once"}, "SnapshotFresh", 6},
		{Config{Bug: "first-write-wins"}, "CommitCorrectness", 5},
		{Config{Bug: "keep-buffer"}, "BufferEmptyWhenIdle", 4},
		{Config{Bug: "one-too-many"}, "TypeOK", 5},
	} {
		t.Run(want.config.Bug+"/"+want.property, func(t *testing.T) {
			mctest.Breaks(t, New(want.config), allStates, want.property, want.length)
		})
	}
}

// TestRestoredHidesFromRollback: without readers, writing through is harmless as
// long as a rollback takes it back.
func TestRestoredHidesFromRollback(t *testing.T) {
	mctest.Holds(t, New(Config{Bug: "write-through-restored"}), allStates)
}
