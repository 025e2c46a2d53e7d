package chart

import (
	"fmt"
	"math"
	"slices"
	"strconv"
)

// scale maps the values of an axis to pixels.
type scale struct {
	least, most float64 // values
	from, to    float64 // pixels
}

func (s scale) at(value float64) float64 {
	if s.least == s.most {
		return (s.from + s.to) / 2
	}
	return s.from + (s.to-s.from)*(value-s.least)/(s.most-s.least)
}

// level returns the position of a number of states on a logarithmic scale. Numbers
// below one and infinity are replaced by the nearest number that has a position.
func level(states float64) float64 {
	return math.Log10(min(max(states, 1), math.MaxFloat64))
}

// sizeScale returns a scale for all sizes of the lines.
func sizeScale(lines []line, from, to float64) scale {
	s := scale{math.Inf(1), math.Inf(-1), from, to}
	for _, l := range lines {
		for _, p := range l.points {
			s.least, s.most = min(s.least, p.x), max(s.most, p.x)
		}
	}
	if s.least > s.most { // nothing is drawn
		s.least, s.most = 0, 0
	}
	return s
}

// countScale returns a scale for all numbers of states, with a margin above and below.
func countScale(lines []line, from, to float64) scale {
	const room = 0.2
	s := scale{math.Inf(1), math.Inf(-1), from, to}
	for _, l := range lines {
		for _, p := range l.points {
			s.least = min(s.least, level(p.states.Least))
			s.most = max(s.most, level(p.states.Most))
		}
	}
	if s.least > s.most {
		return scale{0, 1, from, to}
	}
	s.least, s.most = s.least-room, s.most+room
	return s
}

// tick is a label of an axis, and its value on the scale.
type tick struct {
	at    float64
	label string
}

// The largest numbers of ticks that fit on the axes.
const (
	ticksMax  = 16
	powersMax = 10
)

// powers returns the ticks of an axis of counts between two levels. They are powers of
// ten; if there are many, only every second or third and so on; if there are few, also
// some of their multiples.
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

// count writes a number with three digits and a unit.
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

// sizes returns the ticks of an axis of sizes: the sizes of the lines, or, if there are
// many, some of them.
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
