package start

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
		{"default", Config{}, 7, 18, 7},
		{"6 calls", Config{Calls: 6}, 9, 24, 9},
	} {
		t.Run(want.name, func(t *testing.T) {
			r := mctest.Holds(t, New(want.config), explore.Options{})
			mctest.Counts(t, r, explore.Counts{Distinct: want.distinct, Generated: want.generated, Depth: want.depth})
		})
	}
}

// Cleaning up after errors is not enough, and nothing but a cancellation shows it.
func TestErrorsAndCancellations(t *testing.T) {
	without := explore.Options{WithoutFaults: []string{"cancellation"}}
	mctest.Breaks(t, New(Config{Bug: "no-guard"}), without, "NoPartialConfig", 3)
	mctest.Holds(t, New(Config{Bug: "error-path-only"}), without)
	without.WithoutFaults = []string{"cancellation", "loss"}
	mctest.Holds(t, New(Config{Bug: "no-guard"}), without)
}
