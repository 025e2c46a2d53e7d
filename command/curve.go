package command

import (
	"fmt"
	"strings"

	"github.com/muster-mc/muster/command/internal/output"
	"github.com/muster-mc/muster/growth"
)

// curve prints how a model grew: what was measured, the law, and what is to come.
func (a *answer) curve(c *growth.Curve) {
	a.line("%s by %s", a.style.Bold(c.Model), strings.Join(c.Sweep, " and "))
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
		note = a.style.Yellow(p.Problem)
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
		perSecond = output.Rate(m.Generated, m.Seconds)
	}
	return []string{
		more + output.Commas(m.States), more + output.Commas(m.Generated), fmt.Sprint(m.Depth), fmt.Sprintf("%.2f", m.Branching()),
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
			l.Formula, l.Kind, output.Count(uint64(l.Tried), "law"), output.Count(uint64(l.Tests), "size"), output.Percent(l.Error))
	}
}

// forecasts are the sizes that were not explored to the end: those of the grid,
// and those beyond it.
func (a *answer) forecasts(c *growth.Curve) {
	var rows [][]string
	for _, p := range c.Unmeasured() {
		f := p.Forecast
		rows = append(rows, append(numerals(p.At), bracket(f.States, output.About), bracket(f.Seconds, duration), bracket(f.Bytes, memory)))
	}
	a.table(append(flagsOf(c.Sweep), ">states forecast", ">time", ">memory"), rows)
}

// bracket is the likely value, and what it is between.
func bracket(b growth.Bracket, write func(float64) string) string {
	return fmt.Sprintf("%s (%s to %s)", write(b.Likely), write(b.Least), write(b.Most))
}

// duration writes a forecast time to three digits.
func duration(seconds float64) string { return output.Duration(seconds, 3) }

// memory writes a forecast of bytes. A forecast may exceed every machine.
func memory(bytes float64) string { return output.Size(uint64(min(bytes, 1<<62))) }
