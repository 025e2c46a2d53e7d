package command

import (
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/command/internal/exit"
	"github.com/muster-mc/muster/explore"
	"github.com/spf13/pflag"
)

var resumeVerb = verb{
	name:     "resume",
	operands: "DIRECTORY",
	summary:  "go on with a run that was interrupted",
	about: `Goes on with a run that check was asked to keep with --checkpoint, where it was
when its last checkpoint was written, and keeps its own checkpoints in the same
directory. The answer is the one of a run that was never interrupted, and so is
the exit status.

The model, its parameters and what to check come from the checkpoint, and so do
the limits and where states are kept unless they are set anew; a limit on time
begins anew in any case. A run that was begun with --explain is explained to its
end; one that was not cannot be, for nobody has looked at its first states.
The program must have the same model still: what its actions do cannot be
compared. A checkpoint that is damaged or of something else is refused and left
alone. A run that ends by itself removes its checkpoint.`,
	action: func() action { return &resume{} },
}

// resume is a check whose flags come from a checkpoint, but for those that may
// change from one part of a run to the next.
type resume struct{ check check }

func (r *resume) flags(fs *pflag.FlagSet) {
	r.check.addLimits(fs)
	r.check.addMemory(fs)
	addWorkers(fs, &r.check.workers)
	r.check.addEvery(fs)
	r.check.addOutput(fs)
	r.check.addExplain(fs)
}

func (*resume) run(t *tool, c *call) (int, error) {
	directory, err := c.oneOperand(exit.WithHint("resume: which directory?", "check keeps one with --checkpoint"))
	if err != nil {
		return exit.Misuse, err
	}
	saved, err := explore.ReadCheckpoint(directory)
	if err != nil {
		return exit.Misuse, err
	}
	again, err := t.callOf(saved)
	if err != nil {
		return exit.Misuse, fmt.Errorf("%s: %w", directory, err)
	}
	c.own.VisitAll(func(f *pflag.Flag) {
		if f.Changed {
			again.set(f.Name, f.Value.String())
		}
	})
	again.set("checkpoint", directory)
	return again.action.(*check).runAs(catalog.Model.Resume, t, again)
}

// callOf is the call of check that a checkpoint is of, as if it had been typed.
func (t *tool) callOf(saved *explore.Checkpoint) (*call, error) {
	e, err := t.entry(saved.Model)
	if err != nil {
		return nil, err
	}
	c := newCall(checkVerb, &e)
	c.operands = []string{e.Name}
	for _, name := range slices.Sorted(maps.Keys(saved.Parameters)) {
		if err := c.setParameter(name, fmt.Sprint(saved.Parameters[name])); err != nil {
			return nil, err
		}
	}
	c.setOptions(saved)
	return c, nil
}

func (c *call) setParameter(name, value string) error {
	f := c.parameters.Lookup(name)
	if f == nil {
		return exit.Errorf("%s has no parameter %q, which the checkpoint has", c.entry.Name, name)
	}
	if err := c.parameters.Set(name, value); err != nil {
		return exit.Errorf("the checkpoint has --%s %s: want %s", name, value, wanted(f))
	}
	return nil
}

// setOptions sets what was not left as it is without being set.
func (c *call) setOptions(saved *explore.Checkpoint) {
	for _, name := range saved.Properties {
		c.set("property", name)
	}
	for _, kind := range saved.WithoutFaults {
		c.set("without-fault", kind)
	}
	if saved.KeepGoing {
		c.set("keep-going", "true")
	}
	if saved.Explain {
		c.set("explain", "true")
	}
	c.setNumber("max-states", saved.MaxStates)
	c.setNumber("max-depth", uint64(saved.MaxDepth))
	c.setNumber("seed", saved.Seed)
	c.setChoice("store", string(saved.Store))
	c.setChoice("work-dir", saved.WorkDir)
	if memory := amount(saved.Memory); memory > 0 {
		c.set("memory", memory.String())
	}
}

func (c *call) setNumber(flag string, n uint64) {
	if n > 0 {
		c.set(flag, strconv.FormatUint(n, 10))
	}
}

func (c *call) setChoice(flag, value string) {
	if value != "" && value != c.own.Lookup(flag).DefValue {
		c.set(flag, value)
	}
}

// set sets one of the verb's own flags to a value that it is known to take.
func (c *call) set(flag, value string) {
	if err := c.own.Set(flag, value); err != nil {
		panic(err)
	}
}
