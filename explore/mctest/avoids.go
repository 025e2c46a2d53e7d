package mctest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

// Avoids fails the test if the run of these steps violates the property, in any of
// its states or steps. Steps are written as a trace shows them, Init first:
//
//	mctest.Avoids(t, counter, "NothingIsLost", "Init", "Read(worker=0)", "Write(worker=0)")
//
// Deadlock and Panic can be named like properties. A run that is not possible, or
// not any more, violates nothing: the test passes and says so in its log. With
// MUSTER_KEEP=1 in the environment [Holds] writes such tests.
func Avoids[S any](t testing.TB, m *model.Model[S], property string, steps ...string) {
	t.Helper()
	site := caller()
	if there := claims(m); !slices.Contains(there, property) {
		t.Fatalf("%s has no property %s; there are %s", m.Name, property, strings.Join(there, ", "))
	}
	w, err := explore.Replay(t.Context(), m, nil)
	if err != nil {
		t.Fatal(unchecked(err))
	}
	for i, step := range steps {
		next := w.Next()
		at := slices.IndexFunc(next, func(s trace.Step) bool { return s.Label() == step })
		if at < 0 {
			t.Logf("the run is not possible: step %d, %s", i+1, step)
			return
		}
		w.Take(at)
		for _, p := range w.Findings() {
			if p.Name == property && p.Verdict == explore.Violated {
				p.Trace = w.Trace()
				fatal(t, site, m.Name+" violates what it should avoid\n\n"+finding(p))
			}
		}
	}
}

// claims are what a run can violate.
func claims[S any](m *model.Model[S]) []string {
	var names []string
	for _, p := range m.Properties {
		names = append(names, p.Name)
	}
	return append(names, explore.Deadlock, explore.Panic)
}

// labels are the steps of a run as Avoids takes them, as Go code.
func labels(p explore.PropertyReport) string {
	var b strings.Builder
	for _, s := range p.Trace.Steps {
		fmt.Fprintf(&b, "\t\t%q,\n", s.Label())
	}
	return b.String()
}
