package main

import (
	"context"
	"math"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/growth"
)

// chapter is what is written about one model: a curve for each of its parameters.
type chapter struct {
	entry  catalog.Entry
	curves []*growth.Curve
}

// measure gives each number of a model other values, the rest being as usual.
func measure(ctx context.Context, e catalog.Entry, o growth.Options) (chapter, error) {
	c := chapter{entry: e}
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

// growing are the curves in which the parameter makes a difference.
func (c chapter) growing() []*growth.Curve {
	var list []*growth.Curve
	for _, curve := range c.curves {
		if whole := wholeRuns(curve); len(whole) > 1 && whole[0].Measured.States != whole[len(whole)-1].Measured.States {
			list = append(list, curve)
		}
	}
	return list
}

// wholeRuns are the points that were explored to the end.
func wholeRuns(c *growth.Curve) []growth.Point {
	var list []growth.Point
	for _, p := range c.Points {
		if p.Measured != nil && p.Measured.Whole {
			list = append(list, p)
		}
	}
	return list
}

// trial is a forecast that was put to the test: the size was run afterwards.
type trial struct {
	off    float64 // the forecast over the truth
	within bool    // the truth is in the bracket
}

// factor is how far the forecast was off, in whichever direction.
func (t trial) factor() float64 { return math.Exp(math.Abs(math.Log(t.off))) }

// trials are those of a curve: of each size for which a law had been tested, which
// takes three smaller ones.
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

// testedSizes is how many sizes must be known before a forecast is more than a
// guess.
const testedSizes = 3
