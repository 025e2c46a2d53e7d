package agent

import (
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explore/mctest"
)

// allStates are counted here, and not orbits: those are in the tests of all models.
var allStates = explore.Options{Symmetry: explore.SymmetryOff}

type row struct {
	name                string
	config              Config
	distinct, generated uint64
	depth               int
}

func (r row) check(t *testing.T, c explore.Counts) {
	t.Helper()
	if c.Initial != 1 || c.Distinct != r.distinct || c.Generated != r.generated || c.Depth != r.depth {
		t.Errorf("got %+v, want %+v", c, r)
	}
}

var shipped = row{"shipped", Config{}, 860, 2_933, 18}

func TestCounts(t *testing.T) {
	for _, row := range []row{
		shipped,
		{"one node", Config{Nodes: 1, MaxIterations: 2, MaxMessages: 2}, 78, 184, 12},
		{"three nodes", Config{Nodes: 3}, 5_010, 21_367, 22},

		// No message takes two iterations, so more than one each are not used.
		{"many iterations", Config{MaxIterations: 20}, 860, 2_933, 18},
	} {
		t.Run(row.name, func(t *testing.T) {
			row.check(t, mctest.Holds(t, New(row.config), allStates).Counts)
		})
	}
}

// TestSkipCheckpoint: the whole space of the bug, and what it leaves alone.
func TestSkipCheckpoint(t *testing.T) {
	row := row{"whole space", Config{Bug: "skip-checkpoint"}, 4_718, 17_121, 36}
	unharmed := []string{"TypeOK", "SingleActivation", "MessageProcessingOrder", "StateConsistency", "PausedConsistency"}
	row.check(t, mctest.Holds(t, New(row.config), explore.Options{Symmetry: explore.SymmetryOff, Properties: unharmed}).Counts)

	everything := explore.Options{Symmetry: explore.SymmetryOff, KeepGoing: true}
	row.check(t, mctest.Breaks(t, New(row.config), everything, "CheckpointIntegrity", 5).Counts)
	for name, length := range map[string]int{"CheckpointIntegrity": 5, "CheckpointIsCurrent": 5, "NoRepeatedWork": 9} {
		mctest.Breaks(t, New(row.config), explore.Options{Symmetry: explore.SymmetryOff, Properties: []string{name}}, name, length)
	}
}

// TestDeadlock: as long as nodes can crash, there is always a next step. The
// agent's own end is that every node has stopped it.
func TestDeadlock(t *testing.T) {
	m := New(Config{})
	m.Terminal = nil
	shipped.check(t, mctest.Holds(t, m, allStates).Counts)
}
