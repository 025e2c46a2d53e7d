package growth

import (
	"cmp"
	"math"
	"slices"
)

const (
	// testsMax is the number of samples, from the last one back, that validate a law.
	testsMax = 3

	// untested is the error of a law that needs all samples for its fit, so that
	// none is left to validate it: a factor of two.
	untested = math.Ln2

	// leastError is the smallest error in a bracket, even if all forecasts were exact.
	leastError = 0.01
)

// candidate is a law that was fitted to all samples, with the result of its validation.
type candidate struct {
	fitted
	err   float64 // weighted root mean square error of the logarithm; later forecasts weigh more
	tests int     // the number of forecasts
	last  float64 // the logarithm of the ratio of the last forecast to the truth
}

// candidates returns the laws that fit the samples, the best first.
func candidates(parameters []int, samples []sample) []candidate {
	var all []candidate
	for _, f := range families(parameters) {
		if law, ok := f.fit(samples); ok {
			if c, ok := law.validate(samples); ok {
				all = append(all, c)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b candidate) int {
		return cmp.Or(
			-cmp.Compare(min(a.tests, 1), min(b.tests, 1)),
			cmp.Compare(math.Round(a.err*1e6), math.Round(b.err*1e6)), // rounding makes laws without error equal
			cmp.Compare(len(a.terms), len(b.terms)),
		)
	})
	return all
}

// validate makes forward validation: for each of the last samples, it fits the law to
// the samples before and compares the forecast with the sample. It reports false if a
// forecast is not a number of states.
func (l fitted) validate(samples []sample) (candidate, bool) {
	c := candidate{fitted: l, err: untested}
	sum, weights, weight := 0.0, 0.0, 1.0
	for i := len(samples) - 1; i >= len(l.terms) && c.tests < testsMax; i-- {
		before, ok := l.fit(samples[:i])
		if !ok {
			break
		}
		said, ok := before.at(samples[i].at)
		if !ok {
			return c, false
		}
		e := math.Log(said / samples[i].count)
		if c.tests == 0 {
			c.last = e
		}
		sum, weights, weight = sum+weight*e*e, weights+weight, weight/2
		c.tests++
	}
	if c.tests > 0 {
		c.err = math.Sqrt(sum / weights)
	}
	return c, true
}

// foretell returns the forecast of a size that is the given number of steps beyond the
// measured ones. It reports false if there is no law.
func foretell(laws []candidate, at []float64, steps int) (Bracket, bool) {
	if len(laws) == 0 {
		return Bracket{}, false
	}
	best := laws[0]
	likely, ok := best.at(at)
	if !ok {
		return Bracket{}, false
	}
	b := Bracket{likely, likely, likely}
	for _, l := range laws {
		if said, ok := l.at(at); ok && l.isAsGoodAs(best) {
			b.Least, b.Most = min(b.Least, said), max(b.Most, said)
		}
	}
	wrong := math.Exp(2 * float64(steps) * max(best.err, leastError))
	return Bracket{max(1, b.Least/wrong), likely, b.Most * wrong}, true
}

// isAsGoodAs reports whether the law is nearly as good as the best one.
func (c candidate) isAsGoodAs(best candidate) bool {
	return (c.tests > 0) == (best.tests > 0) && c.err <= 2*best.err+leastError
}

// forecast returns the forecast of a point from the points that were explored to the
// end. It reports false if there are too few of them.
func (c *Curve) forecast(at []int) (Forecast, bool) {
	for i, n := range at {
		if v := c.values(i); len(v) < 2 && !slices.Contains(v, n) {
			return Forecast{}, false // the influence of this parameter is unknown
		}
	}
	steps := c.stepsTo(at)
	counts, ok := foretell(c.laws(states), numbers(at), steps)
	if !ok {
		return Forecast{}, false
	}
	f := Forecast{States: counts}
	if f.Generated, ok = foretell(c.laws(generated), numbers(at), steps); !ok {
		return Forecast{}, false
	}
	last := c.largest()
	f.Seconds = f.Generated.times(last.Seconds/float64(max(1, last.Generated)), rateWrong)
	f.Bytes = f.States.times(last.bytesForEach(), bytesWrong)
	return f, true
}

// The memory and time of a state change with the number of states, since growing
// tables are not full and large ones miss the processor's caches. On the catalogue the
// change stays within these factors.
const (
	rateWrong  = 2
	bytesWrong = 2
)

func states(m *Measured) uint64    { return m.States }
func generated(m *Measured) uint64 { return m.Generated }

// laws returns the laws of a count, the best first.
func (c *Curve) laws(count func(*Measured) uint64) []candidate {
	var samples []sample
	for _, p := range c.Points {
		if p.isWhole() {
			samples = append(samples, sample{numbers(p.At), float64(count(p.Measured))})
		}
	}
	var vary []int
	for i := range c.Sweep {
		if len(c.values(i)) > 1 {
			vary = append(vary, i)
		}
	}
	if len(vary) == 0 {
		return nil
	}
	return candidates(vary, samples)
}

// values returns the values of a parameter at points that were explored to the end, in
// order.
func (c *Curve) values(parameter int) []int {
	var all []int
	for _, p := range c.Points {
		if p.isWhole() {
			all = append(all, p.At[parameter])
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// stepsTo returns the distance of a point from the measured ones, at least 1. It is the
// largest distance in any parameter, in units of the parameter's last step.
func (c *Curve) stepsTo(at []int) int {
	most := 1
	for i, n := range at {
		v := c.values(i)
		if len(v) < 2 {
			continue
		}
		step := v[len(v)-1] - v[len(v)-2]
		most = max(most, int(math.Ceil(float64(n-v[len(v)-1])/float64(step))))
	}
	return most
}

// largest returns the complete run with the most states. If there is a law, there is a
// complete run.
func (c *Curve) largest() *Measured {
	var most *Measured
	for _, p := range c.Points {
		if p.isWhole() && (most == nil || p.Measured.States >= most.States) {
			most = p.Measured
		}
	}
	return most
}

func numbers(at []int) []float64 {
	var x []float64
	for _, n := range at {
		x = append(x, float64(n))
	}
	return x
}
