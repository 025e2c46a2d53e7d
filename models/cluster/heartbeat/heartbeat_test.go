package heartbeat

import (
	"testing"

	"github.com/muster-mc/muster/catalog"
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
		{"default", Config{}, 136, 479, 11},
		{"long timeout", Config{Timeout: 5}, 238, 812, 14},
		{"no restart", Config{Restarts: catalog.None}, 32, 101, 7},
		{"3 restarts, 4 beats", Config{Restarts: 3, Beats: 4}, 3_120, 13_133, 21},
	} {
		t.Run(want.name, func(t *testing.T) {
			r := mctest.Holds(t, New(want.config), explore.Options{})
			mctest.Counts(t, r, explore.Counts{Distinct: want.distinct, Generated: want.generated, Depth: want.depth})
		})
	}
}

// A longer timeout makes it rarer that a node which restarts is lost, not
// impossible.
func TestOneSequence(t *testing.T) {
	mctest.Breaks(t, New(Config{Bug: "one-sequence", Timeout: 3}), explore.Options{}, "LiveNodeNotFailed", 10)
}

// Each bug needs its fault: a restart, or a heartbeat that comes when a newer one
// has come: again, or for the first time.
func TestBugsNeedFaults(t *testing.T) {
	o := explore.Options{Properties: []string{"LiveNodeNotFailed", "NoStaleLife"}}
	for bug, faults := range map[string][]string{
		"one-sequence":   {"crash"},
		"reset-sequence": {"duplication", "reordering"},
		"accept-any":     {"duplication", "reordering"},
	} {
		o.WithoutFaults = faults
		mctest.Holds(t, New(Config{Bug: bug}), o)
	}
}

// Over a connection that keeps order, dropping repeats is enough: there are as
// many states as without the bug. Reordering, with no other fault, shows that it
// is not.
func TestOnlyRepeatsNeedsReordering(t *testing.T) {
	inOrder := explore.Options{WithoutFaults: []string{"reordering"}}
	for _, bug := range []string{"", "only-repeats"} {
		r := mctest.Holds(t, New(Config{Bug: bug}), inOrder)
		mctest.Counts(t, r, explore.Counts{Distinct: 88, Generated: 267, Depth: 10})
	}
	reordering := explore.Options{WithoutFaults: []string{"crash", "duplication"}}
	mctest.Breaks(t, New(Config{Bug: "only-repeats"}), reordering, "NoStaleLife", 4)
}
