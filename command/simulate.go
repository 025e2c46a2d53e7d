package command

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"

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
	"github.com/muster-mc/muster/internal/number"
)

var simulateCommand = cli.Command{
	Name:     "simulate",
	Operands: "MODEL",
	Summary:  "walk through a model at random, and check its properties on the way",
	About: `Takes random walks through a model, for one that is too large to be explored,
and checks its properties in what they meet. A walk begins in an initial state
and takes, in each state, one of the actions that are enabled. The first
violation is the end; the walk to it is shortened, by a search for shorter ways
between its states and by leaving out steps, and run again.

The walks are chosen by a seed, which is printed: with the same --seed the answer
is the same. Without it, each run has another.

Beside what was found stands how much was seen: of how many states and steps,
if the model can be explored up to --reach. Walks that find nothing say nothing
about what they did not see, and never that a property holds. A property about
whole runs stays unknown, for a walk ends.

The exit status is 1 when a property is violated, 2 when the command line or the
model is wrong, and 3 when nothing was found.`,
	Candidates: (*cli.App).ModelCandidates,
	New:        func() cli.Action { return &simulate{} },
}

type simulate struct {
	options.Model
	answer
	search options.Search // simulate has flags for its selection and its timeout only
	seed   uint64
	walks  uint32
	depth  uint32
	reach  uint64
}

func (s *simulate) Flags(fs *flags.Set) {
	fs.Uint64Var(&s.seed, "seed", 0, "the `number` that chooses the walks; another one each time unless set")
	fs.Uint32Var(&s.walks, "walks", 1000, "how many walks to take, a `number` (default 1000)")
	fs.Uint32Var(&s.depth, "depth", 100, "how many states a walk has at most, a `number` (default 100)")
	fs.Time(&s.search.Timeout, "timeout", "take no more walks after this `time`, such as 90s or 10m")
	fs.Uint64Var(&s.reach, "reach", 100_000, "explore up to this `number` of states to know how much the walks saw; 0 does not (default 100000)")
	s.search.AddSelection(fs)
	s.answer.addFlags(fs)
}

func (s *simulate) Run(c *cli.Call) (int, error) {
	m, err := s.Open()
	if err != nil {
		return exit.Misuse, err
	}
	o, err := s.options(m, c)
	if err != nil {
		return exit.Misuse, err
	}
	file, err := s.open(c)
	if err != nil {
		return exit.Misuse, err
	}
	return s.walk(c, m, o, file)
}

// options checks the flags. Without --seed, a seed is drawn and set, so that the
// command that repeats the answer has it.
func (s *simulate) options(m catalog.Model, c *cli.Call) (explore.SimulateOptions, error) {
	o, err := s.search.Options(m)
	switch {
	case err != nil:
		return explore.SimulateOptions{}, err
	case s.walks == 0:
		return explore.SimulateOptions{}, exit.Errorf("--walks 0: want a number, 1 or more")
	case s.depth == 0:
		return explore.SimulateOptions{}, exit.Errorf("--depth 0: want a number, 1 or more")
	}
	if !c.Own.Changed("seed") {
		c.Own.MustSet("seed", strconv.FormatUint(drawSeed(), 10))
	}
	return explore.SimulateOptions{
		Seed: s.seed, Walks: int(s.walks), Depth: int(s.depth), Timeout: s.search.Timeout, Reach: s.reach,
		Properties: o.Properties, WithoutFaults: o.WithoutFaults,
	}, nil
}

// drawSeed draws a seed that is short enough to be typed.
func drawSeed() uint64 { return uint64(rand.Uint32()) }

func (s *simulate) walk(c *cli.Call, m catalog.Model, o explore.SimulateOptions, file *tracefile.File) (int, error) {
	w := progress.NewMonitor(c.Err)
	defer w.Stop()
	p := report.New(c.Out, c.Color, s.full)
	if s.isReport() {
		p.Header(m)
	}
	r, err := m.Simulate(w, o)
	if err != nil {
		file.Discard()
		return exit.Misuse, err
	}
	list := shownOf(r, s.search.Properties)
	switch {
	case s.isTrace():
		title := func(x explore.PropertyReport) string { return simulationTitle(x, r) }
		return simulationStatus(r), s.printTrace(c, m, list, title, "nothing was found")
	case s.json:
		output.JSON(c.Out, r)
	default:
		printSimulation(p, r, list)
		fmt.Fprintf(c.Out, "\nagain: %s\n", c.Repeat())
		fmt.Fprintln(c.Err, output.Seconds(r.Seconds))
	}
	return simulationStatus(r), s.save(file, c, m, list)
}

