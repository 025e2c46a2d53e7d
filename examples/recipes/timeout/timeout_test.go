package timeout

import (
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explore/mctest"
)

func TestTimeout(t *testing.T) {
	r := mctest.Holds(t, New(Config{}), explore.Options{})
	mctest.Counts(t, r, explore.Counts{Initial: 1, Distinct: 25, Depth: 8})
}

// The late answer of the first call arrives while the client waits for the second.
func TestAnyAnswer(t *testing.T) {
	mctest.Breaks(t, New(Config{Bug: "any-answer"}), explore.Options{}, "OwnAnswer", 6)
}

func TestPatience(t *testing.T) {
	mctest.Breaks(t, New(Config{Bug: "patience"}), explore.Options{}, "GoesOn", 2)
}
