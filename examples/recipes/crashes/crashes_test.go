package crashes

import (
	"testing"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explore/mctest"
)

// A value survives fewer crashes than it has copies, and no more.
func TestBudget(t *testing.T) {
	for copies := 1; copies <= nodes; copies++ {
		survived := New(Config{Copies: copies, Crashes: orNone(copies - 1)})
		mctest.Holds(t, survived, explore.Options{})
		mctest.Breaks(t, New(Config{Copies: copies, Crashes: copies}), explore.Options{}, "AckedIsKept", 2+2*copies)
	}
}

// orNone is a number in a Config, where zero stands for the default.
func orNone(n int) int {
	if n == 0 {
		return catalog.None
	}
	return n
}

func TestCounts(t *testing.T) {
	r := mctest.Holds(t, New(Config{}), explore.Options{})
	mctest.Counts(t, r, explore.Counts{Initial: 1, Distinct: 27, Depth: 7})
}