func simulationStatus(r *explore.Simulation) int {
	if r.Verdict == explore.Violated {
		return exit.Violated
	}
	return exit.Incomplete
}

// shownOf are the properties whose traces are shown: the violated ones, and then
// the reached ones that were asked for.
func shownOf(r *explore.Simulation, asked []string) []explore.PropertyReport {
	var violated, reached []explore.PropertyReport
	for _, x := range r.Properties {
		switch {
		case x.Verdict == explore.Violated:
			violated = append(violated, x)
		case x.Verdict == explore.Reached && slices.Contains(asked, x.Name):
			reached = append(reached, x)
		}
	}
	return append(violated, reached...)
}

func printSimulation(p *report.Printer, r *explore.Simulation, list []explore.PropertyReport) {
	if r.Verdict == explore.Violated {
		p.Line("%s: %s", p.Style.Red("violated"), report.Names(violatedOf(list)))
	} else {
		p.Line("%s: in %s; that says nothing about what they did not see",
			p.Style.Yellow("nothing found"), number.Count(r.Walks, "random walk"))
	}
	if r.Reason != "" {
		p.Line("%s: %s", p.Style.Yellow("and incomplete"), r.Reason)
	}
	p.Table([]string{">seed", ">walks", ">steps", ">longest"}, [][]string{
		{strconv.FormatUint(r.Seed, 10), number.Commas(r.Walks), number.Commas(r.Taken), number.Commas(uint64(r.Longest))},
	})
	p.Line("\n  %s", seenOf(r))
	decided, unknown := report.Decided(withoutTraces(r.Properties), list)
	p.Properties(decided)
	printTaken(p, r.Actions)
	p.Bounds(r.Bounds)
	p.Traces(list, func(x explore.PropertyReport, before string) string {
		if before != "" {
			return report.Claim(x, before)
		}
		return simulationTitle(x, r) + ":"
	})
	p.Properties(unknown)
}

// seenOf says how much of the model the walks saw.
func seenOf(r *explore.Simulation) string {
	if r.Reachable == nil {
		return fmt.Sprintf("saw %s and %s; how many there are is not known",
			number.Count(r.Seen.States, "state"), number.Count(r.Seen.Steps, "step"))
	}
	return fmt.Sprintf("saw %s of %s (%s) and %s of %s (%s)",
		number.Commas(r.Seen.States), number.Count(r.Reachable.States, "reachable state"), output.Share(r.Seen.States, r.Reachable.States),
		number.Commas(r.Seen.Steps), number.Count(r.Reachable.Steps, "step"), output.Share(r.Seen.Steps, r.Reachable.Steps))
}

func printTaken(p *report.Printer, list []explore.ActionTaken) {
	var rows [][]string
	for _, x := range list {
		rows = append(rows, []string{x.Name, x.Fault, number.Commas(x.Taken)})
	}
	p.Table([]string{"action", "fault", ">taken"}, rows)
}

// simulationTitle is the title of a trace, with the length of the walk from
// which it was shortened.
func simulationTitle(x explore.PropertyReport, r *explore.Simulation) string {
	s := report.Title(x)
	if x.Verdict == explore.Violated && r.Found > x.Trace.Length {
		s += fmt.Sprintf(" (shortened from %s)", number.Commas(uint64(r.Found)))
	}
	return s
}

func violatedOf(list []explore.PropertyReport) []explore.PropertyReport {
	return slices.DeleteFunc(slices.Clone(list), func(x explore.PropertyReport) bool { return !report.IsViolated(x) })
}

// withoutTraces drops the traces, because the length of a walk says nothing
// about a property.
func withoutTraces(list []explore.PropertyReport) []explore.PropertyReport {
	list = slices.Clone(list)
	for i := range list {
		list[i].Trace = nil
	}
	return list
}
