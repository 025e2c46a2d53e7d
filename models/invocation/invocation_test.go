package invocation

import (
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explore/mctest"
	"github.com/muster-mc/muster/model"
)

// allStates are counted here, and not orbits: those are in the tests of all models.
var allStates = explore.Options{Symmetry: explore.SymmetryOff}

var safety = []string{
	"TypeOK", "NoDeadlock", "SingleActivationDuringCall", "DepthBounded", "BoundedPendingCalls",
	"CycleDetectedEarly", "WaiterHasOneCall",
}

func TestCounts(t *testing.T) {
	for _, row := range []struct {
		name                string
		config              Config
		distinct, generated uint64
		depth               int
	}{
		{"shipped", Config{}, 390_951, 1_191_134, 107},
		{"no call is ever made", Config{MaxDepth: 1, MaxTime: 20}, 84, 337, 23},
		{"shorter", Config{MaxTime: 20}, 5_391, 16_694, 27},
		{"three agents", Config{Agents: 3, MaxTime: 10}, 69_304, 258_311, 21},

		// What two agents could do with longer chains is a cycle, and refused.
		{"deeper", Config{MaxDepth: 3, MaxTime: 20}, 5_391, 16_694, 27},
	} {
		t.Run(row.name, func(t *testing.T) {
			c := mctest.Holds(t, New(row.config), explore.Options{Symmetry: explore.SymmetryOff, Properties: safety}).Counts
			if c.Initial != 1 || c.Distinct != row.distinct || c.Generated != row.generated || c.Depth != row.depth {
				t.Errorf("got %+v, want %+v", c, row)
			}
		})
	}
}

func TestWitness(t *testing.T) {
	mctest.Holds(t, New(Config{MaxTime: 5}), allStates)

	// A limit of one agent to a chain is a way to turn calls off.
	m := New(Config{MaxDepth: 1, MaxTime: 5})
	m.Properties = append(m.Properties, model.Always("NoCall", func(s *State) bool { return s.Calls.Len() == 0 }))
	mctest.Holds(t, m, explore.Options{Symmetry: explore.SymmetryOff, Properties: append([]string{"NoCall"}, safety...)})
}

// TestWaitCycle: why there is RefuseWaitCycles. Two agents that call one
// another on account of different work are on no common chain.
func TestWaitCycle(t *testing.T) {
	p := &protocol{Config{Agents: 2}}
	m := New(Config{})
	m.Properties = append(m.Properties, model.Always("NoWaitCycle", p.noWaitCycle))
	mctest.Breaks(t, m, allStates, "NoWaitCycle", 5)
}

// TestUnaskedAnswer: why there is MatchReplies. An agent at work of its own
// answers a call that it has not even taken up.
func TestUnaskedAnswer(t *testing.T) {
	m := New(Config{})
	m.Properties = append(m.Properties, model.AlwaysStep("Served", func(before, after *State) bool {
		for _, call := range before.Calls.Items() {
			was, is := before.Agents[call.Target.index()], after.Agents[call.Target.index()]
			answered := !after.Calls.Has(call) && was.Phase == Processing && is.Phase == Idle
			if answered && was.Stack != call.Chain {
				return false
			}
		}
		return true
	}))
	mctest.Breaks(t, m, allStates, "Served", 5)
}
