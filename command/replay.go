package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/trace"
	"github.com/spf13/pflag"
)

var replayVerb = verb{
	name:     "replay",
	operands: "FILE",
	summary:  "run a recorded trace again, step by step",
	about: `Reads a trace that check wrote with --trace-out, runs it against the model as
it is now, and prints it. FILE - is standard input.

The exit status is 1 when a step is not possible any more or leads to another
state, and 2 when the file cannot be used.`,
	action: func() action { return &replay{} },
}

type replay struct{ full bool }

func (p *replay) flags(fs *pflag.FlagSet) {
	fs.BoolVar(&p.full, "full", false, "show the whole state at each step, not only what changed")
}

func (p *replay) run(t *tool, c *call) (int, error) {
	name, err := c.oneOperand(misuse{"replay: which file?", "check writes one with --trace-out; - is standard input"})
	if err != nil {
		return statusMisuse, err
	}
	rec, err := load(name)
	if err != nil {
		return statusMisuse, err
	}
	m, err := t.openRecorded(rec)
	if err != nil {
		return statusMisuse, fmt.Errorf("%s: %w", name, err)
	}
	a := t.answer(c, p.full)
	a.header(m.Entry(), m.Settings())
	return p.replay(a, m, rec)
}

func (p *replay) replay(a *answer, m catalog.Model, rec *recorded) (int, error) {
	again, err := m.Replay(context.Background(), rec.Trace)
	var departed *explore.ReplayError
	switch {
	case errors.As(err, &departed):
		a.replayed(a.style.red("departs"), departed.Step-1, rec, again)
		return statusViolated, fmt.Errorf("the trace does not replay: %w", err)
	case err != nil:
		return statusMisuse, err
	}
	a.replayed(a.style.green("replayed"), again.Length, rec, again)
	return statusHolds, nil
}

// replayed shows a trace as far as it could be run again.
func (a *answer) replayed(verdict string, same int, rec *recorded, again *trace.Trace) {
	a.line("%s: %d of %s as recorded", verdict, same, several(uint64(rec.Trace.Length), "state"))
	a.line("\n%s", a.style.bold(fmt.Sprintf("%s was %s:", rec.Property, rec.Verdict)))
	again.Text(a.w, a.text)
}

// openRecorded makes the model that a trace was recorded from.
func (t *tool) openRecorded(rec *recorded) (catalog.Model, error) {
	e, err := t.entry(rec.Model)
	if err != nil {
		return nil, err
	}
	return e.Open(rec.settings())
}

// load reads a trace file, or standard input.
func load(name string) (*recorded, error) {
	var in io.ReadCloser = os.Stdin
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return nil, errors.New(explainPath(err))
		}
		defer f.Close()
		in = f
	}
	rec, err := readRecorded(in)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return rec, nil
}
