package failover

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
		{"default", Config{}, 41, 69, 8},
		{"2 nodes", Config{Nodes: 2}, 15, 22, 7},
		{"4 nodes, all die", Config{Nodes: 4, MaxCrashes: 4}, 297, 838, 12},
	} {
		t.Run(want.name, func(t *testing.T) {
			r := mctest.Holds(t, New(want.config), explore.Options{})
			mctest.Counts(t, r, explore.Counts{Distinct: want.distinct, Generated: want.generated, Depth: want.depth})
		})
	}
}

// As long as no node dies, nobody misses what is not done.
func TestBugsNeedACrash(t *testing.T) {
	o := explore.Options{Properties: []string{"NotStranded"}, WithoutFaults: []string{"crash"}}
	for _, bug := range Entry.Bugs() {
		mctest.Holds(t, New(Config{Bug: bug.Name}), o)
	}
}
