package main

import (
	"context"
	"math"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/growth"
)

// chapter is the part of the book about one model. It has a curve for each parameter.
type chapter struct {
	entry  catalog.Entry
	curves []*growth.Curve
}

// measure varies each numeric parameter of a model, with defaults for the others.
func measure(ctx context.Context, e catalog.Entry, o growth.Options) (chapter, error) {
	c := chapter{entry: e}
	o.Symmetry = explore.SymmetryOff // the curves are those of all states
	for _, p := range e.Parameters() {
		if p.Type != "int" || p.Min == p.Max {
			continue
		}
		o.Sweeps, o.Ahead = []growth.Sweep{{Parameter: p.Name, Values: values(p)}}, 1
		curve, err := growth.Measure(ctx, e, o)
		if err != nil {
			return c, err
		}
		if ctx.Err() != nil {
			return c, ctx.Err()
		}
		c.curves = append(c.curves, curve)
	}
	return c, nil
}

// growing returns the curves whose parameter influences the number of states.
func (c chapter) growing() []*growth.Curve {
	var list []*growth.Curve
	for _, curve := range c.curves {
		if whole := wholeRuns(curve); len(whole) > 1 && whole[0].Measured.States != whole[len(whole)-1].Measured.States {
			list = append(list, curve)
		}
	}
	return list
}

// wholeRuns returns the points that were explored to the end.
func wholeRuns(c *growth.Curve) []growth.Point {
	var list []growth.Point
	for _, p := range c.Points {
		if p.Measured != nil && p.Measured.Whole {
			list = append(list, p)
		}
	}
	return list
}

// trial compares a forecast with the run of the same size.
type trial struct {
	off    float64 // the ratio of the forecast to the truth
	within bool    // the bracket holds the truth
}

// factor returns the ratio of the forecast to the truth or its inverse, at least 1.
func (t trial) factor() float64 { return math.Exp(math.Abs(math.Log(t.off))) }

// trials returns a trial for each size of a curve with at least testedSizes smaller
// ones, so that its law was validated.
func trials(c *growth.Curve) []trial {
	var list []trial
	for i, p := range wholeRuns(c) {
		if p.Forecast != nil && i >= testedSizes {
			said, is := p.Forecast.States, float64(p.Measured.States)
			list = append(list, trial{said.Likely / is, said.Holds(is)})
		}
	}
	return list
}

// testedSizes is the number of sizes that validate a law.
const testedSizes = 3
