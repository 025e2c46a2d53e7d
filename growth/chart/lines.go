package chart

import (
	"fmt"
	"slices"
	"strings"

	"github.com/muster-mc/muster/growth"
)

// line has the sizes that differ only in the first parameter: first the measured ones,
// then the forecast ones.
type line struct {
	name   string
	points []point
}

// point is one size. The bracket of a measured size has a single value.
type point struct {
	x        float64
	states   growth.Bracket
	measured bool
	about    string // the tooltip
}

// linesOf divides the points of a curve into lines. A point that was cut short or not
// run counts as forecast.
func linesOf(c *growth.Curve) []line {
	var lines []line
	for _, p := range slices.Concat(c.Points, c.Next) {
		name := others(c, p.At)
		i := slices.IndexFunc(lines, func(l line) bool { return l.name == name })
		if i < 0 {
			i = len(lines)
			lines = append(lines, line{name: name})
		}
		where := strings.Join(words(c.Sweep, p.At), ", ")
		switch {
		case p.Measured != nil && p.Measured.Whole:
			n := float64(p.Measured.States)
			lines[i].add(point{float64(p.At[0]), growth.Bracket{Least: n, Likely: n, Most: n}, true,
				fmt.Sprintf("%s: %s states", where, grouped(p.Measured.States))})
		case p.Forecast != nil:
			b := p.Forecast.States
			lines[i].add(point{float64(p.At[0]), b, false,
				fmt.Sprintf("%s: about %s states, between %s and %s", where, count(b.Likely), count(b.Least), count(b.Most))})
		}
	}
	return lines
}

// add adds a point, with measured ones before forecast ones.
func (l *line) add(p point) {
	i := len(l.points)
	if p.measured {
		i = len(l.measured())
	}
	l.points = slices.Insert(l.points, i, p)
}

func (l line) measured() []point {
	for i, p := range l.points {
		if !p.measured {
			return l.points[:i]
		}
	}
	return l.points
}

func (l line) forecast() []point { return l.points[len(l.measured()):] }

// end returns the number of states at the end of the line.
func (l line) end() float64 {
	if len(l.points) == 0 {
		return 0
	}
	return l.points[len(l.points)-1].states.Likely
}

// others describes the values of all parameters except the first.
func others(c *growth.Curve, at []int) string { return strings.Join(words(c.Sweep[1:], at[1:]), ", ") }

func words(names []string, values []int) []string {
	var list []string
	for i, n := range values {
		list = append(list, fmt.Sprintf("%s %d", names[i], n))
	}
	return list
}
