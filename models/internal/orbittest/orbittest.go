// Package orbittest compares what is found in one state of each orbit with what is found in
// all states, for the tests of models that declare a symmetry.
package orbittest

import (
	"testing"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explore/mctest"
	"github.com/muster-mc/muster/model"
)

// Holds fails the test unless the model holds, in all states and in one state of each
// orbit, and both searches agree: in the depth, in the length of the shortest run to each
// witness, and in the number of states, which is the sum of the orbits' sizes if the
// initial states are symmetric. There must be this many orbits; without interchangeable
// values there are as many as states. Holds returns the report on all states.
func Holds[S any](t testing.TB, m *model.Model[S], o explore.Options, orbits uint64) *explore.Report {
	t.Helper()
	o.Symmetry = explore.SymmetryOff
	all := mctest.Holds(t, m, o)
	o.Symmetry = explore.SymmetryAuto
	reduced := mctest.Holds(t, m, o)

	if got := reduced.Counts.Distinct; got != orbits {
		t.Errorf("%s has %d orbits, want %d", m.Name, got, orbits)
	}
	if got, want := reduced.Counts.Depth, all.Counts.Depth; got != want {
		t.Errorf("%s: the orbits have %d levels, and the states %d", m.Name, got, want)
	}
	for i, p := range all.Properties {
		if got, want := lengthOf(reduced.Properties[i]), lengthOf(p); got != want {
			t.Errorf("%s: %s has a run of %d states among orbits, and of %d among states", m.Name, p.Name, got, want)
		}
	}
	sum := reduced.Counts.Distinct
	if y := reduced.Symmetry; y != nil {
		if y.NotReduced != "" || y.AsymmetricStart {
			t.Errorf("%s: not reduced: %q; asymmetric start: %v", m.Name, y.NotReduced, y.AsymmetricStart)
		}
		sum = y.States
	}
	if sum != all.Counts.Distinct {
		t.Errorf("%s: the orbits stand for %d states, and there are %d", m.Name, sum, all.Counts.Distinct)
	}
	return all
}

func lengthOf(p explore.PropertyReport) int {
	if p.Trace == nil {
		return 0
	}
	return p.Trace.Length
}

// Bugs fails the test unless each bug and each fix of the entry does what the entry says,
// in all states and in one state of each orbit.
func Bugs(t testing.TB, e catalog.Entry) {
	t.Helper()
	for _, trial := range e.Trials() {
		for _, mode := range []explore.SymmetryMode{explore.SymmetryOff, explore.SymmetryAuto} {
			outcome, err := trial.Run(t.Context(), explore.Options{Symmetry: mode})
			if err != nil {
				t.Errorf("%s, symmetry %s: %v", trial.Name(), mode, err)
				continue
			}
			if problem := outcome.Problem(); problem != "" {
				t.Errorf("%s, symmetry %s: %s", trial.Name(), mode, problem)
			}
		}
	}
}
