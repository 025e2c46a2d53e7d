package report

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/command/internal/output"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/internal/number"
)

// Findings are the parts of a report that a person has to be told.
type Findings struct {
	Violations []explore.PropertyReport
	Shown      []explore.PropertyReport // the violations, and the reached properties that were asked for
	Vacuity    explore.Vacuity          // empty unless the whole space is known
	Asked      []string                 // the properties that were asked for, or none for all
}

// FindingsOf finds them in a report.
func FindingsOf(r *explore.Report, asked []string) Findings {
	f := Findings{Violations: catalog.Violations(r), Asked: asked}
	f.Shown = slices.Clone(f.Violations)
	for _, x := range r.Properties {
		if x.Verdict == explore.Reached && slices.Contains(asked, x.Name) {
			f.Shown = append(f.Shown, x)
		}
	}
	if r.Vacuity != nil {
		f.Vacuity = *r.Vacuity
	}
	return f
}

// Search prints the report of a search.
func (p *Printer) Search(r *explore.Report, f Findings) {
	p.verdict(r, f)
	p.counts(r.Counts)
	p.symmetry(r)
	p.forecast(r)
	decided, unknown := Decided(r.Properties, f.Shown)
	p.Properties(decided)
	p.actions(r.Actions)
	p.code(r.Code)
	p.vacuity(f.Vacuity)
	p.explanation(r)
	p.basis(r)
	p.Traces(f.Shown, Claim)
	p.Properties(unknown)
}

// verdict is the most important line.
func (p *Printer) verdict(r *explore.Report, f Findings) {
	switch {
	case len(r.Properties) == 0 && r.Verdict == explore.Holds:
		p.Line("%s: %s%s; there is no property to check", p.Style.Yellow("counted"),
			space(r), withinBounds(r))
	case r.Verdict == explore.Holds:
		p.Line("%s: %s, in all %s%s", p.Style.Green("holds"), f.subject(), space(r), withinBounds(r))
	case r.Verdict == explore.Incomplete:
		p.Line("%s: %s; nothing found until then", p.Style.Yellow("incomplete"), r.Reason)
	default:
		p.Line("%s: %s", p.Style.Red("violated"), Names(f.Violations))
		if r.Reason != "" {
			p.Line("%s: %s", p.Style.Yellow("and incomplete"), r.Reason)
		}
	}
}

// space says how large the space is that was explored.
func space(r *explore.Report) string {
	s := r.Symmetry
	switch {
	case s == nil || s.Orbits == 0:
		return number.Count(r.Counts.Distinct, "reachable state")
	case s.AsymmetricStart:
		return number.Count(s.Orbits, "reachable orbit") + " under " + groups(s)
	}
	return fmt.Sprintf("%s under %s, which stand for %s", number.Count(s.Orbits, "reachable orbit"), groups(s), number.Count(s.States, "state"))
}

// groups names the types with interchangeable values.
func groups(s *explore.Symmetry) string {
	var names []string
	for _, g := range s.Groups {
		names = append(names, g.String())
	}
	return strings.Join(names, " and ")
}

// symmetry says how much was searched, if the model declares a symmetry.
func (p *Printer) symmetry(r *explore.Report) {
	switch s := r.Symmetry; {
	case s == nil:
	case s.NotReduced != "":
		p.Line("\nnot reduced by %s: %s", groups(s), s.NotReduced)
	case s.AsymmetricStart:
		p.Line("\n%s under %s; their %s need not all be reachable, for the initial states are not symmetric",
			number.Count(s.Orbits, "orbit"), groups(s), number.Count(s.States, "state"))
	default:
		p.Line("\n%s under %s, which stand for %s", number.Count(s.Orbits, "orbit"), groups(s), number.Count(s.States, "state"))
	}
	if s := r.Symmetry; s != nil && s.Proved {
		p.Line("the symmetry is proved: every state of each orbit was checked with every renaming")
	}
}

// subject names the properties that were checked.
func (f Findings) subject() string {
	if len(f.Asked) == 0 {
		return "every property"
	}
	return strings.Join(f.Asked, ", ")
}

func withinBounds(r *explore.Report) string {
	bounds := len(r.Bounds)
	if r.Symmetry != nil && r.Symmetry.Orbits > 0 {
		bounds-- // the symmetry is one that leaves nothing out, and was named before
	}
	if bounds == 0 {
		return ""
	}
	return ", within the bounds below"
}

func (p *Printer) counts(c explore.Counts) {
	p.Table([]string{">initial", ">distinct", ">generated", ">depth"}, [][]string{
		{number.Commas(c.Initial), number.Commas(c.Distinct), number.Commas(c.Generated), number.Commas(uint64(c.Depth))},
	})
}

// longRun is the time in seconds from which on the error of a forecast is of
// interest.
const longRun = 10

// forecast compares the forecast from the middle of a run with its result.
func (p *Printer) forecast(r *explore.Report) {
	f := r.Forecast
	if f == nil || r.Seconds < longRun {
		return
	}
	foreseen := fmt.Sprintf("at least %s states and no end in sight", number.Commas(f.Least))
	if f.Most > 0 {
		foreseen = fmt.Sprintf("%s to %s states", number.Commas(f.Least), number.Commas(f.Most))
	}
	p.Line("\n  forecast from the first %s: %s%s", number.Commas(f.Found), foreseen, forecastError(f, r.Counts.Distinct))
}

