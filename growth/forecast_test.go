package growth

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// sequence returns samples at 1, 2, 3 and so on.
func sequence(f func(x float64) float64, n int) []sample {
	var list []sample
	for i := range n {
		x := float64(i + 1)
		list = append(list, sample{[]float64{x}, f(x)})
	}
	return list
}

// If the samples follow one of the laws, that law is found and its forecasts are exact.
func TestLawIsFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := rapid.Float64Range(1, 100).Draw(t, "a")
		b := rapid.Float64Range(0.2, 3).Draw(t, "b")
		f := rapid.SampledFrom([]func(float64) float64{
			func(x float64) float64 { return a * math.Exp(b*x) },
			func(x float64) float64 { return a * math.Pow(x, b) },
			func(x float64) float64 { return a * math.Exp(b*x) * math.Pow(x, 3-b) },
			func(x float64) float64 { return a + b*x },
			func(x float64) float64 { return a + b*x + 2*x*x + a*b*x*x*x },
		}).Draw(t, "law")
		n := rapid.IntRange(5, 9).Draw(t, "sizes")
		x := float64(n + 2)
		got, ok := foretell(candidates([]int{0}, sequence(f, n)), []float64{x}, 2)
		if !ok || math.Abs(got.Likely/f(x)-1) > 1e-3 || !got.Holds(f(x)) {
			t.Fatalf("got %+v, %v; want %g", got, ok, f(x))
		}
	})
}

// The error is that of forecasts: a law that fits all samples but makes bad forecasts
// has a large one.
func TestErrorIsThatOfForecasts(t *testing.T) {
	samples := sequence(func(x float64) float64 { return math.Exp(x) }, 5)
	samples[4].count *= 2
	for _, c := range candidates([]int{0}, samples) {
		if c.tests > 0 && math.Abs(c.last) < math.Ln2/2 {
			t.Errorf("%s: the last size is twice what any law could foretell, and its error is %g", c.formula([]string{"x"}), c.last)
		}
		if c.err < 0.2 {
			t.Errorf("%s: its error is %g", c.formula([]string{"x"}), c.err)
		}
	}
}

func TestTooFewSamples(t *testing.T) {
	for n := range 2 {
		if laws := candidates([]int{0}, sequence(math.Exp, n)); len(laws) > 0 {
			t.Errorf("%d samples: got %d laws", n, len(laws))
		}
	}
	laws := candidates([]int{0}, sequence(math.Exp, 2))
	b, ok := foretell(laws, []float64{3}, 1)
	if !ok || laws[0].tests > 0 || b.Most < 4*b.Likely*0.99 || b.Least > b.Likely/4*1.01 {
		t.Errorf("two samples: got %+v, %v; want a bracket that says it is a guess", b, ok)
	}
}

// Laws with the logarithm of a parameter are left out if the parameter is zero.
func TestZeroParameter(t *testing.T) {
	samples := []sample{{[]float64{0}, 1}, {[]float64{1}, 2}, {[]float64{2}, 4}, {[]float64{3}, 8}}
	b, ok := foretell(candidates([]int{0}, samples), []float64{4}, 1)
	if !ok || math.Abs(b.Likely-16) > 1e-6 {
		t.Errorf("got %+v, %v; want 16", b, ok)
	}
}
