package explore

import (
	"slices"
	"time"

	"github.com/muster-mc/muster/internal/checkpoint"
	"github.com/muster-mc/muster/internal/liveness"
	"github.com/muster-mc/muster/internal/search"
	"github.com/muster-mc/muster/internal/system"
)

// WorkersMax is the largest number of workers.
const WorkersMax = search.WorkersMax

// Options says how a model is explored. The zero value explores everything
// with one worker a processor.
type Options struct {
	// Workers is how many goroutines expand states, at most [WorkersMax]. Zero means
	// one for each processor that Go may use. It changes how long a run takes and nothing
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

	// Traces is how many violations of each property a run that keeps going reports:
	// the first ones in the order of the search, each by another state, or another
	// step. Zero means one; properties about whole runs have one in any case.
	Traces int

	// MaxStates, MaxDepth and Timeout end a run as incomplete: after MaxStates
	// distinct states, after MaxDepth levels (the initial states are level 1), after
	// the duration Timeout. Zero means no limit.
	MaxStates uint64
	MaxDepth  int
	Timeout   time.Duration

	// Symmetry says whether one state is searched of all those that differ in nothing
	// but the names of interchangeable values. It is for models that declare such values
	// (Model.Symmetry). Empty means SymmetryAuto.
	Symmetry SymmetryMode

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

	// Found, if set, is called with each violation that the search finds, the first one of
	// each property, as soon as it is found: with KeepGoing long before the report, which
	// has it too. The search waits for the call. Violations of properties about whole runs
	// are decided at the end, as are panics in those properties: they are in the report only,
	// and so is what Engine finds.
	Found func(PropertyReport)

	// Engine, if set, searches in place of the engine in this process. Properties about
	// whole runs are then unknown.
	Engine Engine

	tuning tuning

	_ struct{}
}

// tuning is how work is cut up. It changes how fast a run is and nothing else.
type tuning struct {
	search.Tuning
	liveness       liveness.Tuning
	checkpointFile func(path string) (checkpoint.File, error) // makes a file, nil for the usual way
}

// wants reports whether a property is to be checked.
func (o Options) wants(property string) bool {
	return o.Properties == nil || slices.Contains(o.Properties, property)
}

// checked are the properties of a system that are to be checked, by their places.
func (o Options) checked(m *system.System) []int {
	var list []int
	for i := range m.Properties {
		if p := &m.Properties[i]; o.wants(p.Name) && !(o.SafetyOnly && p.IsTemporal()) {
			list = append(list, i)
		}
	}
	return list
}

// StoreKind is a kind of set for the visited states.
type StoreKind string

// The kinds of set. The zero value stands for StoreAuto.
const (
	StoreAuto    StoreKind = "auto"    // exact as long as it is small, then compact, then on disk
	StoreExact   StoreKind = "exact"   // compares every byte of the states
	StoreCompact StoreKind = "compact" // compares 72 bits of hash
	StoreDisk    StoreKind = "disk"    // the same, and keeps in files what there is no memory for
)

// StoreKinds lists all kinds.
func StoreKinds() []StoreKind {
	return []StoreKind{StoreAuto, StoreExact, StoreCompact, StoreDisk}
}
