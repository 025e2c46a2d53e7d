package command

import (
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/command/internal/cli"
	"github.com/muster-mc/muster/command/internal/exit"
	"github.com/muster-mc/muster/command/internal/flags"
	"github.com/muster-mc/muster/command/internal/options"
	"github.com/muster-mc/muster/explore"
)

var resumeCommand = cli.Command{
	Name:     "resume",
	Operands: "DIRECTORY",
	Summary:  "go on with a run that was interrupted",
	About: `Goes on with a run that check was asked to keep with --checkpoint, where it was
when its last checkpoint was written, and keeps its own checkpoints in the same
directory. The answer is the one of a run that was never interrupted, and so is
the exit status.

The model, its parameters and what to check come from the checkpoint, and so do
the limits and where states are kept unless they are set anew; a limit on time
begins anew in any case. A run that was started with --explain is explained to
its end. A run that was started without it cannot be explained, because its
first states were not observed. The program must still have the same model: what
the actions do cannot be compared. A checkpoint that is damaged or of something
else is refused and left alone. A run that ends by itself removes its checkpoint.`,
	New: func() cli.Action { return &resume{} },
}

// resume declares those flags of check that may change from one part of a run
// to the next.
type resume struct{ check check }

func (r *resume) Flags(fs *flags.Set) {
	r.check.AddLimits(fs)
	r.check.AddMemory(fs)
	options.AddWorkers(fs, &r.check.Workers)
	r.check.AddCheckpointEvery(fs)
	r.check.addOutput(fs)
	r.check.addExplain(fs)
}

// Run runs the call of check that the checkpoint is of, with the flags that are
// set anew.
func (*resume) Run(c *cli.Call) (int, error) {
	directory, err := c.OneOperand(exit.WithHint("resume: which directory?", "check keeps one with --checkpoint"))
	if err != nil {
		return exit.Misuse, err
	}
	saved, err := explore.ReadCheckpoint(directory)
	if err != nil {
		return exit.Misuse, err
	}
	again, err := callOf(c.App, saved)
	if err != nil {
		return exit.Misuse, fmt.Errorf("%s: %w", directory, err)
	}
	c.Own.CopyChanged(again.Own)
	again.Own.MustSet("checkpoint", directory)
	return again.Action.(*check).runAs(catalog.Model.Resume, again)
}

// callOf is the call of check that a checkpoint is of, as if it had been typed.
func callOf(a *cli.App, saved *explore.Checkpoint) (*cli.Call, error) {
	e, err := a.Find(saved.Model)
	if err != nil {
		return nil, err
	}
	c := a.NewCall(checkCommand, &e)
	c.Operands = []string{e.Name}
	for _, name := range slices.Sorted(maps.Keys(saved.Parameters)) {
		if err := c.SetParameter(name, fmt.Sprint(saved.Parameters[name])); err != nil {
			return nil, err
		}
	}
	setOptions(c.Own, saved)
	return c, nil
}

// setOptions sets the flags that differ from their defaults.
func setOptions(fs *flags.Set, saved *explore.Checkpoint) {
	for _, name := range saved.Properties {
		fs.MustSet("property", name)
	}
	for _, kind := range saved.WithoutFaults {
		fs.MustSet("without-fault", kind)
	}
	if saved.SafetyOnly {
		fs.MustSet("safety-only", "true")
	}
	if saved.KeepGoing {
		fs.MustSet("keep-going", "true")
	}
	if saved.Traces > 1 {
		setNumber(fs, "traces", uint64(saved.Traces))
	}
	if saved.Explain {
		fs.MustSet("explain", "true")
	}
	setNumber(fs, "max-states", saved.MaxStates)
	setNumber(fs, "max-depth", uint64(saved.MaxDepth))
	setNumber(fs, "seed", saved.Seed)
	setWord(fs, "symmetry", string(saved.Symmetry))
	setWord(fs, "store", string(saved.Store))
	setWord(fs, "work-dir", saved.WorkDir)
	if memory := flags.Size(saved.Memory); memory > 0 {
		fs.MustSet("memory", memory.String())
	}
}

func setNumber(fs *flags.Set, flag string, n uint64) {
	if n > 0 {
		fs.MustSet(flag, strconv.FormatUint(n, 10))
	}
}

func setWord(fs *flags.Set, flag, value string) {
	if value != "" && value != fs.Lookup(flag).DefValue {
		fs.MustSet(flag, value)
	}
}
