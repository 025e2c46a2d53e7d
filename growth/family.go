package growth

import "math"

// family is a form that a law can have: a sum of terms, of the number of states
// or of its logarithm.
type family struct {
	terms []term
	logs  bool
}

// term is a product of features of the parameters; without any it is 1.
type term []feature

// feature is a parameter as a law sees it: as it is, or its logarithm.
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

// families are the forms that are tried for these parameters.
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
