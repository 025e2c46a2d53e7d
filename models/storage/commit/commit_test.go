package commit

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
		"default": {Config{}, 6, 6, 6, 3},
		"4 keys":  {Config{Keys: 4}, 6, 6, 6, 3},
	} {
		t.Run(name, func(t *testing.T) {
			r := orbittest.Holds(t, New(want.config), explore.Options{}, want.orbits)
			mctest.Counts(t, r, explore.Counts{Initial: 1, Distinct: want.distinct, Generated: want.generated, Depth: want.depth})
		})
	}
}

func TestBugs(t *testing.T) { orbittest.Bugs(t, Entry) }

// A test that asserts the answer alone finds nothing, in a space that is
// explored to its end. An invariant on the state finds it in three states.
func TestOkIsNotEnough(t *testing.T) {
	m := New(Config{Bug: "one-by-one"})
	r := orbittest.Holds(t, m, explore.Options{Properties: []string{"OkMeansWritten"}}, 9)
	mctest.Counts(t, r, explore.Counts{Initial: 1, Distinct: 12, Generated: 13, Depth: 4})
	mctest.Breaks(t, m, explore.Options{}, "AtomicCommit", 3)
}

// Nor does the invariant find anything where nothing fails half way. Either
// fault will do.
func TestFaultsMustBeInjected(t *testing.T) {
	m := New(Config{Bug: "one-by-one"})
	mctest.Holds(t, m, explore.Options{WithoutFaults: []string{"crash", "partial-write"}})
	for _, fault := range []string{"crash", "partial-write"} {
		mctest.Breaks(t, m, explore.Options{WithoutFaults: []string{fault}}, "AtomicCommit", 3)
	}
}
