package command

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"

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
	"github.com/muster-mc/muster/explorer"
	"github.com/muster-mc/muster/internal/number"
	"github.com/muster-mc/muster/trace"
)

var checkCommand = cli.Command{
	Name:     "check",
	Operands: "MODEL",
	Summary:  "explore a model and check its properties",
	About: `Explores every reachable state of a model and checks its properties in them.
A violation comes with the shortest run that leads to it.

The exit status is 0 when every property holds, 1 when one is violated, 2 when
the command line or the model is wrong, and 3 when the run ended before the
space was exhausted and found nothing until then. An interrupt ends the run;
a second one ends the program.

The trace is text by default. --format writes it for others: json and itf
(Apalache's format) are for replay and other programs, mermaid is a sequence
diagram, html a page that steps through it. Of several traces it is the first.

With --checkpoint, a run that was interrupted or killed can be continued with
resume. The directory is made if there is none. It must have nothing else in
it, nor the checkpoint of an earlier run. A run that ends by itself removes its
checkpoint.`,
	Candidates: (*cli.App).ModelCandidates,
	New:        func() cli.Action { return &check{} },
}

type check struct {
	options.Model
	options.Search
	answer
	desk
	explain   bool
	strict    bool
	explore   bool
	reproduce string
	monitor   *progress.Monitor // while the run goes on
}

func (k *check) Flags(fs *flags.Set) {
	k.Search.Flags(fs)
	k.addExplain(fs)
	k.addOutput(fs)
	k.addExplorer(fs)
	fs.StringVar(&k.reproduce, "reproduce", "", "write the first violation to this `file` as a Go test that calls the real code of the model, and nothing of this program")
}

func (k *check) addExplain(fs *flags.Set) {
	fs.BoolVar(&k.explain, "explain", false, "say where the states come from: fields, actions, levels, and what would help; the run takes several times as long")
}

// addOutput declares the flags for the exit status and the form of the answer.
func (k *check) addOutput(fs *flags.Set) {
	fs.BoolVar(&k.strict, "strict", false, "what was never put to the test is a failure too: an action that was never enabled, an implication that never applied, a guard that never refused")
	k.answer.addFlags(fs)
}

// addExplorer declares the flags of the page that a counterexample is opened in.
func (k *check) addExplorer(fs *flags.Set) {
	fs.BoolVar(&k.explore, "explore", false, "open the first trace in the browser afterwards, as explore does, until an interrupt")
	k.desk.flags(fs)
}

// search explores a model from the beginning, or from a checkpoint.
type search func(catalog.Model, context.Context, explore.Options) (*explore.Report, error)

func (k *check) Run(c *cli.Call) (int, error) { return k.runAs(catalog.Model.Check, c) }

func (k *check) runAs(how search, c *cli.Call) (int, error) {
	m, err := k.Open()
	if err != nil {
		return exit.Misuse, err
	}
	o, err := k.Options(m)
	if err != nil {
		return exit.Misuse, err
	}
	o.Explain = k.explain
	if err := k.checkReproduce(m); err != nil {
		return exit.Misuse, err
	}
	file, err := k.open(c)
	if err != nil {
		return exit.Misuse, err
	}
	return k.search(how, c, m, o, file)
}

// search prints the header when the run has begun: a run that is refused prints
// only its error.
func (k *check) search(how search, c *cli.Call, m catalog.Model, o explore.Options, file *tracefile.File) (int, error) {
	w := progress.NewMonitor(c.Err)
	defer w.Stop()
	k.monitor = w
	options.LimitHeap(o.Memory)
	p := report.New(c.Out, c.Color, k.full)
	begin := sync.OnceFunc(func() {
		if k.isReport() {
			p.Header(m)
		}
	})
	o.Progress = func(now explore.Progress) {
		begin()
		w.Show(now)
	}
	r, err := how(m, w, o)
	w.Clear()
	if err != nil {
		file.Discard()
		k.printBreach(p, m, err)
		return exit.Misuse, err
	}
	begin()
	status, err := k.conclude(c, p, m, r, file)
	if err != nil || !k.explore {
		return status, err
	}
	return status, k.show(w, c, m, r, o)
}

// show opens the first trace of a report in the browser.
func (k *check) show(w *progress.Monitor, c *cli.Call, m catalog.Model, r *explore.Report, o explore.Options) error {
	f := report.FindingsOf(r, k.Properties)
	i := slices.IndexFunc(f.Shown, report.HasTrace)
	if i < 0 {
		fmt.Fprintf(c.Err, "%s: there is no trace to explore: %s\n", c.Program, report.Outcome(r))
		return nil
	}
	o.Progress, o.Checkpoint = nil, ""
	t := f.Shown[i].Trace
	return k.serve(w, c, m, explorer.Options{Open: explorer.Position{Steps: explorer.Steps(t), Loop: t.Loop}, Check: o}, nil)
}

