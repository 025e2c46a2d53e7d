package prevote

import (
	"testing"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explore/mctest"
)

func TestCounts(t *testing.T) {
	r := mctest.Holds(t, New(Config{}), explore.Options{})
	mctest.Counts(t, r, explore.Counts{Distinct: 13, Generated: 15, Depth: 9})
}

// Where no campaign was lost before, both nodes have the same term, and nothing is dropped.
func TestTermsThatAreAlike(t *testing.T) {
	mctest.Holds(t, New(Config{Campaigns: catalog.None, Bug: "drop-lower-term"}), explore.Options{})
}
