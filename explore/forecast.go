package explore

import (
	"math"
	"slices"
)

// Forecast brackets how many distinct states a search will find, going by the
// sizes of the levels that it has completed.
//
// Levels tend to grow ever less from one to the next, and then to shrink ever
// faster. So the logarithms of their ratios are continued along straight lines,
// fitted to the last few and to the last many levels, as steep as they are and as
// they may just as well be. What those foresee is widened by as much as a forecast
// from half as many states would have been off.
type Forecast struct {
	Found uint64 `json:"found"` // states of the levels that it goes by
	Least uint64 `json:"least"`
	Most  uint64 `json:"most"` // 0 while no end is in sight
}

const (
	// A line through two ratios would fit any two of them, so there must be three. Old
	// levels say little about the next ones, so there is a most.
	fewestRatios = 3
	mostRatios   = 12
	farthest     = 1000 // levels beyond the last that are looked at
)

// forecast goes by these levels, all of which are complete.
func forecast(levels []uint64) Forecast {
	found := total(levels)
	f := Forecast{Found: found, Least: found}
	// The forecast from half of the states is compared with this one, and its distance
	// taken for how far this one may be off.
	now, then := foresee(levels), foresee(levels[:halfOf(levels)])
	if len(now) == 0 || len(then) == 0 {
		return f
	}
	least, likely, most := now[0], now[len(now)/2], now[len(now)-1]
	drift := likely / then[len(then)/2]
	if !(drift > 0 && drift < math.Inf(1)) {
		drift = 1
	}
	if left := least - float64(found); left < math.Inf(1) {
		f.Least += whole(left / max(1, 1/drift) / 2)
	}
	if left := (most - float64(found)) * max(1, drift); left < math.MaxInt64 {
		f.Most = found + whole(left)
	}
	return f
}

// halfOf is how many levels have not more than half of the states.
func halfOf(levels []uint64) int {
	half, all := len(levels), total(levels)
	for before := all; before > all/2; {
		half--
		before -= levels[half]
	}
	return half
}

func whole(x float64) uint64 { return uint64(max(0, min(x, math.MaxInt64))) }

func total(levels []uint64) (sum uint64) {
	for _, n := range levels {
		sum += n
	}
	return sum
}

// foresee is how many states there would be by each of the lines, from few to many. The
// lines go through the logarithms of ratios and not of sizes: a line through sizes would
// foresee that a space grows or shrinks by one factor for ever.
func foresee(levels []uint64) (totals []float64) {
	first := max(0, len(levels)-1-mostRatios)
	var ratios []float64
	for i := first + 1; i < len(levels); i++ {
		ratios = append(ratios, math.Log(float64(levels[i])/float64(levels[i-1])))
	}
	found := float64(total(levels))
	for n := fewestRatios; n <= len(ratios); n++ {
		at, slope, doubt := fitLine(ratios[len(ratios)-n:])
		last := math.Log(float64(levels[len(levels)-1]))
		for _, s := range []float64{slope - doubt, slope, slope + doubt} {
			totals = append(totals, found+proceed(last, at, s))
		}
	}
	slices.Sort(totals)
	return totals
}

// fitLine fits a line by least squares to values at equal distances, and returns
// where it is at the last of them, its slope and the slope's standard error.
func fitLine(y []float64) (at, slope, doubt float64) {
	n := float64(len(y))
	middle, mean := (n-1)/2, 0.0
	for _, v := range y {
		mean += v / n
	}
	spread := 0.0
	for i, v := range y {
		x := float64(i) - middle
		slope += x * v
		spread += x * x
	}
	slope /= spread
	errors := 0.0
	for i, v := range y {
		e := v - mean - slope*(float64(i)-middle)
		errors += e * e
	}
	if n > fewestRatios { // with fewer there is hardly an error to speak of
		doubt = math.Sqrt(errors / (n - 2) / spread)
	}
	return mean + slope*(n-1-middle), slope, doubt
}

// proceed adds up the levels that come after one whose size has this logarithm,
// if the logarithm of the ratio of the next is ratio plus slope, and so on. It is
// infinite if there is no end to them.
func proceed(size, ratio, slope float64) (sum float64) {
	for range farthest {
		ratio += slope
		size += ratio
		// A level of less than one state is none, and the end.
		if size < 0 {
			return sum
		}
		// e^64 is more than any number of states that a search could count, so the sum is
		// as good as infinite.
		if size > 64 {
			break
		}
		sum += math.Exp(size)
	}
	return math.Inf(1)
}

// foreseen is the forecast that could be made from half of the states, now that all
// are known.
func (r *run) foreseen() *Forecast {
	if r.result.Stop != nil {
		return nil
	}
	levels := r.result.Counts.Levels
	f := forecast(levels[:halfOf(levels)])
	if f.Most == 0 && f.Least == f.Found {
		return nil
	}
	return &f
}
