package audit_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/muster-mc/muster/audit"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/model"
)

// counter has two workers that increment a shared counter under a lock.
type counter struct {
	Holder  int8 // -1 if no worker has the lock
	Counter int8
	Workers [3]worker // the third one is not there
	Memo    int8      `muster:"-"`
}

type worker struct{ Step, Seen int8 } // Step: 0 to lock, 1 to read, 2 to write, 3 to unlock, 4 done

func counting(properties ...model.Property[counter]) *model.Model[counter] {
	at := func(step int8, do func(s *counter, w *worker, n int8) bool) func(*counter, *model.Choice) bool {
		return func(s *counter, c *model.Choice) bool {
			n := c.Int("worker", 2)
			w := &s.Workers[n]
			if w.Step != step || !do(s, w, int8(n)) {
				return false
			}
			w.Step++
			return true
		}
	}
	done := func(s *counter) bool { return s.Workers[0].Step == 4 && s.Workers[1].Step == 4 }
	return &model.Model[counter]{
		Name: "counter",
		Init: func(s *counter, _ *model.Choice) bool { s.Holder = -1; return true },
		Actions: []model.Action[counter]{
			{Name: "Lock", Do: at(0, func(s *counter, w *worker, n int8) bool {
				if s.Holder >= 0 {
					return false
				}
				s.Holder = n
				return true
			})},
			{Name: "Read", Do: at(1, func(s *counter, w *worker, _ int8) bool { w.Seen = s.Counter; return true })},
			{Name: "Write", Do: at(2, func(s *counter, w *worker, _ int8) bool { s.Counter, w.Seen = w.Seen+1, 0; return true })},
			{Name: "Unlock", Do: at(3, func(s *counter, w *worker, _ int8) bool { s.Holder = -1; return true })},
			{Name: "Rest", Fault: "sleep", Do: func(s *counter, _ *model.Choice) bool { return true }},
		},
		Properties: append([]model.Property[counter]{
			model.Always("NothingIsLost", func(s *counter) bool { return !done(s) || s.Counter == 2 }),
			model.Always("OneHolder", func(s *counter) bool { return s.Workers[0].Step%4 == 0 || s.Workers[1].Step%4 == 0 }),
			model.Reachable("Done", done),
		}, properties...),
		Terminal: done,
	}
}

