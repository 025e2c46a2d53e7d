package batch

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
		"default":  {Config{}, 24, 35, 5},
		"limit 10": {Config{Limit: 10}, 143, 210, 12},
	} {
		t.Run(name, func(t *testing.T) {
			r := mctest.Holds(t, New(want.config), explore.Options{})
			mctest.Counts(t, r, explore.Counts{Initial: 1, Distinct: want.distinct, Generated: want.generated, Depth: want.depth})
		})
	}
}

// However large the limit is, a buffer that does not know it outgrows it.
func TestNoLimit(t *testing.T) {
	for _, bug := range []string{"no-limit", "count-sets"} {
		mctest.Breaks(t, New(Config{Limit: 10, Bug: bug}), explore.Options{}, "BufferBounded", 12)
	}
}
