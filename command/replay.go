package command

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/command/internal/cli"
	"github.com/muster-mc/muster/command/internal/exit"
	"github.com/muster-mc/muster/command/internal/flags"
	"github.com/muster-mc/muster/command/internal/options"
	"github.com/muster-mc/muster/command/internal/output"
	"github.com/muster-mc/muster/command/internal/progress"
	"github.com/muster-mc/muster/command/internal/report"
	"github.com/muster-mc/muster/command/internal/tracefile"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explorer/steps"
	"github.com/muster-mc/muster/internal/number"
	"github.com/muster-mc/muster/trace"
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

const (
	stepsFlag = "steps"
	loopFlag  = "loop"
)

type replay struct {
	options.Model
	format tracefile.Format
	steps  string
	beyond bool
	loop   uint
	full   bool
	json   bool
}

func (a *replay) Flags(fs *flags.Set) {
	fs.StringVar(&a.steps, stepsFlag, "", "run the model by this `list` of steps")
	addBeyond(fs, &a.beyond)
	fs.UintVar(&a.loop, loopFlag, 0, "the run by hand goes back for ever to the state with this `number`, which its last state equals")
	fs.BoolVar(&a.full, "full", false, "show the whole state at each step, not only what changed")
	fs.BoolVar(&a.json, "json", false, "print the trace and what is said of its end as JSON, and nothing else")
	a.format.Flags(fs)
}

func (a *replay) Run(c *cli.Call) (int, error) {
	if err := a.format.Check(a.json, ""); err != nil {
		return exit.Misuse, err
	}
	if !a.json {
		if err := c.CheckPicture(a.format.Name()); err != nil {
			return exit.Misuse, err
		}
	}
	if c.Entry != nil {
		return a.runByHand(c)
	}
	return a.runFile(c)
}

// runByHand runs a model by the steps of --steps. A misuse prints no run.
func (a *replay) runByHand(c *cli.Call) (int, error) {
	m, err := a.Open()
	if err != nil {
		return exit.Misuse, err
	}
	list, err := a.parseSteps(c, m)
	if err != nil {
		return exit.Misuse, err
	}
	ctx := progress.NewMonitor(c.Err)
	defer ctx.Stop()
	w, err := m.Replay(ctx, &trace.Trace{Beyond: a.beyond})
	if err != nil {
		return exit.Misuse, err
	}
	status := exit.Holds
	var problem error
	if err := w.Attend(ctx, func() {
		problem = steps.Follow(w, list)
		if problem == nil && a.loop > 0 {
			problem = w.Close(int(min(a.loop, 1<<30)))
		}
		notFair := new(explore.ReplayError)
		switch {
		case steps.IsImpossible(problem) || errors.As(problem, &notFair):
			status = exit.Violated
		case problem != nil:
			status = exit.Misuse
		}
		if status != exit.Misuse && ctx.Err() == nil {
			a.print(c, m, w, firstViolated(w), problem, func(p *report.Printer) {
				p.Trace(w.Trace())
				p.End(m, w)
			})
		}
	}); err != nil {
		return exit.Incomplete, progress.Interruption(err)
	}
	return status, problem
}

// parseSteps requires the flag, even if its value is empty: without it, a file
// that has the name of a model may be meant.
func (a *replay) parseSteps(c *cli.Call, m catalog.Model) ([]steps.Pattern, error) {
	if !c.Own.Changed(stepsFlag) {
		return nil, exit.WithHint("replay: which steps?",
			fmt.Sprintf("--%s '' shows where %s starts; if a file is meant, write ./%[2]s", stepsFlag, m.Name()))
	}
	return steps.Parse(a.steps, m.Name(), actionNames(m))
}

// firstViolated is the property that a run by hand is a counterexample to, or
// the zero value.
func firstViolated(w catalog.Walk) explore.PropertyReport {
	list := w.Findings()
	if i := slices.IndexFunc(list, report.IsViolated); i >= 0 {
		return list[i]
	}
	return explore.PropertyReport{}
}

// print prints a run: as JSON, as a trace alone, or as text.
func (a *replay) print(c *cli.Call, m catalog.Model, w catalog.Walk, finding explore.PropertyReport, problem error, text func(*report.Printer)) {
	switch {
	case a.json:
		output.JSON(c.Out, tracefile.Summarize(m, w, finding, problem))
	case a.format.IsAlone(""):
		finding.Trace = w.Trace()
		a.format.Write(c.Out, tracefile.Run{Model: m, Property: finding, Again: c.Repeat()})
	default:
		p := report.New(c.Out, c.Color, a.full)
		p.Header(m)
		text(p)
	}
}

