package update

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
		"default":        {Config{}, 11, 7, 15, 5},
		"3 transactions": {Config{Transactions: 3}, 48, 15, 91, 7},
		"4 transactions": {Config{Transactions: 4}, 241, 31, 601, 9},
	} {
		t.Run(name, func(t *testing.T) {
			r := orbittest.Holds(t, New(want.config), explore.Options{}, want.orbits)
			mctest.Counts(t, r, explore.Counts{Initial: 1, Distinct: want.distinct, Generated: want.generated, Depth: want.depth})
		})
	}
}

func TestBugs(t *testing.T) { orbittest.Bugs(t, Entry) }
