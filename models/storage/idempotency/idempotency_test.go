package idempotency

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
		"default":  {Config{}, 8, 9, 5},
		"3 copies": {Config{Copies: 3}, 21, 29, 7},
	} {
		t.Run(name, func(t *testing.T) {
			r := mctest.Holds(t, New(want.config), explore.Options{})
			mctest.Counts(t, r, explore.Counts{Initial: 1, Distinct: want.distinct, Generated: want.generated, Depth: want.depth})
		})
	}
}

func TestDuplicationMustBeInjected(t *testing.T) {
	o := explore.Options{WithoutFaults: []string{"duplication"}}
	mctest.Holds(t, New(Config{Bug: "find-then-append"}), o)
}
