package blocks

import (
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explore/mctest"
)

func TestCounts(t *testing.T) {
	for name, want := range map[string]struct {
		config              Config
		distinct, generated uint64
		depth               int
	}{
		"default":   {Config{}, 8, 9, 5},
		"4 callers": {Config{Callers: 4}, 48, 65, 9},
	} {
		t.Run(name, func(t *testing.T) {
			r := mctest.Holds(t, New(want.config), explore.Options{})
			mctest.Counts(t, r, explore.Counts{Initial: 1, Distinct: want.distinct, Generated: want.generated, Depth: want.depth})
		})
	}
}

// More callers do not make it easier to lose a block.
func TestClone(t *testing.T) {
	mctest.Breaks(t, New(Config{Callers: 4, Bug: "clone"}), explore.Options{}, "NoLostBlock", 5)
}
