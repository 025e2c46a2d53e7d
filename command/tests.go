package command

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/command/internal/cli"
	"github.com/muster-mc/muster/command/internal/exit"
	"github.com/muster-mc/muster/command/internal/flags"
	"github.com/muster-mc/muster/command/internal/options"
	"github.com/muster-mc/muster/command/internal/output"
	"github.com/muster-mc/muster/command/internal/progress"
	"github.com/muster-mc/muster/command/internal/report"
	"github.com/muster-mc/muster/command/internal/tracefile"
	"github.com/muster-mc/muster/drive/suite"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/internal/number"
	"github.com/muster-mc/muster/trace"
)

var testsCommand = cli.Command{
	Name:     "tests",
	Operands: "MODEL",
	Summary:  "write tests for a real system: runs that cover the model",
	About: `Makes a suite of tests from the state graph of a model and says how large it is.
A test is a run: the steps to take on a real system, and the state after each. With
--out each test is written to a file of its own, as a trace file or in Apalache's
ITF, for systems that are written in other languages; replay reads both. For Go
there is the package drive, which makes the tests while they run.

The tests cover together, with --cover,

	actions    every action
	arguments  every action with its arguments
	pairs      every action after every other, as far as the model permits
	states     every state
	edges      every step from every state

and by default arguments and pairs. With --view, states that agree on the fields
named are one, and an edge is an action between two such; then edges are covered
unless --cover says otherwise. A field is named by its path (Nodes[1].Phase), or by a
name anywhere in it (Phase), which then means the field of every element.

The exit status is 0 when the suite was made, even if a goal is too many steps away;
2 when the command line or the model is wrong, or a file cannot be written; and 3
when it was interrupted.`,
	Candidates: (*cli.App).ModelCandidates,
	New:        func() cli.Action { return &tests{} },
}

// tests is one call of tests.
type tests struct {
	options.Model
	covers        []string
	views         []string
	withoutFaults []string
	seed          uint64
	maxSteps      uint
	maxStates     uint
	out           string
	format        string
	json          bool
}

var testsFormatFlag = catalog.Parameter{
	Name: "format", Type: "string", Default: "json", OneOf: []string{"json", "itf"},
	Help: "how a test is written",
}

func (a *tests) Flags(fs *flags.Set) {
	fs.StringSliceVar(&a.covers, "cover", nil, "cover every one of this `kind` (repeatable, or several with commas between)")
	fs.Suggest("cover", suite.Kinds())
	fs.StringSliceVar(&a.views, "view", nil, "tell states apart by this `field` only (repeatable, or several with commas between)")
	options.AddFaults(fs, &a.withoutFaults)
	fs.Uint64Var(&a.seed, "seed", 0, "choose among tests that are as good by this `number`; the model's own order unless set")
	fs.UintVar(&a.maxSteps, "max-steps", 40, "the most steps of a test, a `number`; 40 unless set")
	fs.UintVar(&a.maxStates, "max-states", explore.GraphStatesMax, "give up after this `number` of states; a million unless set")
	fs.StringVar(&a.out, "out", "", "write the tests into this new or empty `directory`")
	fs.Choice(&a.format, testsFormatFlag)
	fs.BoolVar(&a.json, "json", false, "print what the suite covers as JSON, and nothing else")
}

func (a *tests) Run(c *cli.Call) (int, error) {
	m, err := a.Open()
	if err != nil {
		return exit.Misuse, err
	}
	o, err := a.options(c, m)
	if err != nil {
		return exit.Misuse, err
	}
	if err := a.checkOut(); err != nil {
		return exit.Misuse, err
	}
	w := progress.NewMonitor(c.Err)
	defer w.Stop()
	s, err := suite.Of(w, m.Checker(), o)
	if err == nil && a.out != "" {
		err = a.write(w, m, s)
	}
	w.Clear()
	switch {
	case w.Err() != nil:
		return exit.Incomplete, exit.ErrInterrupted
	case err != nil:
		return exit.Misuse, explainField(m, err)
	case a.json:
		return exit.Holds, output.JSON(c.Out, s)
	}
	p := report.New(c.Out, c.Color, false)
	p.Header(m)
	a.print(p, s)
	return exit.Holds, nil
}

