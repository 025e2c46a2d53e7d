package command

import (
	"context"
	"fmt"
	"io"
	"slices"
	"sync"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/command/internal/cli"
	"github.com/muster-mc/muster/command/internal/exit"
	"github.com/muster-mc/muster/command/internal/flags"
	"github.com/muster-mc/muster/command/internal/options"
	"github.com/muster-mc/muster/command/internal/output"
	"github.com/muster-mc/muster/command/internal/progress"
	"github.com/muster-mc/muster/explore"
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
	explain bool
	form
	strict   bool
	json     bool
	full     bool
	traceOut string
}

func (k *check) Flags(fs *flags.Set) {
	k.Search.Flags(fs)
	k.addExplain(fs)
	k.addOutput(fs)
}

func (k *check) addExplain(fs *flags.Set) {
	fs.BoolVar(&k.explain, "explain", false, "say where the states come from: fields, actions, levels, and what would help; the run takes several times as long")
}

// addOutput declares the flags for what becomes of the answer.
func (k *check) addOutput(fs *flags.Set) {
	fs.BoolVar(&k.strict, "strict", false, "what was never put to the test is a failure too: an action that was never enabled, an implication that never applied, a guard that never refused")
	fs.BoolVar(&k.full, "full", false, "show the whole state at each step of a trace, not only what changed")
	fs.BoolVar(&k.json, "json", false, "print the report as JSON, and nothing else")
	fs.StringVar(&k.traceOut, "trace-out", "", "write the trace to this `file`, for replay unless --format says otherwise")
	k.form.Flags(fs)
}

// search is how a model is explored: from the beginning, or from a checkpoint.
type search func(catalog.Model, context.Context, explore.Options) (*explore.Report, error)

func (k *check) Run(c *cli.Call) (int, error) {
	return k.runAs(catalog.Model.Check, c)
}

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
	if err := k.clash(k.json, k.traceOut); err != nil {
		return exit.Misuse, err
	}
	file, err := openTraceFile(k.traceOut)
	if err != nil {
		return exit.Misuse, err
	}
	return k.explore(how, c, m, o, file)
}

func (k *check) explore(how search, c *cli.Call, m catalog.Model, o explore.Options, file *traceFile) (int, error) {
	w := progress.NewMonitor(c.Err)
	defer w.Stop()
	options.LimitHeap(o.Memory)
	a := newAnswer(c, k.full)
	begin := sync.OnceFunc(func() { // what is refused says only why
		if !k.json && !k.alone(k.traceOut) {
			a.header(m.Entry(), m.Settings())
		}
	})
	o = w.Over(o)
	show := o.Progress
	o.Progress = func(p explore.Progress) {
		begin()
		show(p)
	}
	r, err := how(m, w, o)
	w.Clear()
	if err != nil {
		file.discard()
		return exit.Misuse, err
	}
	begin()
	f := k.findings(r)
	if k.alone(k.traceOut) {
		return k.status(c, r, f), k.writeAlone(c, m, r, f.shown, c.Repeat())
	}
	k.print(c, a, r, f)
	return k.status(c, r, f), file.save(f.shown, func(w io.Writer, p explore.PropertyReport) error {
		return k.inFile().write(w, shown{m, p, c.Repeat()})
	})
}

func (k *check) print(c *cli.Call, a *answer, r *explore.Report, f findings) {
	if k.json {
		output.JSON(c.Out, r)
		return
	}
	a.report(r, f)
	k.again(c, r, f)
	fmt.Fprintln(c.Err, effort(r))
}

// status: strictness turns an answer of holds into a failure, and says so.
func (k *check) status(c *cli.Call, r *explore.Report, f findings) int {
	switch {
	case r.Verdict == explore.Violated:
		return exit.Violated
	case r.Verdict == explore.Incomplete:
		return exit.Incomplete
	case k.strict:
		return k.strictStatus(c, f.vacuity)
	}
	return exit.Holds
}

// again prints the command that gives this answer again, the one that goes on
// with a run that was interrupted, and the one that replays its trace.
func (k *check) again(c *cli.Call, r *explore.Report, f findings) {
	var lines string
	if len(f.violations) > 0 {
		lines += fmt.Sprintf("again: %s\n", c.Repeat())
	}
	if r.Checkpoint != "" {
		lines += fmt.Sprintf("again: %s resume %s\n", c.Program, flags.Quote(r.Checkpoint))
	}
	if k.traceOut != "" && k.inFile().replayable() && slices.ContainsFunc(f.shown, hasTrace) {
		lines += fmt.Sprintf("replay: %s replay %s\n", c.Program, flags.Quote(k.traceOut))
	}
	if lines != "" {
		fmt.Fprint(c.Out, "\n"+lines)
	}
}