func run(t *testing.T, m *model.Model[counter], o audit.Options) *audit.Report {
	t.Helper()
	r, err := audit.Run(t.Context(), m, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// outcomes lists the mutants with their outcomes.
func outcomes(r *audit.Report) string {
	var lines []string
	for _, m := range r.Mutants {
		lines = append(lines, strings.TrimRight(fmt.Sprintf("%s: %s %s", m, m.Outcome, strings.Join(m.By, " ")), " "))
	}
	return strings.Join(lines, "\n")
}

// The one survivor is a field that is cleared for no reason.
func TestAudit(t *testing.T) {
	got := outcomes(run(t, counting(), audit.Options{}))
	const want = `
Lock: its update of Holder is lost: killed NothingIsLost OneHolder
Lock: its update of Workers[].Step is lost: killed Done
Lock: it changes nothing, and claims that it did: killed Done
Lock: it may change only some of its fields: killed NothingIsLost OneHolder
Lock: it writes to another worker than it was asked for: killed Done
Lock: it may act on a stale Holder: killed NothingIsLost OneHolder
Read: its update of Workers[].Step is lost: killed Done
Read: its update of Workers[].Seen is lost: killed NothingIsLost
Read: it changes nothing, and claims that it did: killed Done
Read: it may change only some of its fields: killed NothingIsLost
Read: it writes to another worker than it was asked for: killed OneHolder Done
Read: it may act on a stale Workers[].Step: equivalent
Write: its update of Counter is lost: killed NothingIsLost
Write: its update of Workers[].Step is lost: killed Done
Write: its update of Workers[].Seen is lost: survived
Write: it changes nothing, and claims that it did: killed Done
Write: it may change only some of its fields: killed NothingIsLost
Write: it writes to another worker than it was asked for: killed OneHolder Done
Write: it may act on a stale Workers[].Step: killed NothingIsLost
Unlock: its update of Holder is lost: killed Done
Unlock: its update of Workers[].Step is lost: killed OneHolder Done
Unlock: it changes nothing, and claims that it did: killed Done
Unlock: it may change only some of its fields: killed OneHolder
Unlock: it writes to another worker than it was asked for: killed Done
Unlock: it may act on a stale Workers[].Step: equivalent
`
	if got != strings.TrimSpace(want) {
		t.Errorf("got\n%s", got)
	}
}

// A mutant has as many states as a model in which the same mistake was made by hand.
func TestMutantsMatchManualMistakes(t *testing.T) {
	r := run(t, counting(), audit.Options{})
	for name, mistake := range map[string]func(m *model.Model[counter]){
		"Write: its update of Counter is lost": func(m *model.Model[counter]) {
			wrap(m, "Write", func(before, after *counter) { after.Counter = before.Counter })
		},
		"Lock: its update of Holder is lost": func(m *model.Model[counter]) {
			wrap(m, "Lock", func(before, after *counter) { after.Holder = before.Holder })
		},
		"Write: its update of Workers[].Seen is lost": func(m *model.Model[counter]) {
			wrap(m, "Write", func(before, after *counter) {
				for i := range after.Workers {
					after.Workers[i].Seen = before.Workers[i].Seen
				}
			})
		},
		"Unlock: it changes nothing, and claims that it did": func(m *model.Model[counter]) {
			wrap(m, "Unlock", func(before, after *counter) { *after = *before })
		},
		"Unlock: it writes to another worker than it was asked for": func(m *model.Model[counter]) {
			wrap(m, "Unlock", func(before, after *counter) {
				a, b := &before.Workers, after.Workers
				after.Workers = *a
				for i := range 2 {
					if a[i].Step != b[i].Step {
						after.Workers[1-i].Step = b[i].Step
					}
				}
			})
		},
		"Lock: it may change only some of its fields": func(m *model.Model[counter]) {
			may(m, "Lock", 3, func(way int, before, after *counter) {
				switch way {
				case 1:
					after.Workers = before.Workers
				case 2:
					after.Holder = before.Holder
				}
			})
		},
		// Lock asks whether there is a holder when there was none yet.
		"Lock: it may act on a stale Holder": func(m *model.Model[counter]) {
			m.Actions = append(m.Actions, model.Action[counter]{Name: "LockTwo", Do: func(s *counter, c *model.Choice) bool {
				n := c.Int("worker", 2)
				if s.Holder >= 0 || s.Workers[0].Step != 0 || s.Workers[1].Step != 0 {
					return false
				}
				s.Holder, s.Workers[0].Step, s.Workers[1].Step = int8(n), 1, 1
				return true
			}})
		},
	} {
		i := slices.IndexFunc(r.Mutants, func(m audit.Mutant) bool { return m.String() == name })
		if i < 0 {
			t.Errorf("no %s in\n%s", name, outcomes(r))
			continue
		}
		byHand := counting()
		mistake(byHand)
		want, err := explore.Check(t.Context(), byHand, explore.Options{KeepGoing: true})
		if err != nil {
			t.Fatal(err)
		}
		var by []string
		for _, p := range want.Properties {
			if p.Verdict == explore.Violated || p.Verdict == explore.Unreached {
				by = append(by, p.Name)
			}
		}
		if got := r.Mutants[i]; got.States != want.Counts.Distinct || !slices.Equal(got.By, by) {
			t.Errorf("%s: %d states, killed by %v; by hand %d, %v", name, got.States, got.By, want.Counts.Distinct, by)
		}
	}
}

// wrap adds a mistake to an action.
func wrap(m *model.Model[counter], action string, mistake func(before, after *counter)) {
	may(m, action, 1, func(_ int, before, after *counter) { mistake(before, after) })
}

// may adds a mistake with several variants to an action.
func may(m *model.Model[counter], action string, ways int, mistake func(way int, before, after *counter)) {
	i := slices.IndexFunc(m.Actions, func(a model.Action[counter]) bool { return a.Name == action })
	do := m.Actions[i].Do
	m.Actions[i].Do = func(s *counter, c *model.Choice) bool {
		before := *s
		if !do(s, c) {
			return false
		}
		mistake(c.Int("way", ways), &before, s)
		return true
	}
}

func TestEquivalentAndHidden(t *testing.T) {
	// Setting or clearing a bit twice is the same as once.
	type S struct{ A, B bool }
	m := &model.Model[S]{
		Name: "switch",
		Actions: []model.Action[S]{
			{Name: "Set", Do: func(s *S, _ *model.Choice) bool { s.A = true; return true }},
			{Name: "SetAgain", Do: func(s *S, _ *model.Choice) bool { s.A = true; return true }},
			{Name: "Clear", Do: func(s *S, _ *model.Choice) bool { s.A = false; return true }},
			{Name: "Both", Do: func(s *S, _ *model.Choice) bool { s.A, s.B = true, true; return true }},
			{Name: "Undo", Do: func(s *S, _ *model.Choice) bool { s.B = false; return true }},
		},
		Properties: []model.Property[S]{
			model.Always("Anything", func(*S) bool { return true }),
			model.Reachable("B", func(s *S) bool { return s.B }),
		},
	}
	r, err := audit.Run(t.Context(), m, audit.Options{})
	if err != nil {
		t.Fatal(err)
	}
	got := outcomes(&audit.Report{Mutants: r.Mutants})
	for _, want := range []string{
		"Set: its update of A is lost: equivalent",
		"Clear: its update of A is lost: survived",
		"Both: its update of B is lost: killed B",
		"Both: its update of A is lost: hidden",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if idle := r.Idle(); !slices.Equal(idle, []string{"Anything", "Deadlock"}) {
		t.Errorf("idle: %v", idle)
	}
	if u := r.Unguarded(); !slices.Equal(u, []string{"A"}) {
		t.Errorf("unguarded: %v", u)
	}
}

func TestAuditIsTheSameForAnyNumberOfWorkers(t *testing.T) {
	one, many := run(t, counting(), audit.Options{Workers: 1}), run(t, counting(), audit.Options{Workers: 5})
	if !reflect.DeepEqual(one, many) {
		t.Errorf("one worker:\n%s\nfive:\n%s", outcomes(one), outcomes(many))
	}
}

// If the limit cuts the exploration short, no mutant counts as equivalent.
func TestAuditWithinABound(t *testing.T) {
	r := run(t, counting(), audit.Options{MaxStates: 5})
	if r.Whole || r.States != 5 || r.Count(audit.Equivalent)+r.Count(audit.Hidden) > 0 {
		t.Errorf("%d states, whole %v\n%s", r.States, r.Whole, outcomes(r))
	}
}

// Properties that the model itself violates are excluded.
func TestAuditOfAModelThatIsBroken(t *testing.T) {
	never := model.Always("Never", func(s *counter) bool { return s.Counter == 0 })
	r := run(t, counting(never), audit.Options{})
	if !slices.Equal(r.Excluded, []string{"Never"}) || slices.Contains(r.Idle(), "Never") {
		t.Errorf("excluded %v, idle %v", r.Excluded, r.Idle())
	}
	for _, m := range r.Mutants {
		if slices.Contains(m.By, "Never") {
			t.Errorf("%s is killed by what was broken before", m)
		}
	}
}

func TestAuditRefuses(t *testing.T) {
	broken, panicking, nameless := counting(), counting(), counting()
	broken.Properties = broken.Properties[:0]
	broken.Properties = append(broken.Properties, model.Always("Never", func(*counter) bool { return false }))
	broken.AllowDeadlock = true
	panicking.Actions[1].Do = func(*counter, *model.Choice) bool { panic("oh") }
	nameless.Name = ""
	for _, c := range []struct {
		m    *model.Model[counter]
		want string
	}{
		{broken, "counter cannot be audited: it has no property that holds: there is nothing to put on trial"},
		{panicking, "counter cannot be audited: it panics as it is: Read panicked: oh"},
		{nameless, "the model cannot be checked: it has no Name"},
	} {
		if _, err := audit.Run(t.Context(), c.m, audit.Options{}); err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("got %v, want %s", err, c.want)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := audit.Run(ctx, counting(), audit.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// lamps has lamps that go out at any time. Fairness demands that each is lit again.
type lamps struct{ Out [2]bool }

func lampModel(fairBy []string) *model.Model[lamps] {
	return &model.Model[lamps]{
		Name: "lamps",
		Actions: []model.Action[lamps]{
			{Name: "GoOut", Fault: "wind", Do: func(s *lamps, c *model.Choice) bool {
				out := &s.Out[c.Int("lamp", 2)]
				if *out {
					return false
				}
				*out = true
				return true
			}},
			{Name: "Light", Fair: model.WeakEach, FairBy: fairBy, Do: func(s *lamps, c *model.Choice) bool {
				out := &s.Out[c.Int("lamp", 2)]
				c.Bool("quickly")
				if !*out {
					return false
				}
				*out = false
				return true
			}},
		},
		Properties: []model.Property[lamps]{
			model.LeadsToEach("LitAgain", "lamp", 2,
				func(s *lamps, i int) bool { return s.Out[i] },
				func(s *lamps, i int) bool { return !s.Out[i] }),
		},
	}
}

// A mutant has the demands of fairness of the model: an equivalent mutant violates no
// liveness property, and a mutant that loses progress is killed.
func TestMutantsAreAsFair(t *testing.T) {
	const want = `
Light: its update of Out[] is lost: killed LitAgain
Light: it writes to another lamp than it was asked for: killed LitAgain
Light: it may act on a stale Out[]: equivalent`
	for _, by := range [][]string{nil, {"lamp"}} {
		r, err := audit.Run(t.Context(), lampModel(by), audit.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if got := outcomes(r); got != strings.TrimSpace(want) {
			t.Errorf("fair by %q:\n%s", by, got)
		}
	}
}
