package growth

import (
	"math"
	"slices"
)

// forecast is what the points that were explored to the end foretell of another
// one; false if they are too few.
func (c *Curve) forecast(at []int) (Forecast, bool) {
	for i, n := range at {
		if v := c.values(i); len(v) < 2 && !slices.Contains(v, n) {
			return Forecast{}, false // nothing is known of this parameter yet
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
	f.Bytes = f.States.times(last.BytesPerState(), bytesWrong)
	return f, true
}

// What a state costs changes with their number: a table that grows is less than
// full, a larger one misses the processor's caches. In the catalogue it stays
// within these factors.
const (
	rateWrong  = 2
	bytesWrong = 2
)

func states(m *Measured) uint64    { return m.States }
func generated(m *Measured) uint64 { return m.Generated }

// laws are those of one count, the best first.
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

// values are those of a parameter at which there is a whole run, in order.
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

// stepsTo is how far a point is beyond what was measured, in the parameter in
// which it is farthest: in units of the last step there, and at least one.
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

// largest is the whole run with the most states; there is one wherever there is a
// law.
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
