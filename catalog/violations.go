package catalog

import (
	"cmp"
	"math"
	"slices"

	"github.com/muster-mc/muster/explore"
)

// Violations are the properties that a run found broken, the one with the
// shortest counterexample first: each violated one, and at the end each one that
// was never reached in a space that was exhausted.
func Violations(r *explore.Report) []explore.PropertyReport {
	var broken []explore.PropertyReport
	for _, p := range r.Properties {
		if p.Verdict == explore.Violated || p.Verdict == explore.Unreached {
			broken = append(broken, p)
		}
	}
	slices.SortStableFunc(broken, func(a, b explore.PropertyReport) int {
		return cmp.Compare(length(a), length(b))
	})
	return broken
}

// length is that of the counterexample; none is longer than any.
func length(p explore.PropertyReport) int {
	if p.Trace == nil {
		return math.MaxInt
	}
	return p.Trace.Length
}
