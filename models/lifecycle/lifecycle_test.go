package lifecycle

import (
	"testing"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explore/mctest"
)

func TestCounts(t *testing.T) {
	for _, want := range []struct {
		name   string
		config Config
		counts explore.Counts
	}{
		{"default", Config{},
			explore.Counts{Initial: 1, Distinct: 11, Generated: 19, Depth: 8}},
		{"1 message, 1 tick", Config{MaxPending: 1, IdleTimeout: 1},
			explore.Counts{Initial: 1, Distinct: 8, Generated: 13, Depth: 6}},
		{"150,000 messages, 100,000 ticks", Config{MaxPending: 150_000, IdleTimeout: 100_000},
			explore.Counts{Initial: 1, Distinct: 250_006, Generated: 500_009, Depth: 150_003}},
	} {
		t.Run(want.name, func(t *testing.T) {
			mctest.Counts(t, mctest.Holds(t, New(want.config), explore.Options{}), want.counts)
		})
	}
}

// TestClosedForm: with m messages and a timeout of i ticks there are m+i+6
// states, also when the timeout is 0.
func TestClosedForm(t *testing.T) {
	for m := 1; m <= 6; m++ {
		for i := 0; i <= 6; i++ {
			c := Config{MaxPending: m, IdleTimeout: i}
			if i == 0 {
				c.IdleTimeout = catalog.None
			}
			want := explore.Counts{Distinct: uint64(m + i + 6)}
			mctest.Counts(t, mctest.Holds(t, New(c), explore.Options{}), want)
		}
	}
}

// TestBugsWhole pins the space beyond the first violation, and the shortest
// counterexample of each property alone.
func TestBugsWhole(t *testing.T) {
	for _, want := range []struct {
		bug    string
		counts explore.Counts
		traces map[string]int // states, by property; one that is not here holds
	}{
		{"deactivate-pending", explore.Counts{Initial: 1, Distinct: 10, Generated: 17, Depth: 7}, nil},
		{"invoke-any-state", explore.Counts{Initial: 1, Distinct: 17, Generated: 38, Depth: 8},
			map[string]int{
				"LifecycleOrdering": 2, "NoResurrection": 2,
				"GracefulDeactivation": 7, "IdleTimeoutRespected": 7, "NoNewInvokesWhileDeactivating": 7,
			}},
		{"invoke-and-deactivate", explore.Counts{Initial: 1, Distinct: 17, Generated: 40, Depth: 8},
			map[string]int{
				"LifecycleOrdering": 2, "NoResurrection": 2,
				"GracefulDeactivation": 7, "IdleTimeoutRespected": 7, "NoNewInvokesWhileDeactivating": 7,
				"NothingDropped": 8,
			}},
	} {
		m := New(Config{IdleTimeout: 2, Bug: want.bug})
		for _, p := range m.Properties {
			t.Run(want.bug+"/"+p.Name, func(t *testing.T) {
				o := explore.Options{Properties: []string{p.Name}, KeepGoing: true}
				if length, broken := want.traces[p.Name]; broken {
					mctest.Counts(t, mctest.Breaks(t, m, o, p.Name, length), want.counts)
				} else {
					mctest.Counts(t, mctest.Holds(t, m, o), want.counts)
				}
			})
		}
	}
}

// TestBothAsShipped: of three invariants, the one that falls first.
func TestBothAsShipped(t *testing.T) {
	o := explore.Options{Properties: []string{"TypeOK", "GracefulDeactivation", "IdleTimeoutRespected"}}
	mctest.Breaks(t, New(Config{IdleTimeout: 2, Bug: "invoke-and-deactivate"}), o, "GracefulDeactivation", 7)
}

// TestTraces pins the shortest counterexamples of the bugs.
func TestTraces(t *testing.T) {
	for _, want := range []struct {
		config   Config
		property string
		length   int
	}{
		{Config{Bug: "invoke-any-state"}, "NoResurrection", 2},
		{Config{Bug: "invoke-activating"}, "LifecycleOrdering", 3},
		{Config{Bug: "invoke-deactivating"}, "NoNewInvokesWhileDeactivating", 8},
		{Config{IdleTimeout: catalog.None, Bug: "deactivate-pending"}, "GracefulDeactivation", 5},
		{Config{Bug: "invoke-and-deactivate"}, "NoResurrection", 2},
		{Config{Bug: "impatient"}, "IdleTimeoutRespected", 4},
		{Config{IdleTimeout: catalog.None, Bug: "discard-mailbox"}, "NothingDropped", 5},
		{Config{Bug: "one-too-many"}, "TypeOK", 6},
	} {
		t.Run(want.config.Bug+"/"+want.property, func(t *testing.T) {
			mctest.Breaks(t, New(want.config), explore.Options{}, want.property, want.length)
		})
	}
}
