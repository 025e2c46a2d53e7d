package explore

import (
	"time"

	"github.com/muster-mc/muster/internal/checkpoint"
	"github.com/muster-mc/muster/internal/spill"
)

// Options says how a model is explored. The zero value explores everything
// with one worker a processor.
type Options struct {
	// Workers is how many goroutines expand states. Zero means one for each
	// processor that Go may use. It changes how long a run takes and nothing
	// else.
	Workers int

	// Properties names the properties to check. Nil means all of them.
	Properties []string

	// SafetyOnly leaves out the properties about whole runs, which take longer and
	// more memory than all others together. The report's bounds say which.
	SafetyOnly bool

	// WithoutFaults names kinds of fault (Action.Fault) to leave out. A claim of
	// reachability may owe its witness to a fault, so when faults are left out,
	// one that is not reached is reported and is no violation.
	WithoutFaults []string

	// KeepGoing explores on after a violation, to the end of the space, until
	// each property has its counterexample.
	KeepGoing bool

	// MaxStates, MaxDepth and Timeout end a run as incomplete: after so many
	// distinct states, before the level after so many (the initial states are
	// level 1), after so long. Zero means no limit.
	MaxStates uint64
	MaxDepth  int
	Timeout   time.Duration

	// Store is the kind of set that holds the visited states; see the package
	// comment. Empty means StoreAuto. It changes what the answer rests on, how
	// much memory a run takes and how long, and nothing else.
	Store StoreKind

	// Memory is how many bytes the process may take for the run. What does not
	// fit is kept in files, as far as Store permits that; see the package
	// comment. Zero means three quarters of what the machine, or the control
	// group, has. A run needs 40 MiB, and 8 MiB for each worker, at the least.
	Memory uint64

	// WorkDir is a directory for those files, which must be there. The run makes
	// a directory of its own in it, when it is needed, and removes it at the end.
	// Empty means that of the system for temporary files, which on some systems is
	// in memory.
	WorkDir string

	// Seed varies the hash functions. Runs with different seeds agree unless
	// one of them suffered a collision, which only a compact set can.
	Seed uint64

	// Explain asks for Report.Explanation. The run then takes several times as long.
	// A run that is resumed can be explained if it was begun so: its checkpoint
	// keeps what was observed.
	Explain bool

	// Parameters are how the model was configured. They go into the report as
	// they are, and into a checkpoint, with which they must agree later.
	Parameters map[string]any

	// Checkpoint, if set, is a directory in which the run keeps where it stands,
	// so that [Resume] can go on from there after an interrupt or a crash. It is
	// made if there is none, and must not be used for anything else. It is
	// written at most once every CheckpointEvery, which is five minutes unless
	// set, and when the context is cancelled. A run that ends by itself removes
	// its checkpoint. The package comment says more.
	Checkpoint      string
	CheckpointEvery time.Duration

	// Progress, if set, is called about once a second while the run goes on,
	// from another goroutine than Check's caller, never concurrently.
	Progress func(Progress)

	tuning tuning

	_ struct{}
}

// tuning is how work is cut up. It changes how fast a run is and nothing else.
type tuning struct {
	fragmentStates int  // the most states of a fragment
	blockStates    int  // the most states of a block, at most 2^parentBits
	roundBlocks    int  // blocks of a round
	verdicts       int  // remembered verdicts on parts of states, -1 for none
	automata       bool // properties about whole runs are checked by automata, whatever their form
	apart          bool // the graph of steps is made when the search has ended
	pieces         bool // or else after every round, of as few states as there are
	hashBits       int  // that states' fingerprints are cut to, to see what relies on them; 0 for none

	tiny     bool // Memory may be anything: what does not fit goes to files
	logChunk int  // as in predecessor.Log

	heard chan struct{} // closed when the run has heard that its context is cancelled, nil if nobody wants to know

	spillFile      func(path string) (spill.Handle, error)    // makes one, nil for the usual way
	checkpointFile func(path string) (checkpoint.File, error) // makes one, nil for the usual way
}

// tuned fills in what is usual.
func (o Options) tuned() tuning {
	t := o.tuning
	if t.fragmentStates == 0 {
		t.fragmentStates = fragmentStates
	}
	if t.blockStates == 0 {
		t.blockStates = blockStates
	}
	if t.verdicts == 0 {
		t.verdicts = verdictsMax
	}
	if t.roundBlocks == 0 {
		t.roundBlocks = roundBlocks * o.workers()
		if o.workers() == 1 {
			t.roundBlocks = roundBlocksSole
		}
	}
	return t
}

// Progress is where a run stands.
type Progress struct {
	Elapsed   time.Duration
	Depth     int    // the level being made; the initial states are level 1
	Distinct  uint64 // states found so far
	Generated uint64 // successors made so far
	Frontier  uint64 // states of the last whole level yet to be expanded
	Bytes     uint64 // memory held by the visited set, the frontier, the trace log and the graph of steps

	// The parts of Bytes, the kind of the set, and how many bytes were written to
	// files so far.
	Store                                           StoreKind
	StoreBytes, FrontierBytes, LogBytes, GraphBytes uint64
	Written                                         uint64

	// Deciding says that every state was found, and that what is left is to decide
	// on properties about whole runs.
	Deciding bool

	// How long the run will still take, going by a [Forecast] and by how long it
	// took so far. Most is zero while no end is in sight, and both are until there
	// are some levels to go by.
	LeftLeast, LeftMost time.Duration

	// Growing are the fields whose largest value rose at every level so far, if
	// Options.Explain asks for them: maybe nothing bounds them.
	Growing []string
}
