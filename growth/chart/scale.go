package chart

import "math"

// scale is an axis: where on the paper a value is.
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

// level is how high a number of states is drawn: each power of ten is as far from
// the next. There is no such place for less than one state, nor for infinitely
// many.
func level(states float64) float64 {
	return math.Log10(min(max(states, 1), math.MaxFloat64))
}

// sizeScale has room for all sizes of the lines.
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

// countScale has room for all numbers of states, and some above and below.
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
