package splitbrain

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
		{"default", Config{}, 752, 160, 2_453, 17},
		{"2 nodes", Config{Nodes: 2}, 40, 24, 95, 13},
		{"4 nodes", Config{Nodes: 4}, 2_560, 224, 10_017, 18},
		{"5 nodes", Config{Nodes: 5}, 48_768, 988, 225_515, 22},
		{"6 terms", Config{MaxTerm: 6}, 2_792, 568, 9_638, 32},
	} {
		t.Run(want.name, func(t *testing.T) {
			r := orbittest.Holds(t, New(want.config), explore.Options{}, want.orbits)
			mctest.Counts(t, r, explore.Counts{Distinct: want.distinct, Generated: want.generated, Depth: want.depth})
		})
	}
}

func TestBugs(t *testing.T) { orbittest.Bugs(t, Entry) }

// An odd number of nodes has no halves; with four it takes one more step than
// with two.
func TestHalfIsEnough(t *testing.T) {
	mctest.Holds(t, New(Config{Nodes: 3, Bug: "half-is-enough"}), explore.Options{})
	mctest.Breaks(t, New(Config{Nodes: 4, Bug: "half-is-enough"}), explore.Options{}, "NoSplitBrain", 5)
}

// A whole cluster never shows that quorum and terms are missing.
func TestBugsNeedAPartition(t *testing.T) {
	o := explore.Options{Properties: []string{"NoSplitBrain", "MajorityLeads"}, WithoutFaults: []string{"partition"}}
	for _, bug := range Entry.Bugs() {
		mctest.Holds(t, New(Config{Bug: bug.Name}), o)
	}
}
