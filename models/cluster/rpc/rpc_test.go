package rpc

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
		{"default", Config{}, 931, 3_996, 11},
		{"1 call", Config{Calls: 1}, 61, 146, 7},
		{"3 calls", Config{Calls: 3}, 11_721, 75_296, 15},
	} {
		t.Run(want.name, func(t *testing.T) {
			r := mctest.Holds(t, New(want.config), explore.Options{})
			mctest.Counts(t, r, explore.Counts{Distinct: want.distinct, Generated: want.generated, Depth: want.depth})
		})
	}
}

// With two numberings, who pushed the other out is also given its answer.
func TestOwnNumbersMisleadsToo(t *testing.T) {
	m := New(Config{Bug: "own-numbers"})
	mctest.Breaks(t, m, explore.Options{Properties: []string{"RightAnswer"}}, "RightAnswer", 4)
}