func (a *tests) options(c *cli.Call, m catalog.Model) (suite.Options, error) {
	o := suite.Options{
		View: a.views, Seed: a.seed, MaxSteps: int(a.maxSteps), MaxStates: int(a.maxStates), WithoutFaults: a.withoutFaults,
	}
	for _, name := range a.covers {
		i := slices.Index(suite.Kinds(), name)
		if i < 0 {
			return o, exit.WithHint(fmt.Sprintf("--cover %s: there is no such kind", name), "there are "+strings.Join(suite.Kinds(), ", "))
		}
		o.Cover |= 1 << i
	}
	for name, number := range map[string]uint{"max-steps": a.maxSteps, "max-states": a.maxStates} {
		if number == 0 || number > 1<<31-2 {
			return o, exit.Errorf("--%s %d: want a number from 1 to %d", name, number, 1<<31-2)
		}
	}
	if len(a.views) > 0 && o.Cover != 0 && o.Cover&(suite.States|suite.Edges) == 0 {
		return o, exit.Errorf("--view tells states apart: want --cover states or --cover edges with it")
	}
	if a.out == "" && c.Own.Changed(testsFormatFlag.Name) {
		return o, exit.Errorf("--format %s: nothing is written without --out DIRECTORY", a.format)
	}
	return o, options.CheckFaults(m, a.withoutFaults...)
}

// checkOut makes the directory before the work begins. One with files in it is refused:
// tests of an older suite would stay there, and look like some of the new one.
func (a *tests) checkOut() error {
	if a.out == "" {
		return nil
	}
	if err := os.MkdirAll(a.out, 0o777); err != nil {
		return exit.Errorf("--out %s", tracefile.WithoutCall(err))
	}
	entries, err := os.ReadDir(a.out)
	switch {
	case err != nil:
		return exit.Errorf("--out %s", tracefile.WithoutCall(err))
	case len(entries) > 0:
		return exit.Errorf("--out %s: there are files in it; want a new or an empty directory", a.out)
	}
	return nil
}

// write writes each test to a file. The names have as many digits as the last one, so
// that they sort.
func (a *tests) write(w *progress.Monitor, m catalog.Model, s *suite.Suite) error {
	for i, t := range s.All() {
		if w.Err() != nil {
			return w.Err()
		}
		if err := a.writeTest(m, a.fileName(i, s.Tests), t); err != nil {
			return errors.New(tracefile.WithoutCall(err))
		}
	}
	return nil
}

func (a *tests) fileName(i, of int) string {
	extension := ".json"
	if a.format == "itf" {
		extension = ".itf.json"
	}
	return filepath.Join(a.out, fmt.Sprintf("%0*d%s", len(fmt.Sprint(of)), i, extension))
}

func (a *tests) writeTest(m catalog.Model, name string, t *trace.Trace) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	err = tracefile.Named(a.format).Write(f, tracefile.Run{Model: m, Property: explore.PropertyReport{Trace: t}})
	return errors.Join(err, f.Close())
}

func (a *tests) print(p *report.Printer, s *suite.Suite) {
	p.Line("%s with %s in all, from %s", number.Count(uint64(s.Tests), "test"), number.Count(uint64(s.Steps), "step"), number.Count(uint64(s.States), "state"))
	for _, c := range s.Coverage {
		p.Line("%-9s  %s of %s", c.Kind, number.Commas(uint64(c.Covered)), number.Commas(uint64(c.Goals)))
		if missed := c.Goals - c.Covered; missed > 0 {
			named := c.Missed[:min(len(c.Missed), missedShown)]
			p.Line("           more than %s away: %s%s", number.Count(uint64(a.maxSteps), "step"), strings.Join(named, ", "), more(missed-len(named)))
		}
	}
	if a.out != "" && s.Tests > 0 {
		p.Line("written: %s to %s", a.fileName(1, s.Tests), a.fileName(s.Tests, s.Tests))
	}
}

// missedShown is how many goals are named that no test reaches.
const missedShown = 3

// more says how many are not listed.
func more(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf(", and %s more", number.Commas(uint64(n)))
}