// printBreach prints the run to the state in which the model breaks a rule. The error
// itself says which rule, and follows.
func (k *check) printBreach(p *report.Printer, m catalog.Model, err error) {
	breach, ok := errors.AsType[*explore.ContractError](err)
	if !ok || breach.Trace == nil || breach.Trace.Length == 0 || !k.isReport() {
		return
	}
	p.Header(m)
	p.Line("the model breaks a rule in the last of %s:", number.Count(uint64(breach.Trace.Length), "state"))
	p.Trace(breach.Trace)
}

// conclude prints the answer and writes the trace.
func (k *check) conclude(c *cli.Call, p *report.Printer, m catalog.Model, r *explore.Report, file *tracefile.File) (int, error) {
	f := report.FindingsOf(r, k.Properties)
	if err := k.writeReproduction(c, m, f.Violations); err != nil {
		file.Discard()
		return exit.Misuse, err
	}
	switch {
	case k.isTrace():
		return k.status(c, r, f), k.printTrace(c, m, f.Shown, report.Title, report.Outcome(r))
	case k.json:
		output.JSON(c.Out, r)
	default:
		p.Search(r, f)
		k.printAgain(c, r, f)
		fmt.Fprintln(c.Err, report.Effort(r))
	}
	return k.status(c, r, f), k.save(file, c, m, f.Shown)
}

// checkReproduce refuses a model that runs no real code, or does not say how a test calls
// it, before the search.
func (k *check) checkReproduce(m catalog.Model) error {
	if k.reproduce == "" {
		return nil
	}
	if !strings.HasSuffix(k.reproduce, "_test.go") {
		return exit.Errorf("--reproduce %s: go test runs files whose names end in _test.go", k.reproduce)
	}
	_, err := m.Reproduce(context.Background(), explore.PropertyReport{Name: "Nothing", Trace: &trace.Trace{}})
	return err
}

// writeReproduction writes the first violation that has a trace as a test. Without one, an
// old file stays as it is.
func (k *check) writeReproduction(c *cli.Call, m catalog.Model, violations []explore.PropertyReport) error {
	if k.reproduce == "" {
		return nil
	}
	i := slices.IndexFunc(violations, report.HasTrace)
	if i < 0 {
		fmt.Fprintf(c.Err, "%s: there is nothing to reproduce\n", c.Program)
		return nil
	}
	test, err := m.Reproduce(context.Background(), violations[i])
	if err != nil {
		return err
	}
	if err := os.WriteFile(k.reproduce, test, 0o666); err != nil {
		return exit.Errorf("--reproduce %v", err)
	}
	fmt.Fprintf(c.Err, "%s: %s reproduces %s\n", c.Program, k.reproduce, violations[i].Name)
	return nil
}

// printAgain prints the commands that give this answer again, go on with a run
// that was interrupted, and replay the trace.
func (k *check) printAgain(c *cli.Call, r *explore.Report, f report.Findings) {
	var lines string
	if len(f.Violations) > 0 {
		lines += fmt.Sprintf("again: %s\n", c.Repeat())
	}
	if r.Checkpoint != "" {
		lines += fmt.Sprintf("again: %s resume %s\n", c.Program, flags.Quote(r.Checkpoint))
	}
	if k.isReplayable() && slices.ContainsFunc(f.Shown, report.HasTrace) {
		lines += fmt.Sprintf("replay: %s replay %s\n", c.Program, flags.Quote(k.file))
	}
	if lines != "" {
		fmt.Fprint(c.Out, "\n"+lines)
	}
}

func (k *check) status(c *cli.Call, r *explore.Report, f report.Findings) int {
	switch {
	case r.Verdict == explore.Violated:
		return exit.Violated
	case r.Verdict == explore.Incomplete:
		return exit.Incomplete
	case k.strict:
		return strictStatus(c, f.Vacuity)
	}
	return exit.Holds
}

// strictStatus is the status with --strict when every property holds. It prints
// why that is a failure.
func strictStatus(c *cli.Call, v explore.Vacuity) int {
	list := report.VacuousOf(v)
	for _, x := range list {
		fmt.Fprintf(c.Err, "%s: --strict: %s\n", c.Program, x)
	}
	if len(list) > 0 {
		return exit.Violated
	}
	return exit.Holds
}
