package popclose

import (
	"fmt"
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explore/mctest"
)

func TestCounts(t *testing.T) {
	for _, row := range []struct {
		config Config
		want   explore.Counts
	}{
		{Config{}, explore.Counts{Distinct: 222, Generated: 267, Depth: 21}},
		{Config{Pops: 1}, explore.Counts{Distinct: 66, Generated: 73, Depth: 17}},
		{Config{Pops: 3}, explore.Counts{Distinct: 732, Generated: 936, Depth: 25}},
	} {
		mctest.Counts(t, mctest.Holds(t, New(row.config), explore.Options{}), row.want)
	}
}

// Pop waits for a signal that was given before.
func TestTheReportSaysWhoWaits(t *testing.T) {
	r := mctest.Breaks(t, New(Config{Pops: 1, Bug: "own-lock"}), explore.Options{}, explore.Deadlock, 0)
	for _, p := range r.Properties {
		if p.Name != explore.Deadlock {
			continue
		}
		if got, want := fmt.Sprint(p.Trace.Waits), "[pop waits for a signal of Cond (1 waiting), at f.cond.Wait()]"; got != want {
			t.Errorf("got %s; want %s", got, want)
		}
	}
}
