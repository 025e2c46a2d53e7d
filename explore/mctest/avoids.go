package mctest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/internal/gotest"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

// Avoids fails the test if the run of these steps violates the property, in any of
// its states or steps. Steps are written as a trace shows them, Init first:
//
//	mctest.Avoids(t, counter, "NothingIsLost", "Init", "Read(worker=0)", "Write(worker=0)")
//
// Deadlock and Panic can be named like properties. If several steps are written alike,
// each of them is taken: the test fails if any such run violates the property. A run that is not possible, or
// not any more, violates nothing: the test passes and says so in its log. With
// MUSTER_KEEP=1 in the environment [Holds] writes such tests.
func Avoids[S any](t testing.TB, m *model.Model[S], property string, steps ...string) {
	t.Helper()
	site := gotest.Caller()
	if there := claims(m); !slices.Contains(there, property) {
		t.Fatalf("%s has no property %s; there are %s", m.Name, property, strings.Join(there, ", "))
	}
	f := follower[S]{t: t, model: m, property: property}
	// No step was taken yet, so the first label is that of a step to an initial state.
	runs := []run[S]{f.again(nil)}
	for i, step := range steps {
		if runs = f.take(runs, step); f.broken != nil {
			fatal(t, site, m.Name+" violates what it should avoid\n\n"+finding(*f.broken))
			return
		}
		switch {
		case len(runs) == 0:
			t.Logf("the run is not possible: step %d, %s", i+1, step)
			return
		case len(runs) > runsMax:
			fatal(t, site, fmt.Sprintf("step %d, %s: more than %d runs are written alike: have the arguments print what tells them apart\n", i+1, step, runsMax))
			return
		}
	}
}

// runsMax is the number of runs that may be written alike. Each further step may multiply
// the runs, and each run is taken from its beginning.
const runsMax = 1000

// follower follows all runs whose steps are written alike: a test must not pass because
// it took another run than the one that was kept.
type follower[S any] struct {
	t        testing.TB
	model    *model.Model[S]
	property string
	broken   *explore.PropertyReport // by one of the runs
}

// run is a run, and which of the possible steps it took each time.
type run[S any] struct {
	walk  *explore.Walk[S]
	taken []int
}

// again makes a run by the steps that it takes. A walk cannot be copied, so a run that
// splits is walked from its beginning. The time is in proportion to the square of its
// length, and runs that are worth keeping are short.
func (f *follower[S]) again(taken []int) run[S] {
	w, err := explore.Replay(f.t.Context(), f.model, nil)
	if err != nil {
		f.t.Fatal(unchecked(err))
	}
	for _, i := range taken {
		w.Next()
		w.Take(i)
	}
	return run[S]{w, taken}
}

// take makes of each run those that go on with a step of this label. Of runs that come to
// one state it keeps the first. What follows depends on the state alone, so one run for
// each state will do. A run is judged before it is compared: the step that led to the
// state may break the property and not the state.
func (f *follower[S]) take(runs []run[S], label string) []run[S] {
	var further []run[S]
	for _, r := range runs {
		for i, s := range r.walk.Next() {
			if !s.IsLabelled(label) {
				continue
			}
			next := f.again(append(slices.Clone(r.taken), i))
			if f.breaks(next.walk) {
				return nil
			}
			same := func(o run[S]) bool { return stateOf(o).Equal(stateOf(next)) }
			if !slices.ContainsFunc(further, same) {
				further = append(further, next)
			}
		}
	}
	return further
}

// breaks reports whether the last step of a run, or the state it leads to, violates the
// property.
func (f *follower[S]) breaks(w *explore.Walk[S]) bool {
	for _, p := range w.Findings() {
		if p.Name == f.property && p.Verdict == explore.Violated {
			p.Trace = w.Trace()
			f.broken = &p
			return true
		}
	}
	return false
}

// stateOf is the state that a run has come to.
func stateOf[S any](r run[S]) trace.Value {
	steps := r.walk.Trace().Steps
	return steps[len(steps)-1].State
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
