package network

import (
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explore/mctest"
)

func TestNetwork(t *testing.T) {
	r := mctest.Holds(t, New(Config{}), explore.Options{})
	mctest.Counts(t, r, explore.Counts{Initial: 1, Distinct: 33, Depth: 11})
}

// Without losses it is enough that each message is delivered at last.
func TestWithoutLosses(t *testing.T) {
	m := New(Config{Bug: "weak-delivery"})
	mctest.Breaks(t, m, explore.Options{}, "AllArrive", 3)
	mctest.Holds(t, m, explore.Options{WithoutFaults: []string{"loss"}})
}
