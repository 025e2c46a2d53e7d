package search

import (
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explore/mctest"
)

func TestCounts(t *testing.T) {
	for _, want := range []struct {
		name                string
		config              Config
		distinct, generated uint64
		depth               int
	}{
		{"default", Config{}, 21, 61, 4},
		{"3 agents, 4 entries", Config{Agents: 3, Entries: 4, Limit: 2}, 484, 1_933, 6},
	} {
		t.Run(want.name, func(t *testing.T) {
			r := mctest.Holds(t, New(want.config), explore.Options{})
			mctest.Counts(t, r, explore.Counts{Distinct: want.distinct, Generated: want.generated, Depth: want.depth})
		})
	}
}

// A limit that is never reached hides that it is applied too early.
func TestLimitFirstNeedsAFullArchive(t *testing.T) {
	mctest.Holds(t, New(Config{Bug: "limit-first", Limit: 2}), explore.Options{})
	mctest.Breaks(t, New(Config{Bug: "limit-first", Limit: 2, Entries: 3}), explore.Options{}, "FindsOwn", 5)
}
