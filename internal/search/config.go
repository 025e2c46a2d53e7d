package search

import (
	"runtime"
	"slices"

	"github.com/muster-mc/muster/internal/budget"
	"github.com/muster-mc/muster/internal/orbit"
	"github.com/muster-mc/muster/internal/search/snapshot"
	"github.com/muster-mc/muster/internal/spill"
	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/internal/visited"
)

// Config says what is searched, and how. Only System must be set.
type Config struct {
	System        *system.System
	Properties    []int         // those that are checked, by their places in the system
	WithoutFaults []string      // kinds of fault whose actions are not tried
	Deadlock      bool          // deadlocks are looked for
	KeepGoing     bool          // a violation does not end the search
	Traces        int           // the number of violations of each property that are wanted; 0 for one
	KeepStates    bool          // all states are kept: see [Search.Archive]
	Orbits        *orbit.Orbits // one state of each is searched; nil for all states
	ProveOrbits   bool          // all states of each are checked for symmetry, not a sample

	// A search that reaches a limit is incomplete: see [Stop].
	MaxStates uint64 // distinct states; 0 for any number
	MaxDepth  int    // levels; 0 for any number

	Workers int          // 0 for one for each processor
	Seed    uint64       // of the fingerprints
	Store   visited.Kind // of visited states; "" leaves the choice to the search
	Memory  uint64       // bytes; 0 for as much as the process may take
	WorkDir string       // "" for the system's directory for temporary files

	// Observers are called in this order.
	Observers    []Observer
	Checkpointer *snapshot.Checkpointer // nil: no checkpoints are written

	// Reason says why a search that was cancelled ended. The search calls Reason only
	// after the cancellation.
	Reason func() string

	Tuning Tuning
}

// Tuning is how work is cut up. It changes how fast a run is and nothing else, except for
// HashBits, which makes collisions of fingerprints frequent enough to test, and Tiny, with
// which a run does not end for lack of memory. Zero stands for the usual value. Tests set
// small values, so that a small model has many rounds and parts.
type Tuning struct {
	// LogChunk is in bytes; the other numbers count the things that are named.
	FragmentStates int  // the most states of a fragment
	BlockStates    int  // the most states of a block, at most 2^system.ParentBits
	RoundBlocks    int  // blocks of a round
	Verdicts       int  // remembered verdicts on parts of states, -1 for none
	HashBits       int  // that states' fingerprints are cut to, to see what relies on them; 0 for none
	Tiny           bool // Memory may be anything: whatever does not fit goes to files
	LogChunk       int  // as in predecessor.Log
	WideCandidates int  // of one parent, before they are dealt with; see wide.go
	SmallRound     int  // successors of a round that one worker does alone, -1 for none

	Heard     chan struct{}                           // closed once the search has noticed that it is cancelled; it may be nil
	SpillFile func(path string) (spill.Handle, error) // makes a file, nil for the usual way
}

// workers is the number of workers.
func (c *Config) workers() int { return Workers(c.Workers) }

// Workers is the number of workers that are meant by a number that may be 0. By default
// there are no more than can run at the same time: they wait for each other in every
// round.
func Workers(n int) int {
	if n > 0 {
		return n
	}
	return min(runtime.GOMAXPROCS(0), WorkersMax)
}

// WorkersMax is the largest number of workers. Each takes some megabytes: see LeastWorker.
const WorkersMax = 1024

// Memory is the number of bytes that are meant by a number that may be 0.
func Memory(bytes uint64) uint64 {
	if bytes > 0 {
		return bytes
	}
	return budget.Default()
}

// setDefaults replaces zeros by the usual values, except for Workers, which is left to the
// method workers.
func (c *Config) setDefaults() {
	t := &c.Tuning
	if t.FragmentStates == 0 {
		t.FragmentStates = fragmentStates
	}
	if t.BlockStates == 0 {
		t.BlockStates = blockStates
	}
	if t.SmallRound == 0 {
		t.SmallRound = smallRound
	}
	t.SmallRound = max(0, t.SmallRound)
	if t.WideCandidates == 0 {
		t.WideCandidates = wideCandidates
	}
	if t.Verdicts == 0 {
		t.Verdicts = verdictsMax
	}
	if t.RoundBlocks == 0 {
		t.RoundBlocks = roundBlocks * c.workers()
		if c.workers() == 1 {
			t.RoundBlocks = roundBlocksSole
		}
	}
	c.Memory = Memory(c.Memory)
	if c.Reason == nil {
		c.Reason = func() string { return "it was interrupted" }
	}
}

// plan is what the search does with each state, worked out of the Config. Everywhere else
// in the package an action's place is its place in plan.actions, not in the system: lists
// by action have no gaps for the faults that are left out. Only the expander is made
// with places.
type plan struct {
	actions      []system.Action // those that are tried: all but the faults left out
	places       []int           // of the actions in the system
	implications []int           // those of the properties that are implications
}

// plan works out the plan. The order of actions is the system's, because it is a part of
// the order of the search.
func (c *Config) plan() plan {
	var p plan
	for i, a := range c.System.Actions {
		if a.Fault == "" || !slices.Contains(c.WithoutFaults, a.Fault) {
			p.actions, p.places = append(p.actions, a), append(p.places, i)
		}
	}
	for _, i := range c.Properties {
		if c.System.Properties[i].IsImplication() {
			p.implications = append(p.implications, i)
		}
	}
	return p
}

// Actions are the actions of a system that are tried without some kinds of fault. Others
// than a search need them in the same order, to tell an action by its place.
func Actions(s *system.System, withoutFaults []string) []system.Action {
	c := Config{System: s, WithoutFaults: withoutFaults}
	return c.plan().actions
}
