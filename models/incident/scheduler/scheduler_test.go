package scheduler

import (
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explore/mctest"
	"github.com/muster-mc/muster/models/internal/orbittest"
)

func TestCounts(t *testing.T) {
	r := mctest.Holds(t, New(Config{}), explore.Options{Symmetry: explore.SymmetryOff})
	mctest.Counts(t, r, explore.Counts{Distinct: 88, Generated: 145, Depth: 11})
}

// The pods wait in an order from the beginning, so not all states of an orbit need be reachable.
func TestOrbits(t *testing.T) {
	r := mctest.Symmetric(t, New(Config{}), explore.Options{})
	mctest.Counts(t, r, explore.Counts{Distinct: 58, Generated: 105, Depth: 11})
	if !r.Symmetry.AsymmetricStart {
		t.Error("the start is said to be symmetric")
	}
}

func TestBugs(t *testing.T) { orbittest.Bugs(t, Entry) }

// With a single pod no other can take the flag down.
func TestOnePod(t *testing.T) {
	mctest.Holds(t, New(Config{Pods: 1, Bug: "event-as-flag"}), explore.Options{})
}
