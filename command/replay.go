package command

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/command/internal/cli"
	"github.com/muster-mc/muster/command/internal/exit"
	"github.com/muster-mc/muster/command/internal/flags"
	"github.com/muster-mc/muster/command/internal/options"
	"github.com/muster-mc/muster/command/internal/output"
	"github.com/muster-mc/muster/explore"
)

var replayCommand = cli.Command{
	Name:     "replay",
	Operands: "FILE|MODEL",
	Summary:  "run a recorded trace again, or a model by hand, step by step",
	About: `Reads a trace that check wrote with --trace-out, as JSON or in ITF, runs it against the model as
it is now, prints it, and says whether what it was recorded for is still found
at its end. FILE - is standard input.

With --steps it runs a model by hand, prints what happened, and says what is
violated in the last state or by the last step, and which steps are possible
next. Steps are written as a trace shows them:

	PROGRAM replay MODEL --steps 'Acquire(node=0, actor=1) Crash(node=0) Tick'

Arguments may be left out, or their names, as long as it is clear which step is
meant. An Init before them chooses among several initial states; without it the
run begins in the first. A file that has the name of a model is ./MODEL here.

The exit status is 1 when a step is not possible, when one leads to another state
than recorded, and when what a trace was recorded for is not found any more; 2
when the file or the steps cannot be understood; and 0 otherwise, whatever steps
by hand violate.`,
	ModelFlag: stepsFlag,
	New:       func() cli.Action { return &replay{} },
}

const stepsFlag = "steps"

type replay struct {
	options.Model
	form
	steps string
	full  bool
	json  bool
}

func (p *replay) Flags(fs *flags.Set) {
	fs.StringVar(&p.steps, stepsFlag, "", "run the model by this `list` of steps")
	fs.BoolVar(&p.full, "full", false, "show the whole state at each step, not only what changed")
	fs.BoolVar(&p.json, "json", false, "print the trace and what is said of its end as JSON, and nothing else")
	p.form.Flags(fs)
}

func (p *replay) Run(c *cli.Call) (int, error) {
	if err := p.clash(p.json, ""); err != nil {
		return exit.Misuse, err
	}
	if c.Entry != nil {
		return p.walk(c)
	}
	return p.again(c)
}

// again runs a trace file again.
func (p *replay) again(c *cli.Call) (int, error) {
	r, err := rerunOf(c)
	if err != nil {
		return exit.Misuse, err
	}
	problem := r.problem()
	p.showRerun(c, r, problem)
	if problem != nil {
		return exit.Violated, problem
	}
	return exit.Holds, nil
}

func (p *replay) showRerun(c *cli.Call, r *rerun, problem error) {
	if p.json {
		output.JSON(c.Out, endOf(r.model, r.walk, r.finding, problem))
		return
	}
	if p.alone("") {
		p.writeWalk(c, r.model, r.walk, r.finding)
		return
	}
	a := newAnswer(c, p.full)
	a.header(r.model.Entry(), r.model.Settings())
	a.rerun(r)
}

// writeWalk prints a run and nothing else, in another form than text.
func (p *replay) writeWalk(c *cli.Call, m catalog.Model, w catalog.Walk, of explore.PropertyReport) {
	of.Trace = w.Trace()
	p.form.write(c.Out, shown{m, of, c.Repeat()})
}

// rerun reads the file that was named, and runs it again.
func rerunOf(c *cli.Call) (*rerun, error) {
	name, err := c.OneOperand(exit.WithHint("replay: which file?",
		"check writes one with --trace-out; - is standard input; --"+stepsFlag+" wants a model instead"))
	if err != nil {
		return nil, err
	}
	rec, err := load(name)
	if err != nil {
		return nil, err
	}
	m, err := openRecorded(c, rec)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return runAgain(m, rec)
}

// openRecorded makes the model that a trace was recorded from.
func openRecorded(c *cli.Call, rec *recorded) (catalog.Model, error) {
	e, err := c.Find(rec.Model)
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
