package options

import (
	"runtime/debug"
	"time"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/command/internal/exit"
	"github.com/muster-mc/muster/command/internal/flags"
	"github.com/muster-mc/muster/explore"
)

// Search is the values of the flags that become [explore.Options].
type Search struct {
	Workers         uint
	Properties      []string
	WithoutFaults   []string
	KeepGoing       bool
	Traces          uint16
	SafetyOnly      bool
	Symmetry        string
	MaxStates       uint64
	MaxDepth        uint
	Timeout         time.Duration
	Store           string
	Memory          flags.Size
	WorkDir         string
	Seed            uint64
	Checkpoint      string
	CheckpointEvery time.Duration
}

// Flags declares all flags of a search.
func (s *Search) Flags(fs *flags.Set) {
	s.AddSelection(fs)
	s.addAnswers(fs)
	s.AddLimits(fs)
	AddWorkers(fs, &s.Workers)
	s.AddMemory(fs)
	s.addSeed(fs)
	fs.StringVar(&s.Checkpoint, "checkpoint", "", "keep in this `directory` what resume can go on from")
	s.AddCheckpointEvery(fs)
}

// FlagsElsewhere declares the flags of a search on several machines.
func (s *Search) FlagsElsewhere(fs *flags.Set) {
	s.AddSelection(fs)
	s.addAnswers(fs)
	s.AddLimits(fs)
	fs.Choice(&s.Store, storeElsewhereFlag)
	s.addSeed(fs)
}

// addAnswers declares the flags that say what is looked for.
func (s *Search) addAnswers(fs *flags.Set) {
	fs.BoolVar(&s.KeepGoing, "keep-going", false, "after a violation explore on, until each property has its counterexample")
	fs.Uint16Var(&s.Traces, "traces", 1, "with --keep-going, show up to this `number` of violations of each property (default 1)")
	fs.BoolVar(&s.SafetyOnly, "safety-only", false, "leave out the properties about whole runs, which take longer than all others")
	AddSymmetry(fs, &s.Symmetry)
}

func (s *Search) addSeed(fs *flags.Set) {
	fs.Uint64Var(&s.Seed, "seed", 0, "a `number` that varies the hash functions: an answer that a collision caused changes with it")
}

// AddSelection declares the flags that select properties and actions.
func (s *Search) AddSelection(fs *flags.Set) {
	fs.StringArrayVar(&s.Properties, "property", nil, "check only the `property` of this name (repeatable); a reachable one is shown with the way there")
	fs.SuggestOfModel("property", PropertyNames)
	AddFaults(fs, &s.WithoutFaults)
}

// AddLimits declares the flags that end a search early.
func (s *Search) AddLimits(fs *flags.Set) {
	fs.Uint64Var(&s.MaxStates, "max-states", 0, "end as incomplete after this `number` of distinct states")
	fs.UintVar(&s.MaxDepth, "max-depth", 0, "end as incomplete after this `number` of levels; the initial states are the first")
	fs.Time(&s.Timeout, "timeout", "end as incomplete after this `time`, such as 90s or 10m")
}

// symmetryFlag selects what becomes of the symmetry that a model declares.
var symmetryFlag = catalog.Parameter{
	Name: "symmetry", Type: "string", Default: string(explore.SymmetryAuto), OneOf: symmetryNames(),
	Help: "of all states that differ in the names of interchangeable values only: auto searches one, unless a property cannot be decided so, on one in any case, off all of them, prove one, and checks all for whether the declaration is true",
}

// AddSymmetry declares the flag for the symmetry that a model declares.
func AddSymmetry(fs *flags.Set, mode *string) { fs.Choice(mode, symmetryFlag) }

func symmetryNames() []string {
	var names []string
	for _, m := range explore.SymmetryModes() {
		names = append(names, string(m))
	}
	return names
}