// runFile runs the trace of a file again.
func (a *replay) runFile(c *cli.Call) (int, error) {
	name, err := c.OneOperand(exit.WithHint("replay: which file?",
		"check writes one with --trace-out; - is standard input; --"+stepsFlag+" wants a model instead"))
	if err != nil {
		return exit.Misuse, err
	}
	if a.loop > 0 {
		return exit.Misuse, exit.Errorf("--%s goes with --%s: a trace file has its own loop", loopFlag, stepsFlag)
	}
	if a.beyond {
		return exit.Misuse, exit.Errorf("--%s goes with --%s: a trace file says itself whether its run leaves the constraint", beyondFlag, stepsFlag)
	}
	ctx := progress.NewMonitor(c.Err)
	defer ctx.Stop()
	r, err := rerunFile(ctx, c.App, name)
	switch {
	case ctx.Err() != nil:
		return exit.Incomplete, progress.Interruption(err)
	case err != nil:
		return exit.Misuse, err
	}
	problem := r.problem()
	if err := r.walk.Attend(ctx, func() { a.print(c, r.model, r.walk, r.finding, problem, r.print) }); err != nil {
		return exit.Incomplete, progress.Interruption(err)
	}
	if problem != nil {
		return exit.Violated, problem
	}
	return exit.Holds, nil
}

// rerun is a recorded trace, run again as far as the model takes its steps.
type rerun struct {
	*tracefile.Recording
	model    catalog.Model
	walk     catalog.Walk
	departed *explore.ReplayError   // nil if the model takes every step
	finding  explore.PropertyReport // for which the trace was recorded, if it is still found
	gone     string                 // why the finding is not found
}

func rerunFile(ctx context.Context, a *cli.App, name string) (*rerun, error) {
	rec, err := tracefile.Load(name)
	if err != nil {
		return nil, err
	}
	m, err := openRecorded(a, rec)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return runAgain(ctx, m, rec)
}

// openRecorded makes the model from which a trace was recorded.
func openRecorded(a *cli.App, rec *tracefile.Recording) (catalog.Model, error) {
	e, err := a.Find(rec.Model)
	if err != nil {
		return nil, err
	}
	return e.Open(rec.Settings())
}

func runAgain(ctx context.Context, m catalog.Model, rec *tracefile.Recording) (*rerun, error) {
	w, err := m.Replay(ctx, rec.Trace)
	r := &rerun{Recording: rec, model: m, walk: w}
	switch {
	case errors.As(err, &r.departed):
		return r, nil
	case err != nil:
		return nil, err
	}
	err = w.Attend(ctx, func() { r.finding, r.gone = r.findAgain() })
	return r, err
}

// findAgain looks for the finding at the end of the run. A run by hand may have
// been recorded for none. A deadlock may be one of a check without faults, which
// a trace does not record: it is found again if nothing but faults is possible.
func (r *rerun) findAgain() (found explore.PropertyReport, gone string) {
	for _, x := range r.walk.Findings() {
		if x.Name == r.Property && x.Verdict == r.Verdict {
			return x, ""
		}
	}
	kind, known := r.kind()
	switch {
	case r.Property == "":
		return found, ""
	case r.Property == explore.Deadlock && r.onlyFaults():
		return explore.PropertyReport{Name: r.Property, Kind: kind, Verdict: r.Verdict, Detail: "nothing but faults leads on"}, ""
	case !known:
		return found, "the model has no property " + r.Property + " any more"
	}
	return found, fmt.Sprintf("%s is not %s %s any more", r.Property, r.Verdict, report.Where(kind))
}

// kind is the kind of the property, if the model still has it.
func (r *rerun) kind() (kind string, known bool) {
	for _, p := range r.model.Properties() {
		if p.Name == r.Property {
			return string(p.Kind), true
		}
	}
	return "", r.Property == explore.Panic
}

// onlyFaults reports whether faults are possible and nothing else.
func (r *rerun) onlyFaults() bool {
	faults, next := report.Faults(r.model), r.walk.Next()
	isProper := func(s trace.Step) bool { return faults[s.Action] == "" }
	return len(next) > 0 && !slices.ContainsFunc(next, isProper)
}

// problem is the error of a run that differs from the recording.
func (r *rerun) problem() error {
	switch {
	case r.departed != nil:
		return fmt.Errorf("the trace does not replay: %w", r.departed)
	case r.gone != "":
		return fmt.Errorf("the trace replays, but %s", r.gone)
	}
	return nil
}

// print prints the run, and whether its finding is still found.
func (r *rerun) print(p *report.Printer) {
	again := r.walk.Trace()
	verdict, same := p.Style.Green("replayed"), again.Length
	if r.departed != nil {
		verdict, same = p.Style.Red("departs"), r.departed.Step-1
	}
	p.Line("%s: %d of %s as recorded\n", verdict, same, number.Count(uint64(r.Trace.Length), "state"))
	if r.Property != "" {
		p.Line("%s", p.Style.Bold(fmt.Sprintf("%s was %s:", r.Property, r.Verdict)))
	}
	p.Trace(again)
	switch {
	case r.gone != "":
		p.Line("\n%s", p.Style.Bold(r.gone))
	case r.finding.Name != "":
		p.Finding(r.finding, "is still")
	}
}
