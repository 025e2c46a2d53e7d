package replay

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
		"idempotent": {Config{}, 53, 74, 12},
		"atomic":     {Config{Recovery: "atomic"}, 35, 48, 10},
		"3 requests": {Config{Requests: 3, Crashes: 4}, 142, 217, 19},
	} {
		t.Run(name, func(t *testing.T) {
			r := mctest.Holds(t, New(want.config), explore.Options{})
			mctest.Counts(t, r, explore.Counts{Initial: 1, Distinct: want.distinct, Generated: want.generated, Depth: want.depth})
		})
	}
}

func TestCrashMustBeInjected(t *testing.T) {
	for _, b := range Entry.Bugs() {
		mctest.Holds(t, New(Config{Bug: b.Name}), explore.Options{WithoutFaults: []string{"crash"}})
	}
}

// Applying and marking in one transaction makes it right to replay whatever is
// pending. It does not make it unnecessary.
func TestOneTransaction(t *testing.T) {
	mctest.Holds(t, New(Config{Recovery: "atomic", Bug: "naive-replay"}), explore.Options{})
	mctest.Breaks(t, New(Config{Recovery: "atomic", Bug: "no-replay"}), explore.Options{}, "EventualRecovery", 6)
}
