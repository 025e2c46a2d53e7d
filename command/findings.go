package command

import (
	"slices"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/explore"
)

// findings are what a person has to be told, beside the counts.
type findings struct {
	violations []explore.PropertyReport
	shown      []explore.PropertyReport // the traces to show: of the violations, and of what was asked for
	vacuity    explore.Vacuity          // what was never put to the test, if the whole space is known
	only       []string                 // the properties that were asked for
}

func (k *check) findings(r *explore.Report) findings {
	f := findings{violations: catalog.Violations(r), only: k.Properties}
	f.shown = slices.Clone(f.violations)
	for _, p := range r.Properties {
		if p.Verdict == explore.Reached && slices.Contains(k.Properties, p.Name) {
			f.shown = append(f.shown, p)
		}
	}
	if r.Vacuity != nil {
		f.vacuity = *r.Vacuity
	}
	return f
}

func hasTrace(p explore.PropertyReport) bool { return p.Trace != nil }
