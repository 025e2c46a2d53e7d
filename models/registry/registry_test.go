package registry

import (
	"flag"
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explore/mctest"
)

// allStates are counted here, and not orbits: those are in the tests of all models.
var allStates = explore.Options{Symmetry: explore.SymmetryOff}

var slow = flag.Bool("slow", false, "check the large configurations, too")

type row struct {
	name                string
	config              Config
	distinct, generated uint64
	depth               int
}

func TestCounts(t *testing.T) {
	rows := []row{
		{"default", Config{}, 6_174, 22_845, 19},
		{"1 actor, 1 miss", Config{Actors: 1, MaxHeartbeatMiss: 1}, 320, 937, 13},
		{"heartbeat loss", Config{HeartbeatLoss: true}, 25_560, 156_145, 19},
	}
	if *slow { // some seconds
		rows = append(rows, row{"3 nodes", Config{Nodes: 3}, 1_674_000, 8_766_001, 30})
	}
	for _, want := range rows {
		t.Run(want.name, func(t *testing.T) {
			c := mctest.Holds(t, New(want.config), allStates).Counts
			if c.Initial != 1 || c.Distinct != want.distinct || c.Generated != want.generated || c.Depth != want.depth {
				t.Errorf("got %+v, want %+v", c, want)
			}
		})
	}
}

func TestSkipBothWholeSpace(t *testing.T) {
	m := New(Config{Actors: 1, MaxHeartbeatMiss: 1, Bug: "skip-both"})
	c := mctest.Holds(t, m, explore.Options{Symmetry: explore.SymmetryOff, Properties: []string{"TypeOK", "NoTakeover"}}).Counts
	if c.Distinct != 350 || c.Generated != 1_321 || c.Depth != 13 {
		t.Errorf("got %+v", c)
	}
}

// A node that is not active is always down, unless heartbeats get lost: it takes
// that to make the missing look at the status show.
func TestSkipStatusNeedsHeartbeatLoss(t *testing.T) {
	m := New(Config{Actors: 1, MaxHeartbeatMiss: 1, Bug: "skip-status"})
	if c := mctest.Holds(t, m, allStates).Counts; c.Distinct != 320 || c.Generated != 937 {
		t.Errorf("got %+v; want the graph without the bug", c)
	}
}

// The cluster comes to its end in a state without successor. It is a deadlock
// for whom such an end is none.
func TestDeadlock(t *testing.T) {
	m := New(Config{})
	m.Terminal = nil
	mctest.Breaks(t, m, allStates, "Deadlock", 11)
}
