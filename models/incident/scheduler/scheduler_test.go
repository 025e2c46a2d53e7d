package scheduler

import (
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explore/mctest"
)

func TestCounts(t *testing.T) {
	r := mctest.Holds(t, New(Config{}), explore.Options{})
	mctest.Counts(t, r, explore.Counts{Distinct: 88, Generated: 145, Depth: 11})
}

// With a single pod no other can take the flag down.
func TestOnePod(t *testing.T) {
	mctest.Holds(t, New(Config{Pods: 1, Bug: "event-as-flag"}), explore.Options{})
}
