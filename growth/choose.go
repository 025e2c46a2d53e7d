package growth

import (
	"cmp"
	"math"
	"slices"
)

const (
	// testsMax is how many of the last samples a law must have foretold.
	testsMax = 3

	// untested is the error of a law that passes through all samples and has
	// foretold none: a factor of two.
	untested = math.Ln2

	// leastError is the error of a law that has been right every time so far.
	leastError = 0.01
)

// candidate is a law that was fitted to all samples, and how it did on the
// samples before.
type candidate struct {
	fitted
	err   float64 // of the logarithm: the root of the mean square, later ones counting more
	tests int     // forecasts that were compared
	last  float64 // the logarithm of the last forecast over the truth
}

// candidates are the laws that the samples admit, the best first.
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
			cmp.Compare(math.Round(a.err*1e6), math.Round(b.err*1e6)), // exact ones are equal
			cmp.Compare(len(a.terms), len(b.terms)),
		)
	})
	return all
}

// validate fits the law to the samples before each of the last ones, and compares
// what it says of that one. A law that said nonsense once is none.
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

// foretell is what the best law says of a size that is so many steps beyond what
// was measured. Nothing can be said without a law.
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

// isAsGoodAs: the law did nearly as well as the best one.
func (c candidate) isAsGoodAs(best candidate) bool {
	return (c.tests > 0) == (best.tests > 0) && c.err <= 2*best.err+leastError
}
