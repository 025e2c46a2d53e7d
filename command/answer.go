package command

import (
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/trace"
)

// answer prints what a run found, for people.
type answer struct {
	w     io.Writer
	style style
	text  trace.TextOptions
}

func (t *tool) answer(c *call, full bool) *answer {
	s := t.out.style(c.color)
	return &answer{t.out, s, trace.TextOptions{Color: bool(s), Full: full, Width: t.out.width}}
}

func (a *answer) line(format string, args ...any) { fmt.Fprintf(a.w, format+"\n", args...) }

// header names the configuration, every parameter of it.
func (a *answer) header(e catalog.Entry, s catalog.Settings) {
	words := append([]string{a.style.bold(e.Name)}, flagWords(e, s)...)
	a.line("%s\n", strings.Join(words, " "))
}

func (a *answer) report(r *explore.Report, f findings) {
	a.verdict(r, f)
	a.counts(r.Counts)
	a.forecast(r)
	a.properties(r.Properties)
	a.actions(r.Actions)
	a.vacuity(f.vacuity)
	a.explanation(r)
	a.basis(r)
	a.traces(f.shown)
}

// verdict is the line to read if one reads only one.
func (a *answer) verdict(r *explore.Report, f findings) {
	switch r.Verdict {
	case explore.Holds:
		a.line("%s: %s, in all %s%s", a.style.green("holds"), whatHolds(f),
			several(r.Counts.Distinct, "reachable state"), underBounds(r))
	case explore.Incomplete:
		a.line("%s: %s; nothing found until then", a.style.yellow("incomplete"), r.Reason)
	default:
		a.line("%s: %s", a.style.red("violated"), strings.Join(propertiesOf(f.violations), ", "))
		if r.Reason != "" {
			a.line("%s: %s", a.style.yellow("and incomplete"), r.Reason)
		}
	}
}

func whatHolds(f findings) string {
	if len(f.only) == 0 {
		return "every property"
	}
	return strings.Join(f.only, ", ")
}

func underBounds(r *explore.Report) string {
	if len(r.Bounds) == 0 {
		return ""
	}
	return ", within the bounds below"
}

func propertiesOf(list []explore.PropertyReport) []string {
	var names []string
	for _, p := range list {
		names = append(names, p.Name)
	}
	return names
}

func (a *answer) counts(c explore.Counts) {
	a.table([]string{">initial", ">distinct", ">generated", ">depth"}, [][]string{
		{commas(c.Initial), commas(c.Distinct), commas(c.Generated), commas(uint64(c.Depth))},
	})
}

// longRun is how many seconds make a run one that somebody has waited for.
const longRun = 10

// forecast compares what was foreseen half-way with what has come.
func (a *answer) forecast(r *explore.Report) {
	f := r.Forecast
	if f == nil || r.Seconds < longRun {
		return
	}
	foreseen := fmt.Sprintf("at least %s states and no end in sight", commas(f.Least))
	if f.Most > 0 {
		foreseen = fmt.Sprintf("%s to %s states", commas(f.Least), commas(f.Most))
	}
	a.line("\n  forecast from the first %s: %s%s", commas(f.Found), foreseen, errorOf(f, r.Counts.Distinct))
}

// errorOf says by how much a forecast was wrong.
func errorOf(f *explore.Forecast, distinct uint64) string {
	percent := func(foreseen uint64) float64 { return 100 * math.Abs(float64(foreseen)/float64(distinct)-1) }
	switch {
	case distinct < f.Least:
		return fmt.Sprintf(", %.2g %% too many", percent(f.Least))
	case f.Most > 0 && distinct > f.Most:
		return fmt.Sprintf(", %.2g %% too few", percent(f.Most))
	}
	return ", which was right"
}

func (a *answer) properties(list []explore.PropertyReport) {
	var rows [][]string
	for _, p := range list {
		rows = append(rows, []string{p.Name, p.Kind, a.propertyVerdict(p)})
	}
	a.table([]string{"property", "kind", "verdict"}, rows)
}

func (a *answer) propertyVerdict(p explore.PropertyReport) string {
	v := string(p.Verdict)
	if p.NoFairRun {
		return a.style.yellow(v + ", but says nothing: no fair run stays inside the constraint")
	}
	if p.Vacuous {
		return a.style.yellow(v + ", but says nothing: its left side is never true")
	}
	if p.Trace != nil {
		v += ", in " + several(uint64(p.Trace.Length), "state")
	}
	switch p.Verdict {
	case explore.Holds, explore.Reached:
		return a.style.green(v)
	case explore.Violated, explore.Unreached:
		return a.style.red(v)
	}
	return a.style.yellow(v)
}

func (a *answer) actions(list []explore.ActionReport) {
	var rows [][]string
	for _, x := range list {
		rows = append(rows, []string{x.Name, x.Fault, commas(x.Attempts), commas(x.Enabled), commas(x.Discovered)})
	}
	a.table([]string{"action", "fault", ">attempts", ">enabled", ">discovered"}, rows)
}

// table prints rows after an empty line, if there are any.
func (a *answer) table(heading []string, rows [][]string) {
	if len(rows) == 0 {
		return
	}
	a.line("")
	(&table{a.style, heading, rows}).write(a.w)
}

// basis is what the answer rests on beside the model.
func (a *answer) basis(r *explore.Report) {
	rests := append([]string{}, r.Bounds...)
	if s := visited(r.Store); s != "" {
		rests = append(rests, s)
	}
	if len(rests) == 0 {
		return
	}
	a.line("\n  %s", a.style.dim("rests on"))
	for _, line := range rests {
		a.line("  %s", line)
	}
}

// visited says what was used to tell states apart, and how sure that is.
func visited(s explore.Store) string {
	var kinds []string
	for _, k := range s.Kinds {
		kinds = append(kinds, string(k))
	}
	set := strings.Join(kinds, ", then ") + " set of visited states: "
	switch s.Kind {
	case "":
		return ""
	case explore.StoreExact:
		return set + "every state was compared byte for byte"
	}
	return fmt.Sprintf("%sthe chance that any state was missed is %.2g", set, s.MissProbability)
}

// effort is what the run took; it goes to standard error.
func effort(r *explore.Report) string {
	took, held := seconds(r.Seconds), size(r.Bytes)
	if r.Seconds < 0.1 { // too short for a rate
		return took + ", " + held
	}
	return took + ", " + rate(r.Counts.Generated, r.Seconds) + " generated, " + held
}
