package load

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
		"default":    {Config{}, 12, 30, 6},
		"6 requests": {Config{Requests: 6}, 28, 70, 10},
	} {
		t.Run(name, func(t *testing.T) {
			r := mctest.Holds(t, New(want.config), explore.Options{})
			mctest.Counts(t, r, explore.Counts{Initial: 1, Distinct: want.distinct, Generated: want.generated, Depth: want.depth})
		})
	}
}

func TestOutageMustBeInjected(t *testing.T) {
	o := explore.Options{WithoutFaults: []string{"partition"}}
	mctest.Holds(t, New(Config{Bug: "default-on-error"}), o)
}
