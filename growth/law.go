package growth

import (
	"fmt"
	"math"
	"strings"
)

// Law is a formula for the number of states, fitted to the measured sizes.
type Law struct {
	Kind    string `json:"kind"`    // exponential, polynomial, or both
	Formula string `json:"formula"` // such as 1.9 · 5.4^nodes

	// Error is the average relative error of the law's forecasts of the last sizes
	// from smaller ones: 0.1 is ten percent. Tests is the number of these forecasts;
	// if it is 0, the error is a guess.
	Error float64 `json:"error"`
	Tests int     `json:"tests"`

	// Tried is the number of laws that were fitted.
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

// kind classifies the law by the terms whose coefficients are not zero.
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

// formula returns the law as a formula for people.
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

// product writes the exponential of the sum as a product.
func (l fitted) product(names []string) string {
	factors := []string{short(math.Exp(l.coefficients[0]))}
	for i, t := range l.terms[1:] {
		factors = append(factors, factor(l.coefficients[i+1], t, names))
	}
	return strings.Join(factors, " · ")
}

// factor writes e to the power of a coefficient times a term of one or two features.
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

// short writes a number with three digits.
func short(x float64) string {
	if math.Abs(x) >= 1000 {
		return fmt.Sprintf("%.0f", x)
	}
	return fmt.Sprintf("%.3g", x)
}

// Percent returns the error in percent.
func (l *Law) Percent() float64 { return 100 * l.Error }

// family is the form of a law: a sum of terms for the number of states, or for its
// logarithm.
type family struct {
	terms []term
	logs  bool
}

// term is a product of features. The empty term is 1.
type term []feature

// feature is a parameter or its logarithm.
type feature struct {
	parameter int
	log       bool
}

func (t term) at(x []float64) float64 {
	product := 1.0
	for _, f := range t {
		v := x[f.parameter]
		if f.log {
			v = math.Log(v)
		}
		product *= v
	}
	return product
}

// degreeMax is the highest degree of a polynomial in one parameter.
const degreeMax = 3

// families returns the forms of laws in the given parameters.
func families(parameters []int) []family {
	if len(parameters) == 1 {
		return familiesOfOne(parameters[0])
	}
	var all []family
	for choice := range 1 << len(parameters) {
		var features []feature
		for i, p := range parameters {
			features = append(features, feature{p, choice>>i&1 == 1})
		}
		alone := family{terms: []term{{}}, logs: true}
		for _, f := range features {
			alone.terms = append(alone.terms, term{f})
		}
		together := family{terms: append([]term{}, alone.terms...), logs: true}
		for i, f := range features {
			for _, g := range features[i+1:] {
				together.terms = append(together.terms, term{f, g})
			}
		}
		all = append(all, alone, together)
	}
	return all
}

func familiesOfOne(p int) []family {
	plain, log := feature{p, false}, feature{p, true}
	all := []family{
		{terms: []term{{}, {plain}}, logs: true},        // exponential
		{terms: []term{{}, {log}}, logs: true},          // a power
		{terms: []term{{}, {plain}, {log}}, logs: true}, // both
	}
	terms := []term{{}}
	for range degreeMax {
		last := terms[len(terms)-1]
		terms = append(terms[:len(terms):len(terms)], append(last[:len(last):len(last)], plain))
		all = append(all, family{terms: terms})
	}
	return all
}
