package growth

import "math"

// sample is one measurement: where, and how many.
type sample struct {
	at    []float64
	count float64
}

// fitted is a family with its coefficients.
type fitted struct {
	family
	coefficients []float64
}

// weightRatio is how much more each sample weighs than the one before it: small
// sizes tend to be special, and it is the large ones that forecasts go on from.
const weightRatio = 2

// fit finds the coefficients with the least squares of the relative errors. It
// fails if the samples do not determine them.
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

// equations has one row for each sample: the terms there, and after them their
// sum according to the sample. It fails if a term is not finite: the logarithm of
// a parameter that is zero.
func (f family) equations(samples []sample) (rows [][]float64, ok bool) {
	weight := 1.0
	for _, s := range samples {
		scale := weight // of an error in the logarithm
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

// at is how many the law says there are; false if it says nothing sensible.
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
