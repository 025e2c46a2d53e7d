package startup

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
		{"proof", Config{}, 29, 93, 5},
		{"variant", Config{Guard: "variant"}, 7, 16, 3},
	} {
		t.Run(want.name, func(t *testing.T) {
			r := mctest.Holds(t, New(want.config), explore.Options{})
			mctest.Counts(t, r, explore.Counts{Distinct: want.distinct, Generated: want.generated, Depth: want.depth})
		})
	}
}

// A configuration that cannot be wrong needs no validation, so that nobody can
// forget it.
func TestVariantNeedsNoValidation(t *testing.T) {
	for _, bug := range Entry.Bugs() {
		mctest.Holds(t, New(Config{Guard: "variant", Bug: bug.Name}), explore.Options{})
	}
}
