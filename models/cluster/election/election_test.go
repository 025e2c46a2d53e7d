package election

import (
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explore/mctest"
)

func TestCounts(t *testing.T) {
	for _, want := range []struct {
		name                string
		config              Config
		distinct, generated uint64
		depth               int
	}{
		{"default", Config{}, 351, 1_501, 14},
		{"2 nodes", Config{Nodes: 2}, 90, 253, 14},
		{"4 nodes", Config{Nodes: 4}, 1_296, 7_249, 16},
		{"4 nodes, 6 terms", Config{Nodes: 4, MaxTerm: 6}, 2_511, 14_113, 25},
	} {
		t.Run(want.name, func(t *testing.T) {
			r := mctest.Holds(t, New(want.config), explore.Options{})
			mctest.Counts(t, r, explore.Counts{Distinct: want.distinct, Generated: want.generated, Depth: want.depth})
		})
	}
}

// Two transactions go wrong without any fault; the others need a crash.
func TestWithoutCrash(t *testing.T) {
	o := explore.Options{Properties: []string{"OnePrimary", "SomebodyLeads"}, WithoutFaults: []string{"crash"}}
	mctest.Breaks(t, New(Config{Bug: "two-transactions"}), o, "OnePrimary", 5)
	mctest.Holds(t, New(Config{Bug: "trust-record"}), o)
	mctest.Holds(t, New(Config{Bug: "keep-record"}), o)
}
