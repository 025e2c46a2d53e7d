package checkpoint

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
		"default":   {Config{}, 64, 86, 12},
		"6 changes": {Config{Changes: 6, Crashes: 4}, 523, 783, 29},
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
