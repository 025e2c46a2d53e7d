package tla

import (
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explore/mctest"
)

func TestRoom(t *testing.T) {
	r := mctest.Holds(t, New(Config{}), explore.Options{})
	mctest.Counts(t, r, explore.Counts{Initial: 1, Distinct: 20, Depth: 5})
}

// A guest waits while others enter and leave for ever.
func TestWeak(t *testing.T) {
	mctest.Breaks(t, New(Config{Bug: "weak"}), explore.Options{KeepGoing: true}, "EachEnters", 5)
}

func TestStays(t *testing.T) {
	mctest.Breaks(t, New(Config{Bug: "stays"}), explore.Options{KeepGoing: true}, "EachEnters", 4)
}
