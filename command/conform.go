package command

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/command/internal/cli"
	"github.com/muster-mc/muster/command/internal/exit"
	"github.com/muster-mc/muster/command/internal/flags"
	"github.com/muster-mc/muster/command/internal/options"
	"github.com/muster-mc/muster/command/internal/output"
	"github.com/muster-mc/muster/command/internal/progress"
	"github.com/muster-mc/muster/command/internal/report"
	"github.com/muster-mc/muster/command/internal/tracefile"
	"github.com/muster-mc/muster/conform"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explorer"
	"github.com/muster-mc/muster/internal/number"
)

var conformCommand = cli.Command{
	Name:     "conform",
	Operands: "MODEL LOG...",
	Summary:  "compare logs of a real system with a model: could the model do that?",
	About: `Looks for a run of the model that matches the records of a log: NDJSON, one object
in each line. Several files are the logs of the nodes of one run: each orders its
own records, and the model orders the files. LOG - is standard input. The model's
entry says what records mean; not every model has a log.

A log is accepted if there is such a run, and rejected if there is none: then the
answer says how many records match, which states the model may be in after them,
and why none of these leads on. With --trace-out the run, or as much of it as
matches, goes to a file that replay reads; with --explore it opens in the browser, where
a rejected log shows the record that is not possible and why.

A run that matches all records is judged by the model's properties of states and
steps: a system may do what its model does, and be wrong.

The exit status is 0 when the logs are accepted; 1 when they are rejected, or the
run violates a property; 2 when the command line, the model or a log is wrong; and
3 when a bound was reached: on hidden steps, on states or on time.`,
	Files:      true,
	Candidates: (*cli.App).ModelCandidates,
	New:        func() cli.Action { return &conforming{} },
}

// conforming is one call of conform.
type conforming struct {
	options.Model
	desk
	all        bool
	explore    bool
	json       bool
	maxStates  uint64
	candidates uint32
	timeout    time.Duration
	out        string
	format     tracefile.Format
}

func (x *conforming) Flags(fs *flags.Set) {
	fs.BoolVar(&x.all, "all", false, "find all states that the model may be in after each record, not only one run")
	fs.Uint32Var(&x.candidates, "candidates", 3, "explain a rejection in this `number` of states (default 3)")
	fs.Uint64Var(&x.maxStates, "max-states", 10_000_000, "look at no more than this `number` of states, hidden ones included; ten million unless set")
	fs.Time(&x.timeout, "timeout", "give up after this `time`, such as 90s or 10m")
	fs.BoolVar(&x.json, "json", false, "print the report as JSON, and nothing else")
	fs.StringVar(&x.out, "trace-out", "", "write the run to this `file`, for replay unless --format says otherwise")
	x.format.Flags(fs)
	fs.BoolVar(&x.explore, "explore", false, "open the run in the browser afterwards, as explore does, until an interrupt: where the logs are rejected, with the record and the reasons")
	x.desk.flags(fs)
}

func (x *conforming) Run(c *cli.Call) (int, error) {
	if err := x.check(c); err != nil {
		return exit.Misuse, err
	}
	if err := c.CheckPicture(x.format.Name()); x.format.IsAlone(x.out) && err != nil {
		return exit.Misuse, err
	}
	m, err := x.Open()
	if err != nil {
		return exit.Misuse, err
	}
	logs, err := conform.Files(c.Operands[1:]...)
	if err != nil {
		return exit.Misuse, err
	}
	file, err := tracefile.Create(x.out)
	if err != nil {
		return exit.Misuse, err
	}
	w := progress.NewMonitor(c.Err)
	defer w.Stop()
	began := time.Now()
	r, err := m.Conform(w, logs, conform.Options{
		All: x.all, MaxStates: int(x.maxStates), Timeout: x.timeout, Candidates: int(x.candidates),
	})
	if err != nil {
		file.Discard()
		return exit.Misuse, err
	}
	if err := x.print(c, m, r); err != nil {
		return exit.Misuse, err
	}
	fmt.Fprintln(c.Err, output.Seconds(time.Since(began).Seconds()))
	if err := x.save(file, c, m, r); err != nil || !x.explore {
		return conformStatus(r), err
	}
	return conformStatus(r), x.show(w, c, m, r)
}

// show opens the run in the browser. What was found of the logs is the answer, even if the
// page cannot be served.
func (x *conforming) show(w *progress.Monitor, c *cli.Call, m catalog.Model, r *conform.Report) error {
	hasConstraint := m.Checker().System.Constraint != nil // which a log does not keep
	return x.serve(w, c, m, explorer.Options{Beyond: hasConstraint}, r)
}

// print prints the report as text or as JSON, or the run alone.
func (x *conforming) print(c *cli.Call, m catalog.Model, r *conform.Report) error {
	switch {
	case x.json:
		return output.JSON(c.Out, r)
	case x.format.IsAlone(x.out) && r.Run != nil:
		fmt.Fprintf(c.Err, "%s: %s, after %s\n", c.Program, r.Verdict, number.Count(uint64(r.Matched), "record"))
		return x.format.Write(c.Out, recordedRun(c, m, r))
	}
	p := report.New(c.Out, c.Color, false)
	p.Header(m)
	return r.WriteText(c.Out)
}

// check holds the line against the model's entry.
func (x *conforming) check(c *cli.Call) error {
	switch {
	case !c.Entry.HasLog():
		return exit.WithHint(fmt.Sprintf("conform: %s does not say how a log is read", c.Entry.Name), withLogs(c.Models))
	case len(c.Operands) < 2:
		return exit.WithHint("conform: which log?", fmt.Sprintf("%s conform %s FILE, or - for standard input", c.Program, c.Entry.Name))
	case x.maxStates == 0 || x.maxStates > 1<<31:
		return exit.Errorf("--max-states %d: want a number from 1 to %d", x.maxStates, 1<<31)
	case x.candidates == 0:
		return exit.Errorf("--candidates 0: want a number, 1 or more")
	}
	return x.format.Check(x.json, x.out)
}

// withLogs lists the models that have a log.
func withLogs(entries []catalog.Entry) string {
	var names []string
	for _, e := range entries {
		if e.HasLog() {
			names = append(names, e.Name)
		}
	}
	if len(names) == 0 {
		return "no model of this program does: catalog.Logs adds one to an entry"
	}
	return "models that do: " + strings.Join(names, ", ")
}

func conformStatus(r *conform.Report) int {
	switch {
	case r.Verdict == conform.Incomplete:
		return exit.Incomplete
	case r.Verdict == conform.Rejected || len(r.Violations) > 0:
		return exit.Violated
	}
	return exit.Holds
}

// save writes the run to the file.
func (x *conforming) save(file *tracefile.File, c *cli.Call, m catalog.Model, r *conform.Report) error {
	if file == nil || r.Run == nil {
		file.Discard()
		return nil
	}
	return file.Write(func(w io.Writer) error { return x.format.InFile().Write(w, recordedRun(c, m, r)) })
}

// recordedRun is the run as a trace: to the first violation if there is one, so that replay
// finds it at the end, and whole otherwise.
func recordedRun(c *cli.Call, m catalog.Model, r *conform.Report) tracefile.Run {
	t := r.Run.Trace()
	p := explore.PropertyReport{Trace: t}
	if len(r.Violations) > 0 {
		v := r.Violations[0]
		p.Name, p.Verdict, p.Detail = v.Property, explore.Violated, v.Detail
		t.Steps, t.Length = t.Steps[:v.Step], v.Step
	}
	return tracefile.Run{Model: m, Property: p, Again: c.Repeat()}
}
