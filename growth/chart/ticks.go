package chart

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/muster-mc/muster/growth"
	"gonum.org/v1/plot"
)

// powers are the ticks of an axis of counts: the powers of ten, and where these
// are few, some multiples of them too.
type powers struct{}

func (powers) Ticks(least, most float64) []plot.Tick {
	steps := []float64{1}
	switch {
	case most/least < 10:
		steps = []float64{1, 1.5, 2, 3, 5, 7}
	case most/least < 1e3:
		steps = []float64{1, 2, 5}
	}
	var ticks []plot.Tick
	for power := math.Pow10(int(math.Floor(math.Log10(least)))); power <= most; power *= 10 {
		for _, step := range steps {
			if n := power * step; n >= least && n <= most {
				ticks = append(ticks, plot.Tick{Value: n, Label: count(n)})
			}
		}
	}
	return ticks
}

// count writes a number as short as people say it.
func count(n float64) string {
	for _, unit := range []struct {
		size float64
		name string
	}{{1e15, "P"}, {1e12, "T"}, {1e9, "G"}, {1e6, "M"}, {1e3, "k"}} {
		if n >= unit.size {
			return fmt.Sprintf("%.3g %s", n/unit.size, unit.name)
		}
	}
	return fmt.Sprintf("%.3g", n)
}

// ticksMax is how many sizes an axis has room for.
const ticksMax = 16

// sizes are the ticks of an axis of sizes: those that there are.
func sizes(c *growth.Curve) plot.ConstantTicks {
	var all []int
	for _, p := range slices.Concat(c.Points, c.Next) {
		all = append(all, p.At[0])
	}
	slices.Sort(all)
	all = slices.Compact(all)
	var ticks []plot.Tick
	for i, n := range all {
		if i%(len(all)/ticksMax+1) == 0 {
			ticks = append(ticks, plot.Tick{Value: float64(n), Label: strconv.Itoa(n)})
		}
	}
	return ticks
}
