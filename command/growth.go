package command

import (
	"fmt"
	"slices"
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
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/growth"
	"github.com/muster-mc/muster/growth/chart"
	"github.com/muster-mc/muster/internal/number"
)

var growthCommand = cli.Command{
	Name:     "growth",
	Operands: "MODEL",
	Summary:  "how the state space grows with the model's parameters",
	About: `Explores a model at every point of the grid that the sweeps span, from small to
large, whatever it violates, and leaves out properties about whole runs: it is the
size of the space that is asked for. Then it says by which law the space grows, and
what that foretells of the next sizes.

All runs together have the time of --budget, and each has the memory of --memory.
A size that would not fit, going by the smaller ones, is forecast and not run. The
law is the one that would have foretold the last sizes best from those before; a
bracket is as wide as its errors were.

Seconds, bytes and rates are of this machine and this run; all else is the same
every time, as long as the budget is enough. The exit status is 0 also when sizes
were left out, and 3 after an interrupt.`,
	Candidates: (*cli.App).ModelCandidates,
	New:        func() cli.Action { return &growthAction{} },
}

// growthAction is one call of growth.
type growthAction struct {
	options.Model
	sweeps    []string
	budget    time.Duration
	memory    flags.Size
	maxStates uint64
	ahead     uint
	workers   uint
	symmetry  string
	format    string
}

// curveFormatFlag chooses the format of the curve.
var curveFormatFlag = catalog.Parameter{
	Name: "format", Type: "string", Default: "text", OneOf: []string{"text", "csv", "json", "svg", "html"},
	Help: "how to print it: a table for people, data, a picture, or a page with the picture and the table",
}

const (
	budgetUsual = time.Minute
	memoryUsual = 2 << 30
)

func (g *growthAction) Flags(fs *flags.Set) {
	fs.StringArrayVar(&g.sweeps, "sweep", nil, "a `parameter` of the model and its values, such as nodes=1..4 or nodes=1,2,4 (repeatable, at most three)")
	g.budget = budgetUsual
	fs.Time(&g.budget, "budget", "the `time` for all runs together, such as 90s or 10m; one minute unless set")
	g.memory = memoryUsual
	fs.Var(&g.memory, "memory", "the `size` of the memory that the search of one run may hold, such as 4GiB; 2GiB unless set")
	fs.Uint64Var(&g.maxStates, "max-states", 0, "a `number` of states beyond which a run is cut")
	fs.UintVar(&g.ahead, "ahead", 2, "the `number` of sizes beyond the grid to forecast in each parameter; 2 unless set")
	options.AddSymmetry(fs, &g.symmetry)
	options.AddWorkers(fs, &g.workers)
	fs.Choice(&g.format, curveFormatFlag)
}

func (g *growthAction) Run(c *cli.Call) (int, error) {
	o, err := g.options()
	if err != nil {
		return exit.Misuse, err
	}
	if err := c.CheckPicture(g.format); err != nil {
		return exit.Misuse, err
	}
	w := progress.NewMonitor(c.Err)
	defer w.Stop()
	o.Begin, o.Progress = w.Begin, w.Show
	curve, err := growth.Measure(w, g.Entry, o)
	w.Clear()
	if err != nil {
		return exit.Misuse, err
	}
	if err := g.print(c, curve); err != nil {
		return exit.Misuse, err
	}
	if curve.Interrupted {
		return exit.Incomplete, exit.ErrInterrupted
	}
	return exit.Holds, nil
}

func (g *growthAction) options() (growth.Options, error) {
	o := growth.Options{
		Settings: g.Settings, Time: g.budget, Memory: uint64(g.memory), MaxStates: g.maxStates,
		Ahead: int(min(g.ahead, aheadMax)), Workers: int(g.workers), Symmetry: explore.SymmetryMode(g.symmetry),
	}
	switch {
	case len(g.sweeps) == 0:
		return o, exit.WithHint("growth: which parameter is to grow?", "--sweep nodes=1..4 sweeps the parameter nodes; "+numbersOf(g.Entry))
	case len(g.sweeps) > growth.SweepsMax:
		return o, exit.Errorf("--sweep: want at most %d; got %d", growth.SweepsMax, len(g.sweeps))
	case g.workers > explore.WorkersMax:
		return o, exit.Errorf("--workers %d: want a number up to %d", g.workers, explore.WorkersMax)
	}
	for _, text := range g.sweeps {
		s, err := growth.ParseSweep(g.Entry, text)
		if err != nil {
			return o, err
		}
		if slices.ContainsFunc(o.Sweeps, func(other growth.Sweep) bool { return other.Parameter == s.Parameter }) {
			return o, exit.Errorf("--sweep %s: there is a sweep of %s already; one can have several values: %[2]s=1,3..5", text, s.Parameter)
		}
		if _, set := g.Settings.With[s.Parameter]; set {
			return o, exit.Errorf("--%s: it is swept already", s.Parameter)
		}
		o.Sweeps = append(o.Sweeps, s)
	}
	return o, nil
}

