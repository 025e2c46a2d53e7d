package growth

import (
	"fmt"
	"math"
	"strings"
)

// Law is how the number of states depends on the parameters, as far as the
// measured sizes tell.
type Law struct {
	Kind    string `json:"kind"`    // exponential, polynomial, or both
	Formula string `json:"formula"` // such as 1.9 · 5.4^nodes

	// Error is by which part a law of this form was wrong, on average, when it
	// foretold each of the last sizes from those before: 0.1 is ten percent. Tests
	// is how many such forecasts there were; without any the error is a guess.
	Error float64 `json:"error"`
	Tests int     `json:"tests"`

	// Tried is how many laws there were to choose from.
	Tried int `json:"tried"`
}

// lawOf describes the best of the candidates.
func lawOf(laws []candidate, names []string) *Law {
	if len(laws) == 0 {
		return nil
	}
	best := laws[0]
	return &Law{
		Kind: best.kind(), Formula: best.formula(names),
		Error: math.Expm1(best.err), Tests: best.tests, Tried: len(laws),
	}
}

// kind is exponential in at least one parameter, polynomial in all, or constant.
func (l fitted) kind() string {
	plain, log := false, false
	for i, t := range l.terms {
		for _, f := range t {
			if math.Abs(l.coefficients[i]) > 1e-9 {
				plain, log = plain || !f.log, log || f.log
			}
		}
	}
	switch {
	case !plain && !log:
		return "constant"
	case !l.logs || !plain:
		return "polynomial"
	case !log:
		return "exponential"
	}
	return "exponential and polynomial"
}

// formula writes the law so that a person can work with it.
func (l fitted) formula(names []string) string {
	if l.logs {
		return l.product(names)
	}
	var sum []string
	for i, t := range l.terms {
		c := l.coefficients[i]
		switch {
		case math.Abs(c) < 1e-6:
		case len(t) == 0:
			sum = append(sum, short(c))
		default:
			sum = append(sum, short(c)+" · "+names[t[0].parameter]+superscript(len(t)))
		}
	}
	return strings.ReplaceAll(strings.Join(sum, " + "), "+ -", "- ")
}

func superscript(n int) string { return []string{"", "", "²", "³"}[n] }

// product is the exponential of the sum.
func (l fitted) product(names []string) string {
	factors := []string{short(math.Exp(l.coefficients[0]))}
	for i, t := range l.terms[1:] {
		factors = append(factors, factor(l.coefficients[i+1], t, names))
	}
	return strings.Join(factors, " · ")
}

// factor is e to the power of a coefficient and a term of one or two features.
func factor(c float64, t term, names []string) string {
	name := func(f feature) string { return names[f.parameter] }
	last := t[len(t)-1]
	switch {
	case len(t) == 1 && t[0].log:
		return fmt.Sprintf("%s^%s", name(t[0]), short(c))
	case len(t) == 1:
		return fmt.Sprintf("%s^%s", short(math.Exp(c)), name(t[0]))
	case !t[0].log && !last.log:
		return fmt.Sprintf("%s^(%s · %s)", short(math.Exp(c)), name(t[0]), name(last))
	case t[0].log && last.log:
		return fmt.Sprintf("%s^(%s · ln %s)", name(t[0]), short(c), name(last))
	case t[0].log:
		return fmt.Sprintf("%s^(%s · %s)", name(t[0]), short(c), name(last))
	}
	return fmt.Sprintf("%s^(%s · %s)", name(last), short(c), name(t[0]))
}

// short is a number to three digits.
func short(x float64) string {
	if math.Abs(x) >= 1000 {
		return fmt.Sprintf("%.0f", x)
	}
	return fmt.Sprintf("%.3g", x)
}

// Percent is the error in percent.
func (l *Law) Percent() float64 { return 100 * l.Error }