// storeFlag selects the set of visited states.
var storeFlag = catalog.Parameter{
	Name: "store", Type: "string", Default: string(explore.StoreAuto), OneOf: storeNames(),
	Help: "how states are remembered: exact by every byte, compact by 72 bits of hash, disk by the same, in files when memory is short, auto by each in turn as memory gets short",
}

// storeElsewhereFlag is the same where the set is in a bucket.
var storeElsewhereFlag = catalog.Parameter{
	Name: "store", Type: "string", Default: string(explore.StoreAuto),
	OneOf: []string{string(explore.StoreAuto), string(explore.StoreExact), string(explore.StoreCompact)},
	Help:  "how states are remembered: exact by every byte, compact by 72 bits of hash; auto is compact",
}

func storeNames() []string {
	var names []string
	for _, k := range explore.StoreKinds() {
		names = append(names, string(k))
	}
	return names
}

// AddMemory declares the flags that say where states are kept.
func (s *Search) AddMemory(fs *flags.Set) {
	fs.Choice(&s.Store, storeFlag)
	fs.Var(&s.Memory, "memory", "the `size` of the memory that the run may take, such as 4GiB; three quarters of the machine's unless set")
	fs.StringVar(&s.WorkDir, "work-dir", "", "the `directory` for what does not fit in memory; the system's for temporary files unless set")
}

// AddCheckpointEvery declares the flag for the time between two checkpoints.
func (s *Search) AddCheckpointEvery(fs *flags.Set) {
	fs.Time(&s.CheckpointEvery, "checkpoint-every", "the `time` between two checkpoints, such as 30s; five minutes unless set")
}

// AddWorkers declares the flag for the number of workers.
func AddWorkers(fs *flags.Set, workers *uint) {
	fs.UintVar(workers, "workers", 0, "the `number` of goroutines that explore; as many as there are processors unless set")
}

// Options checks the flags against the model.
func (s *Search) Options(m catalog.Model) (explore.Options, error) {
	if err := s.check(m); err != nil {
		return explore.Options{}, err
	}
	return explore.Options{
		Workers: int(s.Workers), Properties: s.Properties, WithoutFaults: s.WithoutFaults, KeepGoing: s.KeepGoing, Traces: int(s.Traces), SafetyOnly: s.SafetyOnly, Symmetry: explore.SymmetryMode(s.Symmetry),
		MaxStates: s.MaxStates, MaxDepth: int(s.MaxDepth), Timeout: s.Timeout,
		Store: explore.StoreKind(s.Store), Memory: uint64(s.Memory), WorkDir: s.WorkDir, Seed: s.Seed,
		Checkpoint: s.Checkpoint, CheckpointEvery: s.CheckpointEvery,
	}, nil
}

func (s *Search) check(m catalog.Model) error {
	if s.Traces > 1 && !s.KeepGoing {
		return exit.Errorf("--traces %d: want --keep-going too: without it a run ends with the first violation", s.Traces)
	}
	if s.Workers > explore.WorkersMax {
		return exit.Errorf("--workers %d: want a number up to %d", s.Workers, explore.WorkersMax)
	}
	if err := CheckProperties(m, s.Properties...); err != nil {
		return err
	}
	return CheckFaults(m, s.WithoutFaults...)
}

// LimitHeap has Go collect garbage in time for a run that may take this much
// memory. Zero is no limit, and a lower limit that was set before stays.
func LimitHeap(memory uint64) {
	if heap := heapLimit(memory); heap > 0 && heap < debug.SetMemoryLimit(-1) {
		debug.SetMemoryLimit(heap)
	}
}

// heapLimit is Go's share of the memory of a run. The program itself comes off
// first. Three eighths of the rest are for the set of visited states, which is
// outside of Go's heap, and its share grows where there is much memory. A limit
// that left the set less would make Go collect all the time, and find no garbage.
func heapLimit(memory uint64) int64 {
	const program, roomy = 28 << 20, 512 << 20
	return int64((max(memory, program)-program)/8*5 - (max(memory, roomy)-roomy)/4)
}
