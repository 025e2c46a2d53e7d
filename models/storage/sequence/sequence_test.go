package sequence

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
		"default":   {Config{}, 49, 27, 101, 7},
		"3 clients": {Config{Clients: 3}, 540, 112, 1_681, 10},
	} {
		t.Run(name, func(t *testing.T) {
			r := orbittest.Holds(t, New(want.config), explore.Options{}, want.orbits)
			mctest.Counts(t, r, explore.Counts{Initial: 1, Distinct: want.distinct, Generated: want.generated, Depth: want.depth})
		})
	}
}

func TestBugs(t *testing.T) { orbittest.Bugs(t, Entry) }

// Two clients need no crash to lose an entry.
func TestConcurrencyIsEnough(t *testing.T) {
	o := explore.Options{WithoutFaults: []string{"crash"}}
	mctest.Breaks(t, New(Config{Bug: "no-conflict-check"}), o, "NoEntryLost", 7)
}
