package rpc

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
		{"default", Config{}, 931, 466, 3_996, 11},
		{"1 call", Config{Calls: 1}, 61, 31, 146, 7},
		{"3 calls", Config{Calls: 3}, 11_721, 5_861, 75_296, 15},
	} {
		t.Run(want.name, func(t *testing.T) {
			r := orbittest.Holds(t, New(want.config), explore.Options{}, want.orbits)
			mctest.Counts(t, r, explore.Counts{Distinct: want.distinct, Generated: want.generated, Depth: want.depth})
		})
	}
}

func TestBugs(t *testing.T) { orbittest.Bugs(t, Entry) }

// With two numberings, who pushed the other out is also given its answer.
func TestOwnNumbersMisleadsToo(t *testing.T) {
	m := New(Config{Bug: "own-numbers"})
	mctest.Breaks(t, m, explore.Options{Properties: []string{"RightAnswer"}}, "RightAnswer", 4)
}
