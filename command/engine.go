package command

import (
	"slices"
	"time"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/command/internal/exit"
	"github.com/muster-mc/muster/explore"
	"github.com/spf13/pflag"
)

// engine is how the model is explored: the flags behind [explore.Options].
type engine struct {
	workers       uint
	properties    []string
	withoutFaults []string
	keepGoing     bool
	safetyOnly    bool
	maxStates     uint64
	maxDepth      uint
	timeout       time.Duration
	store         string
	memory        amount
	workDir       string
	seed          uint64
	checkpoint    string
	every         time.Duration
}

// storeFlag says how states are remembered.
var storeFlag = catalog.Parameter{
	Name: "store", Type: "string", Default: string(explore.StoreAuto), OneOf: storeNames(),
	Help: "how states are remembered: exact by every byte, compact by 72 bits of hash, disk by the same, in files when memory is short, auto by each in turn as memory gets short",
}

func storeNames() []string {
	var names []string
	for _, k := range explore.StoreKinds() {
		names = append(names, string(k))
	}
	return names
}

func (e *engine) flags(fs *pflag.FlagSet) {
	e.addSelection(fs)
	fs.BoolVar(&e.keepGoing, "keep-going", false, "after a violation explore on, until each property has its counterexample")
	fs.BoolVar(&e.safetyOnly, "safety-only", false, "leave out the properties about whole runs, which take longer than all others")
	e.addLimits(fs)
	addWorkers(fs, &e.workers)
	e.addMemory(fs)
	fs.Uint64Var(&e.seed, "seed", 0, "a `number` that varies the hash functions: an answer that was a collision's changes with it")
	fs.StringVar(&e.checkpoint, "checkpoint", "", "keep in this `directory` what resume can go on from")
	e.addEvery(fs)
}

// addSelection declares what of the model is looked at.
func (e *engine) addSelection(fs *pflag.FlagSet) {
	fs.StringArrayVar(&e.properties, "property", nil, "check only the `property` of this name (repeatable); a reachable one is shown with the way there")
	fs.StringArrayVar(&e.withoutFaults, "without-fault", nil, "leave out the actions with this `kind` of fault (repeatable)")
}

func (e *engine) addLimits(fs *pflag.FlagSet) {
	fs.Uint64Var(&e.maxStates, "max-states", 0, "end as incomplete after this `number` of distinct states")
	fs.UintVar(&e.maxDepth, "max-depth", 0, "end as incomplete after this `number` of levels; the initial states are the first")
	fs.DurationVar(&e.timeout, "timeout", 0, "end as incomplete after this `time`, such as 90s or 10m")
}

// addMemory declares where states are kept.
func (e *engine) addMemory(fs *pflag.FlagSet) {
	addChoice(fs, &e.store, storeFlag)
	fs.Var(&e.memory, "memory", "the `size` of the memory that the run may take, such as 4GiB; three quarters of the machine's unless set")
	fs.StringVar(&e.workDir, "work-dir", "", "the `directory` for what does not fit in memory; the system's for temporary files unless set")
}

func (e *engine) addEvery(fs *pflag.FlagSet) {
	fs.DurationVar(&e.every, "checkpoint-every", 0, "the `time` between two checkpoints, such as 30s; five minutes unless set")
}

func addWorkers(fs *pflag.FlagSet, workers *uint) {
	fs.UintVar(workers, "workers", 0, "the `number` of goroutines that explore; as many as there are processors unless set")
}

// options checks the flags against the model.
func (e *engine) options(m catalog.Model) (explore.Options, error) {
	if e.timeout < 0 {
		return explore.Options{}, exit.Errorf("--timeout %s: want a time above zero", e.timeout)
	}
	if e.every < 0 {
		return explore.Options{}, exit.Errorf("--checkpoint-every %s: want a time above zero", e.every)
	}
	if err := known("property", m, e.properties, propertyNames(m)); err != nil {
		return explore.Options{}, err
	}
	if err := known("fault", m, e.withoutFaults, faultKinds(m)); err != nil {
		return explore.Options{}, err
	}
	return explore.Options{
		Workers: int(e.workers), Properties: e.properties, WithoutFaults: e.withoutFaults, KeepGoing: e.keepGoing, SafetyOnly: e.safetyOnly,
		MaxStates: e.maxStates, MaxDepth: int(e.maxDepth), Timeout: e.timeout,
		Store: explore.StoreKind(e.store), Memory: uint64(e.memory), WorkDir: e.workDir, Seed: e.seed,
		Checkpoint: e.checkpoint, CheckpointEvery: e.every,
	}, nil
}

// known: the model has all of these names.
func known(what string, m catalog.Model, names, there []string) error {
	for _, name := range names {
		if !slices.Contains(there, name) {
			return catalog.Unknown(what, m.Name(), name, there)
		}
	}
	return nil
}

func propertyNames(m catalog.Model) []string {
	var names []string
	for _, p := range m.Properties() {
		names = append(names, p.Name)
	}
	return names
}

// faultKinds are the kinds of fault that the model's actions inject, each once.
func faultKinds(m catalog.Model) []string {
	var kinds []string
	for _, a := range m.Actions() {
		if a.Fault != "" && !slices.Contains(kinds, a.Fault) {
			kinds = append(kinds, a.Fault)
		}
	}
	return kinds
}
