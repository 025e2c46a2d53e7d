package failover

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
		{"default", Config{}, 41, 23, 69, 8},
		{"2 nodes", Config{Nodes: 2}, 15, 15, 22, 7},
		{"4 nodes, all die", Config{Nodes: 4, MaxCrashes: 4}, 297, 75, 838, 12},
	} {
		t.Run(want.name, func(t *testing.T) {
			r := orbittest.Holds(t, New(want.config), explore.Options{}, want.orbits)
			mctest.Counts(t, r, explore.Counts{Distinct: want.distinct, Generated: want.generated, Depth: want.depth})
		})
	}
}

func TestBugs(t *testing.T) { orbittest.Bugs(t, Entry) }

// As long as no node dies, nobody misses what is not done.
func TestBugsNeedACrash(t *testing.T) {
	o := explore.Options{Properties: []string{"NotStranded"}, WithoutFaults: []string{"crash"}}
	for _, bug := range Entry.Bugs() {
		mctest.Holds(t, New(Config{Bug: bug.Name}), o)
	}
}