func forecastError(f *explore.Forecast, distinct uint64) string {
	percent := func(foreseen uint64) float64 { return 100 * math.Abs(float64(foreseen)/float64(distinct)-1) }
	switch {
	case distinct < f.Least:
		return fmt.Sprintf(", %.2g %% too many", percent(f.Least))
	case f.Most > 0 && distinct > f.Most:
		return fmt.Sprintf(", %.2g %% too few", percent(f.Most))
	}
	return ", which was right"
}

func (p *Printer) actions(list []explore.ActionReport) {
	var rows [][]string
	for _, x := range list {
		rows = append(rows, []string{x.Name, x.Fault, number.Commas(x.Attempts), number.Commas(x.Enabled), number.Commas(x.Discovered)})
	}
	p.Table([]string{"action", "fault", ">attempts", ">enabled", ">discovered"}, rows)
}

// Vacuous lists the actions, implications and guards of a kind that were never
// put to the test.
type Vacuous struct {
	kind  string
	names []string
}

func (v Vacuous) String() string { return v.kind + ": " + strings.Join(v.names, ", ") }

// VacuousOf are those that --strict turns into failures.
func VacuousOf(v explore.Vacuity) []Vacuous {
	var list []Vacuous
	for _, x := range []Vacuous{
		{"never enabled", v.NeverEnabled},
		{"true of nothing, for what they follow on never happened", v.NeverApplied},
		{"true of every run, for no fair run stays inside the constraint", v.NoFairRun},
		{"guards that were never the reason", v.NeverRefused},
	} {
		if len(x.names) > 0 {
			list = append(list, x)
		}
	}
	return list
}

// vacuity prints a warning for each of them.
func (p *Printer) vacuity(v explore.Vacuity) {
	start := "\n"
	for _, x := range VacuousOf(v) {
		p.Line("%s%s: %s", start, p.Style.Yellow("warning"), x)
		start = ""
	}
	if len(v.NeverDiscovered) > 0 {
		p.Line("%snote: led to known states only: %s", start, strings.Join(v.NeverDiscovered, ", "))
	}
}

// basis prints the assumptions of the verdict: the bounds of the search, and how
// states were told apart.
func (p *Printer) basis(r *explore.Report) {
	rests := slices.Clone(r.Bounds)
	if s := visited(r.Store); s != "" {
		rests = append(rests, s)
	}
	if r.Code != nil {
		rests = append(rests, references(r.Code))
	}
	p.list("rests on", rests)
}

// Bounds prints the bounds of an answer that is none about the whole space.
func (p *Printer) Bounds(bounds []string) { p.list("bounds", bounds) }

func (p *Printer) list(heading string, lines []string) {
	if len(lines) == 0 {
		return
	}
	p.Line("\n  %s", p.Style.Dim(heading))
	for _, line := range lines {
		p.Line("  %s", line)
	}
}

// visited describes the set of visited states: its kinds, and the chance that it
// took two states for one.
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

// Outcome is a run's verdict in a few words.
func Outcome(r *explore.Report) string {
	switch {
	case r.Verdict == explore.Violated:
		return Names(catalog.Violations(r)) + " is never reached"
	case r.Reason != "":
		return string(r.Verdict) + ": " + r.Reason
	}
	return string(r.Verdict)
}

// Effort is the time, the rate and the memory of a run. A short run has no rate.
// They differ from run to run, so they go to standard error.
func Effort(r *explore.Report) string {
	took, memory := output.Seconds(r.Seconds), output.Size(r.Bytes)
	if c := r.Code; c != nil && !c.Whole { // how far the workers got differs from run to run too
		memory += codeSoFar(c)
	}
	text := took + ", " + memory
	if r.Seconds >= 0.1 {
		text = took + ", " + output.Rate(r.Counts.Generated, r.Seconds) + " generated, " + memory
	}
	if r.Distribution != nil {
		text += "\n" + distribution(r)
	}
	return text
}

// distribution is what a search on several machines cost.
func distribution(r *explore.Report) string {
	d := r.Distribution
	text := fmt.Sprintf("%s by %s of up to %s in %s", number.Count(uint64(d.Levels), "level"),
		number.Count(d.Tasks, "task"), number.Count(uint64(d.Blocks), "state"), number.Count(uint64(d.Partitions), "partition"))
	text += fmt.Sprintf(", %d delivered again, %s made again", d.Again, number.Count(d.Repaired, "blob"))
	states := max(1, float64(r.Counts.Distinct))
	text += fmt.Sprintf("; %s written (%.3g bytes a state), %s read (%.3g)",
		output.Size(d.BytesWritten), float64(d.BytesWritten)/states, output.Size(d.BytesRead), float64(d.BytesRead)/states)
	if shares := shares(d.Phases); shares != "" {
		text += "; time: " + shares
	}
	if d.Outages > 0 {
		text += fmt.Sprintf("; queue or bucket out of reach for %s", output.Seconds(d.Outages))
	}
	return text
}

// shares are the parts of the time of phases.
func shares(phases map[string]float64) string {
	sum := 0.0
	for _, seconds := range phases {
		sum += seconds
	}
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(phases)) {
		parts = append(parts, fmt.Sprintf("%s %.0f %%", name, 100*phases[name]/sum))
	}
	return strings.Join(parts, ", ")
}
