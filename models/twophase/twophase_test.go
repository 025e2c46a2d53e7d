package twophase

import (
	"fmt"
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explore/mctest"
)

func TestCounts(t *testing.T) {
	for _, want := range []struct {
		rms                 int
		distinct, generated uint64
		depth               int
	}{
		{3, 288, 1_146, 11},
		{5, 8_832, 58_146, 17},
		{6, 50_816, 402_306, 20},
	} {
		t.Run(fmt.Sprint(want.rms), func(t *testing.T) {
			c := mctest.Holds(t, New(Config{RMs: want.rms}), explore.Options{}).Counts
			if c.Initial != 1 || c.Distinct != want.distinct || c.Generated != want.generated || c.Depth != want.depth {
				t.Errorf("got %+v, want %+v", c, want)
			}
		})
	}
}

func TestBugs(t *testing.T) {
	for _, b := range Entry.Bugs {
		t.Run(b.Name, func(t *testing.T) {
			mctest.Breaks(t, New(Config{Bug: b.Name}), explore.Options{}, b.Breaks, b.Length)
		})
	}
}
