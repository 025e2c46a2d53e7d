package twophase

import (
	"fmt"
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explore/mctest"
)

// allStates are counted here, and not orbits: those are in the tests of all models.
var allStates = explore.Options{Symmetry: explore.SymmetryOff}

func TestCounts(t *testing.T) {
	for _, want := range []struct {
		rms                 int
		distinct, generated uint64
		depth               int
	}{
		{3, 288, 1_146, 11},
		{5, 8_832, 58_146, 17},
		{6, 50_816, 402_306, 20},
		{7, 296_448, 2_744_706, 23},
	} {
		t.Run(fmt.Sprint(want.rms), func(t *testing.T) {
			c := mctest.Holds(t, New(Config{RMs: want.rms}), allStates).Counts
			if c.Initial != 1 || c.Distinct != want.distinct || c.Generated != want.generated || c.Depth != want.depth {
				t.Errorf("got %+v, want %+v", c, want)
			}
		})
	}
}

// The number of states is known beforehand.
func TestClosedForm(t *testing.T) {
	for n := 1; n <= 5; n++ {
		c := mctest.Holds(t, New(Config{RMs: n}), allStates).Counts
		if want := power(2, n) + power(4, n) + power(6, n); c.Distinct != want || c.Depth != 3*n+2 {
			t.Errorf("%d resource managers: got %+v, want %d states in %d levels", n, c, want, 3*n+2)
		}
	}
}

func power(base uint64, n int) uint64 {
	if n == 0 {
		return 1
	}
	return base * power(base, n-1)
}

// The whole space with a bug in it.
func TestBugsWholeSpace(t *testing.T) {
	for bug, want := range map[string]explore.Counts{
		"commit-early":  {Distinct: 623, Generated: 2_508, Depth: 11},
		"break-promise": {Distinct: 459, Generated: 2_277, Depth: 11},
	} {
		r := mctest.Breaks(t, New(Config{Bug: bug}), explore.Options{Symmetry: explore.SymmetryOff, KeepGoing: true}, "Consistent", 0)
		mctest.Counts(t, r, want)
	}
}

func TestBugs(t *testing.T) {
	for _, b := range Entry.Bugs() {
		t.Run(b.Name, func(t *testing.T) {
			c := Config{Bug: b.Name, Live: b.With["live"] == "true"}
			mctest.Breaks(t, New(c), allStates, b.Breaks, b.Length)
		})
	}
}

// Where messages arrive in the end, a decision reaches everybody. The space is the
// same.
func TestLive(t *testing.T) {
	c := mctest.Holds(t, New(Config{RMs: 5, Live: true}), allStates).Counts
	if c.Distinct != 8_832 || c.Generated != 58_146 {
		t.Errorf("got %+v", c)
	}
}
