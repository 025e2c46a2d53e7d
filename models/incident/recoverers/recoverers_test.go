package recoverers

import (
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explore/mctest"
	"github.com/muster-mc/muster/models/internal/orbittest"
)

func TestCounts(t *testing.T) {
	r := orbittest.Holds(t, New(Config{}), explore.Options{}, 1_466)
	mctest.Counts(t, r, explore.Counts{Distinct: 2_692, Generated: 6_789, Depth: 25})
}

func TestBugs(t *testing.T) { orbittest.Bugs(t, Entry) }
