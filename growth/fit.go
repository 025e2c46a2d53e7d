package growth

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

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
	n, k := len(samples), len(f.terms)
	if n < k {
		return fitted{}, false
	}
	a, b := mat.NewDense(n, k, nil), mat.NewVecDense(n, nil)
	weight := 1.0
	for i, s := range samples {
		scale := weight // of an error in the logarithm
		want := math.Log(s.count)
		if !f.logs {
			scale, want = weight/s.count, s.count
		}
		for j, t := range f.terms {
			a.Set(i, j, scale*t.at(s.at))
		}
		b.SetVec(i, scale*want)
		weight *= math.Sqrt(weightRatio)
	}
	var qr mat.QR
	if !isFinite(mat.Sum(a)) { // the logarithm of a parameter that is zero
		return fitted{}, false
	}
	qr.Factorize(a)
	solution := mat.NewVecDense(k, nil)
	if err := qr.SolveVecTo(solution, false, b); err != nil { // singular, or nearly so
		return fitted{}, false
	}
	return fitted{f, solution.RawVector().Data}, true
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
