package chart

import (
	"fmt"
	"math"
	"slices"
	"strconv"
)

// tick is a number that an axis names, and where it is on the scale.
type tick struct {
	at    float64
	label string
}

// An axis has room for so many.
const (
	ticksMax  = 16
	powersMax = 10
)

// powers are the ticks of an axis of counts between two levels: the powers of ten,
// or every so many of them; where they are few, some multiples of them too.
func powers(least, most float64) []tick {
	steps, every := []float64{1}, 1
	switch decades := most - least; {
	case decades < 1:
		steps = []float64{1, 1.5, 2, 3, 5, 7}
	case decades < 3:
		steps = []float64{1, 2, 5}
	default:
		every = int(decades)/powersMax + 1
	}
	var ticks []tick
	for power := int(math.Floor(least/float64(every))) * every; float64(power) <= most; power += every {
		for _, step := range steps {
			if at := float64(power) + math.Log10(step); least <= at && at <= most {
				ticks = append(ticks, tick{at, count(step * math.Pow10(power))})
			}
		}
	}
	return ticks
}

// count writes a number as short as people say it.
func count(n float64) string {
	if math.IsInf(n, 1) {
		return "∞"
	}
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

// sizes are the ticks of an axis of sizes: those that there are.
func sizes(lines []line) []tick {
	var all []float64
	for _, l := range lines {
		for _, p := range l.points {
			all = append(all, p.x)
		}
	}
	slices.Sort(all)
	all = slices.Compact(all)
	var ticks []tick
	for i, n := range all {
		if i%(len(all)/ticksMax+1) == 0 {
			ticks = append(ticks, tick{n, strconv.Itoa(int(n))})
		}
	}
	return ticks
}
