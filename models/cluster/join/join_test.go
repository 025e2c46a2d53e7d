package join

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
		{"default", Config{}, 32, 93, 6},
		{"3 nodes", Config{Nodes: 3}, 160, 673, 8},
		{"4 nodes", Config{Nodes: 4}, 768, 4_225, 10},
	} {
		t.Run(want.name, func(t *testing.T) {
			r := mctest.Holds(t, New(want.config), explore.Options{})
			mctest.Counts(t, r, explore.Counts{Distinct: want.distinct, Generated: want.generated, Depth: want.depth})
		})
	}
}

// A fallback is only wrong while it is used.
func TestFallbackNeedsAPartition(t *testing.T) {
	o := explore.Options{WithoutFaults: []string{"partition"}}
	mctest.Holds(t, New(Config{Bug: "local-fallback"}), o)
	mctest.Breaks(t, New(Config{Bug: "join-stub"}), o, "SingleActivation", 5)
}
