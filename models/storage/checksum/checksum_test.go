package checksum

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
		"default": {Config{}, 64, 64, 3},
	} {
		t.Run(name, func(t *testing.T) {
			r := mctest.Holds(t, New(want.config), explore.Options{})
			mctest.Counts(t, r, explore.Counts{Initial: 1, Distinct: want.distinct, Generated: want.generated, Depth: want.depth})
		})
	}
}

func TestCorruptionMustBeInjected(t *testing.T) {
	for _, b := range Entry.Bugs() {
		mctest.Holds(t, New(Config{Bug: b.Name}), explore.Options{WithoutFaults: []string{"partial-write"}})
	}
}
