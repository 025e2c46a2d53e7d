package chart

import (
	"fmt"
	"slices"
	"strings"

	"github.com/muster-mc/muster/growth"
	"gonum.org/v1/plot/plotter"
)

// linesOf sorts the points of a curve into lines. A point that was cut or not run
// is drawn as forecast.
func linesOf(c *growth.Curve) []line {
	var lines []line
	for _, p := range slices.Concat(c.Points, c.Next) {
		name := others(c, p.At)
		i := slices.IndexFunc(lines, func(l line) bool { return l.name == name })
		if i < 0 {
			i = len(lines)
			lines = append(lines, line{name: name})
		}
		x := float64(p.At[0])
		switch {
		case p.Measured != nil && p.Measured.Whole:
			lines[i].measured = append(lines[i].measured, plotter.XY{X: x, Y: float64(p.Measured.States)})
		case p.Forecast != nil:
			lines[i].forecast = append(lines[i].forecast, forecast{x, p.Forecast.States})
		}
	}
	return lines
}

// others are the parameters after the first.
func others(c *growth.Curve, at []int) string {
	var words []string
	for i, n := range at[1:] {
		words = append(words, fmt.Sprintf("%s %d", c.Sweep[i+1], n))
	}
	return strings.Join(words, ", ")
}

// title says what is drawn, and the law if there is one.
func title(c *growth.Curve) string {
	words := c.Model + ": states by " + strings.Join(c.Sweep, " and ")
	if c.Law != nil {
		words += "\n" + c.Law.Formula
	}
	return words
}
