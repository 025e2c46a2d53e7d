package mctest

import (
	"fmt"
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/internal/gotest"
	"github.com/muster-mc/muster/internal/number"
	"github.com/muster-mc/muster/model"
)

// Symmetric fails the test unless the symmetry that the model declares is true in its
// whole reachable space. A failure names the action or property that does not treat all
// values alike, the values, and the run to a state where it does not.
//
// The search checks every state of each orbit with every renaming ([explore.SymmetryProve]):
// that each action leads to the renamed states, and that each property that was asked for,
// Constraint and Terminal say the same. That is a proof, for this size of the model. All
// states are then searched without symmetry, and that must give the same verdicts and
// counterexamples as long; where the initial states are symmetric, also as many states as
// the orbits have together, at the same depth.
//
// A property that one state of each orbit does not decide is not compared, and the log says
// so. Violations are no failures: see [Holds] and [Breaks] for those. The report is that of
// the search of orbits.
func Symmetric[S any](t testing.TB, m *model.Model[S], o explore.Options) *explore.Report {
	t.Helper()
	site := gotest.Caller()
	o.KeepGoing = true // a violation must not end the proof
	o.Symmetry = explore.SymmetryProve
	orbits := check(t, site, m, o)
	switch {
	case orbits.Symmetry == nil:
		fatal(t, site, orbits.Model+" has no two values that are interchangeable: there is nothing to prove\n")
	case !orbits.Symmetry.Proved:
		fatal(t, site, "the symmetry is not proved, for not all orbits were found: "+findings(orbits))
	}
	for _, p := range orbits.Properties {
		if isLeftOut(p) {
			t.Logf("warning: %s: %s is not compared: %s", orbits.Model, p.Name, p.Detail)
		}
	}
	o.Symmetry = explore.SymmetryOff
	all := check(t, site, m, o)
	if all.Reason != "" {
		fatal(t, site, "the symmetry is proved, and not compared with a search of all states: "+findings(all))
	}
	if text := unlikeOrbits(orbits, all); text != "" {
		fatal(t, site, text)
	}
	return orbits
}

// unlikeOrbits says in what a search of all states differs from one of orbits.
func unlikeOrbits(orbits, all *explore.Report) string {
	text := ""
	differ := func(what string, one, other any) {
		text += fmt.Sprintf("  %s: %v on orbits, %v on all states\n", what, one, other)
	}
	if s := orbits.Symmetry; !s.AsymmetricStart {
		if s.States != all.Counts.Distinct {
			differ("states", s.States, all.Counts.Distinct)
		}
		if orbits.Counts.Depth != all.Counts.Depth {
			differ("depth", orbits.Counts.Depth, all.Counts.Depth)
		}
	}
	for i, p := range orbits.Properties {
		if isLeftOut(p) || i >= len(all.Properties) {
			continue
		}
		if q := all.Properties[i]; p.Name != q.Name || p.Verdict != q.Verdict {
			differ(p.Name, p.Verdict, q.Name+" "+string(q.Verdict))
		} else if a, b := extentOf(p, q), extentOf(q, p); a != b {
			differ(p.Name, a, b)
		}
	}
	if len(all.Properties) != len(orbits.Properties) {
		differ("findings", len(orbits.Properties), len(all.Properties))
	}
	if text == "" {
		return ""
	}
	return orbits.Model + " is not the same without its symmetry:\n" + text
}

// isLeftOut reports whether orbits do not decide a property. Proved searches have decided
// all others.
func isLeftOut(p explore.PropertyReport) bool {
	return p.Verdict == explore.Unknown && p.Detail != ""
}

// extentOf is how long the run to a finding is, as far as that is known of both findings to
// be the least: a run with a loop can have a shortest stem and a longer loop.
func extentOf(p, other explore.PropertyReport) string {
	switch {
	case p.Trace == nil:
		return "no run"
	case p.Trace.Loop == 0:
		return number.Count(p.Trace.Length, "state")
	case p.Shortest == "" || other.Shortest == "":
		return "a loop"
	case p.Shortest == explore.ShortestStem || other.Shortest == explore.ShortestStem:
		return fmt.Sprintf("a loop from state %d on", p.Trace.Loop)
	}
	return fmt.Sprintf("a loop from state %d on, %s", p.Trace.Loop, number.Count(p.Trace.Length, "state"))
}
