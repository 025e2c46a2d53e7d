package growth

import "math"

// sample is a count at a point.
type sample struct {
	at    []float64
	count float64
}

// fitted is a family with its coefficients.
type fitted struct {
	family
	coefficients []float64
}

// weightRatio is the ratio of the weights of successive samples. Small sizes are often
// special, and forecasts extrapolate from the large ones.
const weightRatio = 2

// fit returns the law of this form with the least squares of relative errors. It
// reports false if the samples do not determine the coefficients.
func (f family) fit(samples []sample) (fitted, bool) {
	if len(samples) < len(f.terms) {
		return fitted{}, false
	}
	equations, ok := f.equations(samples)
	if !ok {
		return fitted{}, false
	}
	coefficients, ok := leastSquares(equations)
	return fitted{f, coefficients}, ok
}

// equations returns a row for each sample: the values of the terms, followed by the sum
// that they should have. It reports false if a term is not finite, as the logarithm of a
// parameter that is zero.
func (f family) equations(samples []sample) (rows [][]float64, ok bool) {
	weight := 1.0
	for _, s := range samples {
		scale := weight // the weight of an error of the logarithm
		want := math.Log(s.count)
		if !f.logs {
			scale, want = weight/s.count, s.count
		}
		var row []float64
		for _, t := range f.terms {
			x := scale * t.at(s.at)
			if !isFinite(x) {
				return nil, false
			}
			row = append(row, x)
		}
		rows = append(rows, append(row, scale*want))
		weight *= math.Sqrt(weightRatio)
	}
	return rows, true
}

func isFinite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }

// at evaluates the law. It reports false if the result is not a number of states.
func (l fitted) at(x []float64) (float64, bool) {
	sum := 0.0
	for i, t := range l.terms {
		sum += l.coefficients[i] * t.at(x)
	}
	if l.logs {
		sum = math.Exp(sum)
	}
	return sum, sum >= 1 && isFinite(sum)
}
