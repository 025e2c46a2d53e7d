package sequence

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
		"default":   {Config{}, 49, 101, 7},
		"3 clients": {Config{Clients: 3}, 540, 1_681, 10},
	} {
		t.Run(name, func(t *testing.T) {
			r := mctest.Holds(t, New(want.config), explore.Options{})
			mctest.Counts(t, r, explore.Counts{Initial: 1, Distinct: want.distinct, Generated: want.generated, Depth: want.depth})
		})
	}
}

// Two clients need no crash to lose an entry.
func TestConcurrencyIsEnough(t *testing.T) {
	o := explore.Options{WithoutFaults: []string{"crash"}}
	mctest.Breaks(t, New(Config{Bug: "no-conflict-check"}), o, "NoEntryLost", 7)
}