// aheadMax bounds the length of the table.
const aheadMax = 20

// numbersOf lists the parameters that can be swept.
func numbersOf(e catalog.Entry) string {
	var names []string
	for _, p := range e.Parameters() {
		if p.Type == "int" {
			names = append(names, p.Name)
		}
	}
	if len(names) == 0 {
		return e.Name + " has no number to sweep"
	}
	return catalog.Unknown("parameter", e.Name, "", names).Choices()
}

func (g *growthAction) print(c *cli.Call, curve *growth.Curve) error {
	switch g.format {
	case "csv":
		return curve.CSV(c.Out)
	case "json":
		return output.JSON(c.Out, curve)
	case "svg":
		return chart.SVG(c.Out, curve)
	case "html":
		return chart.Page(c.Out, curve)
	}
	printCurve(report.New(c.Out, c.Color, false), curve)
	return nil
}

// printCurve prints the measured sizes, the law of growth, and the forecasts.
func printCurve(p *report.Printer, c *growth.Curve) {
	p.Line("%s by %s", p.Style.Bold(c.Model), strings.Join(c.Sweep, " and "))
	if c.Orbits {
		p.Line("the states are one of each orbit, since values are interchangeable; --symmetry off counts all")
	}
	printMeasured(p, c)
	printLaw(p, c)
	printForecasts(p, c)
}

func printMeasured(p *report.Printer, c *growth.Curve) {
	heading := append(flagsOf(c.Sweep), ">states", ">generated", ">depth", ">branching", ">seconds", ">bytes a state", ">rate", "")
	var rows [][]string
	for _, point := range c.Points {
		rows = append(rows, append(numerals(point.At), measures(point, p.Style)...))
	}
	p.Table(heading, rows)
}

// flagsOf are the headings of the parameters.
func flagsOf(names []string) []string {
	var all []string
	for _, n := range names {
		all = append(all, ">--"+n)
	}
	return all
}

func numerals(at []int) []string {
	var all []string
	for _, n := range at {
		all = append(all, fmt.Sprint(n))
	}
	return all
}

// measures are the cells of a point.
func measures(point growth.Point, s output.Style) []string {
	note := ""
	if point.Problem != "" {
		note = s.Yellow(point.Problem)
	}
	m := point.Measured
	if m == nil {
		return []string{"", "", "", "", "", "", "", note}
	}
	more, perState, perSecond := "", "", ""
	if !m.Whole {
		more = "> "
	}
	if m.BytesPerState() > 0 {
		perState = fmt.Sprintf("%.1f", m.BytesPerState())
	}
	if m.Rate() > 0 {
		perSecond = output.Rate(m.Generated, m.Seconds)
	}
	return []string{
		more + number.Commas(m.States), more + number.Commas(m.Generated), fmt.Sprint(m.Depth), fmt.Sprintf("%.2f", m.Branching()),
		fmt.Sprintf("%.3f", m.Seconds), perState, perSecond, note,
	}
}

// printLaw prints the law by which the space grows, and how well it foretold the
// sizes that were measured.
func printLaw(p *report.Printer, c *growth.Curve) {
	switch l := c.Law; {
	case l == nil:
		p.Line("\nno law: two sizes or more must have been explored to the end")
	case l.Tests == 0:
		p.Line("\nstates: about %s (%s), a guess: it passes through all sizes and has foretold none", l.Formula, l.Kind)
	default:
		p.Line("\nstates: about %s (%s); of %s it foretold the last %s best, within %s",
			l.Formula, l.Kind, number.Count(uint64(l.Tried), "law"), number.Count(uint64(l.Tests), "size"), output.Percent(l.Error))
	}
}

// printForecasts prints the sizes that were not explored to the end: those of
// the grid, and those beyond it.
func printForecasts(p *report.Printer, c *growth.Curve) {
	var rows [][]string
	for _, point := range c.Unmeasured() {
		f := point.Forecast
		rows = append(rows, append(numerals(point.At), bracket(f.States, output.About), bracket(f.Seconds, duration), bracket(f.Bytes, memory)))
	}
	p.Table(append(flagsOf(c.Sweep), ">states forecast", ">time", ">memory"), rows)
}

// bracket writes the likely value of a forecast, and its bounds.
func bracket(b growth.Bracket, write func(float64) string) string {
	return fmt.Sprintf("%s (%s to %s)", write(b.Likely), write(b.Least), write(b.Most))
}

// duration writes a forecast time to three digits.
func duration(seconds float64) string { return output.Duration(seconds, 3) }

// memory writes a forecast of bytes. A forecast may exceed every machine.
func memory(bytes float64) string { return output.Size(uint64(min(bytes, 1<<62))) }
