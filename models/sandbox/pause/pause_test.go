package pause

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
		{"lock", Config{}, 11, 15, 6},
		{"transition", Config{Guard: "transition"}, 11, 15, 6},
		{"3 callers", Config{Callers: 3}, 15, 21, 6},
	} {
		t.Run(want.name, func(t *testing.T) {
			r := mctest.Holds(t, New(want.config), explore.Options{})
			mctest.Counts(t, r, explore.Counts{Distinct: want.distinct, Generated: want.generated, Depth: want.depth})
		})
	}
}

// Without its lock, neither guard guards.
func TestDropLock(t *testing.T) {
	for _, guard := range []string{"lock", "transition"} {
		mctest.Breaks(t, New(Config{Guard: guard, Bug: "drop-lock"}), explore.Options{}, "StateAgreement", 5)
	}
}
