package blocks

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
		"default":   {Config{}, 8, 5, 9, 5},
		"4 callers": {Config{Callers: 4}, 48, 9, 65, 9},
	} {
		t.Run(name, func(t *testing.T) {
			r := orbittest.Holds(t, New(want.config), explore.Options{}, want.orbits)
			mctest.Counts(t, r, explore.Counts{Initial: 1, Distinct: want.distinct, Generated: want.generated, Depth: want.depth})
		})
	}
}

func TestBugs(t *testing.T) { orbittest.Bugs(t, Entry) }

// More callers do not make it easier to lose a block.
func TestClone(t *testing.T) {
	mctest.Breaks(t, New(Config{Callers: 4, Bug: "clone"}), explore.Options{}, "NoLostBlock", 5)
}
