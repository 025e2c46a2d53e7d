package expiry

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
		"default":   {Config{}, 73, 40, 439, 5},
		"3 keys":    {Config{Keys: 3}, 298, 68, 2_301, 6},
		"more room": {Config{Keys: 3, Capacity: 8, MaxSize: 4, TTL: 3}, 6_761, 1_276, 79_629, 8},
	} {
		t.Run(name, func(t *testing.T) {
			r := orbittest.Holds(t, New(want.config), explore.Options{}, want.orbits)
			mctest.Counts(t, r, explore.Counts{Initial: 1, Distinct: want.distinct, Generated: want.generated, Depth: want.depth})
		})
	}
}

func TestBugs(t *testing.T) { orbittest.Bugs(t, Entry) }

// The defects are independent: each breaks its own property and no other.
func TestBugsAreIndependent(t *testing.T) {
	for _, b := range Entry.Bugs() {
		r := mctest.Breaks(t, New(Config{Bug: b.Name}), explore.Options{KeepGoing: true}, b.Breaks, b.Length)
		for _, p := range r.Properties {
			if p.Verdict == explore.Violated && p.Name != b.Breaks {
				t.Errorf("%s breaks %s too", b.Name, p.Name)
			}
		}
	}
}
