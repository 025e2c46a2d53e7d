package command

import (
	"fmt"
	"strings"

	"github.com/muster-mc/muster/growth"
)

// curve prints how a model grew: what was measured, the law, and what is to come.
func (a *answer) curve(c *growth.Curve) {
	a.line("%s by %s", a.style.bold(c.Model), strings.Join(c.Sweep, " and "))
	a.measured(c)
	a.law(c)
	a.forecasts(c)
}

func (a *answer) measured(c *growth.Curve) {
	heading := append(flagsOf(c.Sweep), ">states", ">generated", ">depth", ">branching", ">seconds", ">bytes a state", ">rate", "")
	var rows [][]string
	for _, p := range c.Points {
		rows = append(rows, append(numerals(p.At), a.measures(p)...))
	}
	a.table(heading, rows)
}

// flagsOf are headings for parameters.
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
func (a *answer) measures(p growth.Point) []string {
	note := ""
	if p.Problem != "" {
		note = a.style.yellow(p.Problem)
	}
	m := p.Measured
	if m == nil {
		return []string{"", "", "", "", "", "", "", note}
	}
	more, perSecond := "", ""
	if !m.Whole {
		more = "> "
	}
	if m.Rate() > 0 {
		perSecond = rate(m.Generated, m.Seconds)
	}
	return []string{
		more + commas(m.States), more + commas(m.Generated), fmt.Sprint(m.Depth), fmt.Sprintf("%.2f", m.Branching()),
		fmt.Sprintf("%.3f", m.Seconds), fmt.Sprintf("%.1f", m.BytesPerState()), perSecond, note,
	}
}

// law says by which law the space grows, and how much it is worth.
func (a *answer) law(c *growth.Curve) {
	switch l := c.Law; {
	case l == nil:
		a.line("\nno law: two sizes or more must have been explored to the end")
	case l.Tests == 0:
		a.line("\nstates: about %s (%s), a guess: it passes through all sizes and has foretold none", l.Formula, l.Kind)
	default:
		a.line("\nstates: about %s (%s); of %s it foretold the last %s best, within %s",
			l.Formula, l.Kind, several(uint64(l.Tried), "law"), several(uint64(l.Tests), "size"), partOf(l.Error))
	}
}

// partOf writes a part as people do, and never better than it is.
func partOf(part float64) string {
	switch {
	case part < 0.001:
		return "0.1 %"
	case part < 0.1:
		return fmt.Sprintf("%.1f %%", 100*part)
	}
	return fmt.Sprintf("%.0f %%", 100*part)
}

// forecasts are the sizes that were not explored to the end: those of the grid,
// and those beyond it.
func (a *answer) forecasts(c *growth.Curve) {
	var rows [][]string
	for _, p := range c.Unmeasured() {
		f := p.Forecast
		rows = append(rows, append(numerals(p.At), bracket(f.States, about), bracket(f.Seconds, duration), bracket(f.Bytes, memory)))
	}
	a.table(append(flagsOf(c.Sweep), ">states forecast", ">time", ">memory"), rows)
}

// bracket is the likely value, and what it is between.
func bracket(b growth.Bracket, write func(float64) string) string {
	return fmt.Sprintf("%s (%s to %s)", write(b.Likely), write(b.Least), write(b.Most))
}

// about writes a number to three digits.
func about(x float64) string {
	for _, unit := range []struct {
		size float64
		name string
	}{{1e15, ""}, {1e12, " trillion"}, {1e9, " billion"}, {1e6, " million"}} {
		switch {
		case x < unit.size:
		case unit.name == "":
			return fmt.Sprintf("%.2g", x)
		default:
			return fmt.Sprintf("%.3g%s", x/unit.size, unit.name)
		}
	}
	if x < 1000 {
		return fmt.Sprintf("%.0f", x)
	}
	return commas(round(x))
}

// round keeps three digits.
func round(x float64) uint64 {
	unit := uint64(1)
	for x >= 1000 {
		x, unit = x/10, unit*10
	}
	return uint64(x+0.5) * unit
}

// duration writes a time in the unit that people would use.
func duration(s float64) string { return durationTo(s, 3) }

// durationTo has so many digits.
func durationTo(s float64, digits int) string {
	const minute, hour, day, year = 60, 3600, 86400, 365 * 86400
	switch {
	case s < 0.1:
		return fmt.Sprintf("%.2g s", s)
	case s < 2*minute:
		return fmt.Sprintf("%.*g s", digits, s)
	case s < 2*hour:
		return fmt.Sprintf("%.*g min", digits, s/minute)
	case s < 2*day:
		return fmt.Sprintf("%.*g h", digits, s/hour)
	case s < 2*year:
		return fmt.Sprintf("%.*g days", digits, s/day)
	}
	return fmt.Sprintf("%.2g years", s/year)
}

// memory writes bytes; what nobody has is written all the same.
func memory(bytes float64) string { return size(uint64(min(bytes, 1<<62))) }
