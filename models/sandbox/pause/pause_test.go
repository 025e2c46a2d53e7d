package pause

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
		{"lock", Config{}, 11, 7, 15, 6},
		{"transition", Config{Guard: "transition"}, 11, 7, 15, 6},
		{"3 callers", Config{Callers: 3}, 15, 7, 21, 6},
	} {
		t.Run(want.name, func(t *testing.T) {
			r := orbittest.Holds(t, New(want.config), explore.Options{}, want.orbits)
			mctest.Counts(t, r, explore.Counts{Distinct: want.distinct, Generated: want.generated, Depth: want.depth})
		})
	}
}

func TestBugs(t *testing.T) { orbittest.Bugs(t, Entry) }

// Without its lock, neither guard guards.
func TestDropLock(t *testing.T) {
	for _, guard := range []string{"lock", "transition"} {
		mctest.Breaks(t, New(Config{Guard: guard, Bug: "drop-lock"}), explore.Options{}, "StateAgreement", 5)
	}
}
