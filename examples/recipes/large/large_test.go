package large

import (
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explore/mctest"
)

// A field that nothing reads multiplies the states: here by 125.
func TestLast(t *testing.T) {
	r := mctest.Holds(t, New(Config{Last: true}), explore.Options{})
	mctest.Counts(t, r, explore.Counts{Distinct: 9125})
	r = mctest.Holds(t, New(Config{}), explore.Options{})
	mctest.Counts(t, r, explore.Counts{Distinct: 73})
}

// A count without an end makes a space without an end. A Constraint bounds the space.
func TestCount(t *testing.T) {
	r, err := explore.Check(t.Context(), New(Config{Count: true}), explore.Options{MaxStates: 5000})
	if err != nil || r.Verdict != explore.Incomplete {
		t.Errorf("got %v (%v), want incomplete", r, err)
	}
	r = mctest.Holds(t, New(Config{Count: true, Bound: 10}), explore.Options{})
	mctest.Counts(t, r, explore.Counts{Distinct: 803})
}
