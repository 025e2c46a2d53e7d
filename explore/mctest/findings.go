package mctest

import (
	"errors"
	"fmt"
	"strings"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/internal/number"
)

// findings says what a run came to: the verdict, and each violation. The seconds and
// bytes of the run are left out, so that a failure reads the same each time.
func findings(r *explore.Report) string {
	s := summary(r) + "\n"
	for _, p := range r.Properties {
		if violated(p) {
			s += "\n" + finding(p)
		}
	}
	return s
}

// unchecked says why there is no verdict. The error names the model. A breach of the
// contract has the steps to the state on which it was seen.
func unchecked(err error) string {
	s := err.Error() + "\n"
	if contract, ok := errors.AsType[*explore.ContractError](err); ok && contract.Trace != nil {
		s += contract.Trace.String()
	}
	return s
}

// summary is the verdict and what it rests on.
func summary(r *explore.Report) string {
	s := r.Model + " is " + string(r.Verdict)
	switch r.Verdict {
	case explore.Holds:
		s = r.Model + " holds"
	case explore.Incomplete:
		s += ", with nothing found so far"
	}
	s += " (" + extent(r) + ")"
	if r.Reason != "" {
		s += ": " + r.Reason
	}
	return s
}

// extent is how much was looked at.
func extent(r *explore.Report) string {
	s := fmt.Sprintf("%s, depth %d", number.Count(r.Counts.Distinct, "state"), r.Counts.Depth)
	if len(r.Bounds) > 0 {
		s += "; bounds: " + strings.Join(r.Bounds, ", ")
	}
	return s
}

// A claim that something is reachable is violated without a trace, since there is no
// state to show.
func violated(p explore.PropertyReport) bool {
	return p.Verdict == explore.Violated || p.Verdict == explore.Unreached
}

// finding is one violation: which, how far away, why, and the way there.
func finding(p explore.PropertyReport) string {
	s := headline(p)
	switch {
	case p.Detail != "":
		s += ": " + strings.TrimRight(p.Detail, "\n")
	case p.Trace != nil:
		s += ":"
	}
	s += "\n"
	if p.Trace != nil {
		s += p.Trace.String()
	}
	return s
}

// A run of no states is that to a panic of Init.
func headline(p explore.PropertyReport) string {
	s := p.Name + " is violated"
	switch {
	case p.Verdict == explore.Unreached:
		s = p.Name + " is violated: no state reaches it"
	case p.Kind == "deadlock", p.Kind == "panic":
		s = p.Name
	}
	switch {
	case p.Trace == nil:
	case p.Trace.Length == 0:
		s += ", before the first state"
	default:
		s += ", in " + number.Count(p.Trace.Length, "state")
	}
	return s
}

// neverEnabled lists the actions that were tried and never took place. An action that was
// never tried says nothing: the search ended before.
func neverEnabled(r *explore.Report) []string {
	var names []string
	for _, a := range r.Actions {
		if a.Attempts > 0 && a.Enabled == 0 {
			names = append(names, a.Name)
		}
	}
	return names
}
