package election

import (
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explore/mctest"
	"github.com/muster-mc/muster/models/internal/orbittest"
)

func TestCounts(t *testing.T) {
	for _, want := range []struct {
		name                        string
		config                      Config
		distinct, orbits, generated uint64
		depth                       int
	}{
		{"default", Config{}, 351, 94, 1_501, 14},
		{"2 nodes", Config{Nodes: 2}, 90, 51, 253, 14},
		{"4 nodes", Config{Nodes: 4}, 1_296, 150, 7_249, 16},
		{"4 nodes, 6 terms", Config{Nodes: 4, MaxTerm: 6}, 2_511, 285, 14_113, 25},
	} {
		t.Run(want.name, func(t *testing.T) {
			r := orbittest.Holds(t, New(want.config), explore.Options{}, want.orbits)
			mctest.Counts(t, r, explore.Counts{Distinct: want.distinct, Generated: want.generated, Depth: want.depth})
		})
	}
}

func TestBugs(t *testing.T) { orbittest.Bugs(t, Entry) }

// Two transactions go wrong without any fault; the others need a crash.
func TestWithoutCrash(t *testing.T) {
	o := explore.Options{Properties: []string{"OnePrimary", "SomebodyLeads"}, WithoutFaults: []string{"crash"}}
	mctest.Breaks(t, New(Config{Bug: "two-transactions"}), o, "OnePrimary", 5)
	mctest.Holds(t, New(Config{Bug: "trust-record"}), o)
	mctest.Holds(t, New(Config{Bug: "keep-record"}), o)
}
