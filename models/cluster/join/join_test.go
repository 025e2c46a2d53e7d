package join

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
		{"default", Config{}, 32, 18, 93, 6},
		{"3 nodes", Config{Nodes: 3}, 160, 40, 673, 8},
		{"4 nodes", Config{Nodes: 4}, 768, 75, 4_225, 10},
	} {
		t.Run(want.name, func(t *testing.T) {
			r := orbittest.Holds(t, New(want.config), explore.Options{}, want.orbits)
			mctest.Counts(t, r, explore.Counts{Distinct: want.distinct, Generated: want.generated, Depth: want.depth})
		})
	}
}

func TestBugs(t *testing.T) { orbittest.Bugs(t, Entry) }

// A fallback is only wrong while it is used.
func TestFallbackNeedsAPartition(t *testing.T) {
	o := explore.Options{WithoutFaults: []string{"partition"}}
	mctest.Holds(t, New(Config{Bug: "local-fallback"}), o)
	mctest.Breaks(t, New(Config{Bug: "join-stub"}), o, "SingleActivation", 5)
}
