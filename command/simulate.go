package command

import (
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/command/internal/cli"
	"github.com/muster-mc/muster/command/internal/exit"
	"github.com/muster-mc/muster/command/internal/flags"
	"github.com/muster-mc/muster/command/internal/options"
	"github.com/muster-mc/muster/command/internal/output"
	"github.com/muster-mc/muster/command/internal/progress"
	"github.com/muster-mc/muster/explore"
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
	form
	search   options.Search // for the flags that are check's too
	seed     uint64
	walks    uint32
	depth    uint32
	reach    uint64
	json     bool
	full     bool
	traceOut string
}

func (s *simulate) Flags(fs *flags.Set) {
	fs.Uint64Var(&s.seed, "seed", 0, "the `number` that chooses the walks; another one each time unless set")
	fs.Uint32Var(&s.walks, "walks", 1000, "how many walks to take, a `number` (default 1000)")
	fs.Uint32Var(&s.depth, "depth", 100, "how many states a walk has at most, a `number` (default 100)")
	fs.DurationVar(&s.search.Timeout, "timeout", 0, "take no more walks after this `time`, such as 90s or 10m")
	fs.Uint64Var(&s.reach, "reach", 100_000, "explore up to this `number` of states to know how much the walks saw; 0 does not (default 100000)")
	s.search.AddSelection(fs)
	fs.BoolVar(&s.full, "full", false, "show the whole state at each step of a trace, not only what changed")
	fs.BoolVar(&s.json, "json", false, "print the report as JSON, and nothing else")
	fs.StringVar(&s.traceOut, "trace-out", "", "write the trace to this `file`, for replay unless --format says otherwise")
	s.form.Flags(fs)
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
	if err := s.clash(s.json, s.traceOut); err != nil {
		return exit.Misuse, err
	}
	file, err := openTraceFile(s.traceOut)
	if err != nil {
		return exit.Misuse, err
	}
	return s.walk(c, m, o, file)
}

// options checks the flags. A seed that was not given is drawn, and is then as if
// it had been.
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
		c.Own.MustSet("seed", strconv.FormatUint(drawnSeed(), 10))
	}
	return explore.SimulateOptions{
		Seed: s.seed, Walks: int(s.walks), Depth: int(s.depth), Timeout: s.search.Timeout, Reach: s.reach,
		Properties: o.Properties, WithoutFaults: o.WithoutFaults,
	}, nil
}

// drawnSeed is short enough to be typed.
func drawnSeed() uint64 { return uint64(rand.Uint32()) }

func (s *simulate) walk(c *cli.Call, m catalog.Model, o explore.SimulateOptions, file *traceFile) (int, error) {
	w := progress.NewMonitor(c.Err)
	defer w.Stop()
	a := newAnswer(c, s.full)
	if !s.json && !s.alone(s.traceOut) {
		a.header(m.Entry(), m.Settings())
	}
	r, err := m.Simulate(w, o)
	if err != nil {
		file.discard()
		return exit.Misuse, err
	}
	list := shownOf(r, s.search.Properties)
	again := c.Repeat()
	switch {
	case s.alone(s.traceOut):
		return statusOfSimulation(r), s.writeFirst(c, m, r, list, again)
	case s.json:
		output.JSON(c.Out, r)
	default:
		a.simulation(r, list)
		fmt.Fprintf(c.Out, "\nagain: %s\n", again)
		fmt.Fprintln(c.Err, output.Seconds(r.Seconds))
	}
	return statusOfSimulation(r), file.save(list, func(w io.Writer, p explore.PropertyReport) error {
		return s.inFile().write(w, shown{m, p, again})
	})
}

// writeFirst prints the first trace and nothing else.
func (s *simulate) writeFirst(c *cli.Call, m catalog.Model, r *explore.Simulation, list []explore.PropertyReport, again string) error {
	if len(list) == 0 {
		fmt.Fprintf(c.Err, "%s: there is no trace to show: nothing was found\n", c.Program)
		return nil
	}
	fmt.Fprintf(c.Err, "%s: %s\n", c.Program, shortened(list[0], r))
	return s.form.write(c.Out, shown{m, list[0], again})
}

func statusOfSimulation(r *explore.Simulation) int {
	if r.Verdict == explore.Violated {
		return exit.Violated
	}
	return exit.Incomplete
}

// shownOf are the properties whose trace is shown: what is violated, and what was
// reached if it was asked for.
func shownOf(r *explore.Simulation, asked []string) []explore.PropertyReport {
	var list []explore.PropertyReport
	for _, p := range r.Properties {
		if p.Verdict == explore.Violated || p.Verdict == explore.Reached && slices.Contains(asked, p.Name) {
			list = append(list, p)
		}
	}
	slices.SortStableFunc(list, func(a, b explore.PropertyReport) int {
		return strings.Compare(string(b.Verdict), string(a.Verdict)) // what is violated first
	})
	return list
}
