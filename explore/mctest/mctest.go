package mctest

import (
	"testing"
	"time"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/internal/gotest"
	"github.com/muster-mc/muster/model"
)

// Holds fails the test unless the model has properties and every one of them holds in
// its whole reachable space. It returns the report, so that a test can look further. With
// MUSTER_KEEP=1 in the environment it writes a test for each run that violates a
// property, beside the test that calls it: see [Avoids].
func Holds[S any](t testing.TB, m *model.Model[S], o explore.Options) *explore.Report {
	t.Helper()
	site := gotest.Caller()
	r := check(t, site, m, o)
	if len(r.Properties) == 0 {
		fatal(t, site, r.Model+" has no properties: nothing could be wrong; explore.Check counts its states\n")
	}
	for _, name := range neverEnabled(r) {
		t.Logf("warning: %s: the action %s was never enabled", r.Model, name)
	}
	if v := r.Vacuity; v != nil {
		for _, name := range v.NeverApplied {
			t.Logf("warning: %s: %s is true of nothing: what it follows on never happened", r.Model, name)
		}
		for _, name := range v.NoFairRun {
			t.Logf("warning: %s: %s is true of every run: no fair run stays inside the constraint", r.Model, name)
		}
		for _, name := range v.NeverRefused {
			t.Logf("warning: %s: the guard %q was never the reason that an action was not enabled", r.Model, name)
		}
	}
	if r.Verdict != explore.Holds {
		keep(t, r, site)
		look(t, site, explore.Of(m), r)
		fatal(t, site, findings(r))
	}
	return r
}

// Breaks fails the test unless the named property is violated, with a shortest
// counterexample of length states, the initial one included; a length of zero
// means any. A property that claims that something is reachable is violated
// when the whole space does not reach it, which has no length. Deadlock and
// Panic can be named like properties.
//
// Without Options.KeepGoing the search ends at the first violation, so that a
// different property which is violated in fewer steps fails the test.
func Breaks[S any](t testing.TB, m *model.Model[S], o explore.Options, property string, length int) *explore.Report {
	t.Helper()
	site := gotest.Caller()
	r := check(t, site, m, o)
	if complaint := unlike(r, property, length); complaint != "" {
		look(t, site, explore.Of(m), r)
		fatal(t, site, complaint)
	}
	return r
}

// Counts fails the test unless the run counted what is wanted. What is zero is
// not compared.
func Counts(t testing.TB, r *explore.Report, want explore.Counts) {
	t.Helper()
	if differences := miscounted(r.Counts, want); differences != "" {
		text := r.Model + " counts otherwise: " + differences
		t.Error(text + gotest.Annotation(t.Name(), gotest.Caller(), text))
	}
}

// The context of the test ends with it, so a run that is left behind ends too.
func check[S any](t testing.TB, site gotest.Site, m *model.Model[S], o explore.Options) *explore.Report {
	t.Helper()
	r, err := explore.Check(t.Context(), m, inTime(t, o))
	if err != nil {
		fatal(t, site, unchecked(err))
	}
	return r
}

// inTime ends the run before go test would, which kills the whole process and
// says nothing about the model. A tenth of the time is left for the rest.
func inTime(t testing.TB, o explore.Options) explore.Options {
	limited, ok := t.(interface{ Deadline() (time.Time, bool) })
	if !ok {
		return o
	}
	end, ok := limited.Deadline()
	if left := time.Until(end) * 9 / 10; ok && (o.Timeout == 0 || left < o.Timeout) {
		o.Timeout = max(left, time.Millisecond) // not zero, which is no limit
	}
	return o
}

// fatal ends a test that failed at this place.
func fatal(t testing.TB, site gotest.Site, text string) {
	t.Helper()
	t.Fatal(text + gotest.Again(t.Name()) + gotest.Annotation(t.Name(), site, text))
}
