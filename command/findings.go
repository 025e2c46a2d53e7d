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
	idle       []string                 // the actions that were never enabled
	only       []string                 // the properties that were asked for
}

func (k *check) findings(r *explore.Report) findings {
	f := findings{violations: catalog.Violations(r), only: k.properties}
	f.shown = slices.Clone(f.violations)
	for _, p := range r.Properties {
		if p.Verdict == explore.Reached && slices.Contains(k.properties, p.Name) {
			f.shown = append(f.shown, p)
		}
	}
	if k.exhausted(r, f.violations) {
		f.idle = neverEnabled(r)
	}
	return f
}

// exhausted: the whole space was explored. A counterexample ends a run unless
// it keeps going; that something is never reached is known only at the end.
func (k *check) exhausted(r *explore.Report, violations []explore.PropertyReport) bool {
	return r.Reason == "" && (k.keepGoing || !slices.ContainsFunc(violations, hasTrace))
}

func hasTrace(p explore.PropertyReport) bool { return p.Trace != nil }

// neverEnabled are the actions that never took place.
func neverEnabled(r *explore.Report) []string {
	var idle []string
	for _, a := range r.Actions {
		if a.Enabled == 0 {
			idle = append(idle, a.Name)
		}
	}
	return idle
}
