package forwarding

import (
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explore/mctest"
	"github.com/muster-mc/muster/models/internal/orbittest"
)

func TestCounts(t *testing.T) {
	for name, want := range map[string]struct {
		config                      Config
		distinct, orbits, generated uint64
		depth                       int
	}{
		"default": {Config{}, 12, 7, 15, 5},
		"3 nodes": {Config{Nodes: 3}, 56, 14, 97, 7},
		"4 nodes": {Config{Nodes: 4}, 272, 25, 641, 9},
	} {
		t.Run(name, func(t *testing.T) {
			r := orbittest.Holds(t, New(want.config), explore.Options{}, want.orbits)
			mctest.Counts(t, r, explore.Counts{Initial: 1, Distinct: want.distinct, Generated: want.generated, Depth: want.depth})
		})
	}
}

func TestBugs(t *testing.T) { orbittest.Bugs(t, Entry) }

// A claim that comes second does no harm even where it ends in an error: what
// decides is the claim, not the look-up before it.
func TestClaimIsAtomic(t *testing.T) {
	alone := explore.Options{Properties: []string{"SingleActivation"}}
	mctest.Holds(t, New(Config{Bug: "fail-on-existing"}), alone)
}
