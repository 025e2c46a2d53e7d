package search

import (
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explore/mctest"
	"github.com/muster-mc/muster/models/internal/orbittest"
)

func TestCounts(t *testing.T) {
	for _, want := range []struct {
		name                        string
		config                      Config
		distinct, orbits, generated uint64
		depth                       int
	}{
		{"default", Config{}, 21, 11, 61, 4},
		{"3 agents, 4 entries", Config{Agents: 3, Entries: 4, Limit: 2}, 484, 86, 1_933, 6},
	} {
		t.Run(want.name, func(t *testing.T) {
			r := orbittest.Holds(t, New(want.config), explore.Options{}, want.orbits)
			mctest.Counts(t, r, explore.Counts{Distinct: want.distinct, Generated: want.generated, Depth: want.depth})
		})
	}
}

func TestBugs(t *testing.T) { orbittest.Bugs(t, Entry) }

// A limit that is never reached hides that it is applied too early.
func TestLimitFirstNeedsAFullArchive(t *testing.T) {
	mctest.Holds(t, New(Config{Bug: "limit-first", Limit: 2}), explore.Options{})
	mctest.Breaks(t, New(Config{Bug: "limit-first", Limit: 2, Entries: 3}), explore.Options{}, "FindsOwn", 5)
}
