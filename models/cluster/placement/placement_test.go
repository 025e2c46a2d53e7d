package placement

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
		{"default", Config{}, 12, 7, 37, 4},
		{"1 node", Config{Nodes: 1}, 4, 4, 8, 3},
		{"3 nodes", Config{Nodes: 3}, 32, 10, 133, 5},
	} {
		t.Run(want.name, func(t *testing.T) {
			r := orbittest.Holds(t, New(want.config), explore.Options{}, want.orbits)
			mctest.Counts(t, r, explore.Counts{Distinct: want.distinct, Generated: want.generated, Depth: want.depth})
		})
	}
}

func TestBugs(t *testing.T) { orbittest.Bugs(t, Entry) }

// Whoever asks for a node's status too early needs a node that fails meanwhile.
func TestBugsNeedACrash(t *testing.T) {
	o := explore.Options{Properties: []string{"PlacementConsistency"}, WithoutFaults: []string{"crash"}}
	for _, bug := range Entry.Bugs() {
		mctest.Holds(t, New(Config{Bug: bug.Name}), o)
	}
}
