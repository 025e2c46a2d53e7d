package handover

import (
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explore/mctest"
)

func TestCounts(t *testing.T) {
	for _, want := range []struct {
		name                string
		config              Config
		options             explore.Options
		distinct, generated uint64
		depth               int
	}{
		{"default", Config{}, explore.Options{}, 54, 80, 9},
		{"5 updates", Config{Updates: 5}, explore.Options{}, 144, 215, 12},
		{"nothing fails", Config{}, explore.Options{Properties: []string{"SingleActivation", "NoLostUpdate", "SomebodyServes", "Moved"}, WithoutFaults: []string{"crash", "loss"}}, 27, 30, 9},
	} {
		t.Run(want.name, func(t *testing.T) {
			r := mctest.Holds(t, New(want.config), want.options)
			mctest.Counts(t, r, explore.Counts{Distinct: want.distinct, Generated: want.generated, Depth: want.depth})
		})
	}
}

// While both run, an update at the source is one that the target does not have.
func TestSourceLastLosesUpdatesToo(t *testing.T) {
	m := New(Config{Bug: "source-last"})
	mctest.Breaks(t, m, explore.Options{Properties: []string{"NoLostUpdate"}}, "NoLostUpdate", 6)
}

// The order of the steps is wrong without any fault. What is done about a failure
// matters only when something fails.
func TestWithoutFaults(t *testing.T) {
	o := explore.Options{
		Properties:    []string{"SingleActivation", "NoLostUpdate", "SomebodyServes"},
		WithoutFaults: []string{"crash"},
	}
	mctest.Breaks(t, New(Config{Bug: "source-last"}), o, "SingleActivation", 5)
	mctest.Breaks(t, New(Config{Bug: "capture-first"}), o, "NoLostUpdate", 7)
	mctest.Holds(t, New(Config{Bug: "no-rollback"}), o)
	o.WithoutFaults = []string{"crash", "loss"}
	mctest.Holds(t, New(Config{Bug: "silence-is-death"}), o)
}
