package lock

import (
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explore/mctest"
	"github.com/muster-mc/muster/models/internal/orbittest"
)

func TestCounts(t *testing.T) {
	r := orbittest.Holds(t, New(Config{}), explore.Options{}, 190)
	mctest.Counts(t, r, explore.Counts{Distinct: 1_114, Generated: 2_728, Depth: 13})
}

func TestBugs(t *testing.T) { orbittest.Bugs(t, Entry) }

// Without leases that end, neither bug shows.
func TestWithoutExpiry(t *testing.T) {
	for _, bug := range []string{"", "grant-unchecked", "no-fence"} {
		mctest.Holds(t, New(Config{Bug: bug}), explore.Options{WithoutFaults: []string{"lease expiry"}})
	}
}
