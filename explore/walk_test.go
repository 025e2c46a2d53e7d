package explore

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

func begin[S any](t rapid.TB, m *model.Model[S]) *Walk[S] {
	t.Helper()
	w, err := Replay(context.Background(), m, nil)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// On random models, a walk along each trace of a report finds at its end what
// the search found there, in the same words.
func TestAWalkFindsWhatTheSearchFound(t *testing.T) {
	t.Parallel()
	t.Run("flat", func(t *testing.T) { rapid.Check(t, func(t *rapid.T) { findAgain(t, drawRecipe(t).flat()) }) })
	t.Run("rich", func(t *testing.T) { rapid.Check(t, func(t *rapid.T) { findAgain(t, drawRecipe(t).rich()) }) })
}

func findAgain[S any](t *rapid.T, m *model.Model[S]) {
	for i := range m.Properties {
		m.Properties[i] = m.Properties[i].Explained(func(s *S) string { return twinKey(s) })
	}
	report, err := Check(context.Background(), m, Options{KeepGoing: true, MaxStates: 300})
	if err != nil {
		return // no initial state
	}
	for _, p := range report.Properties {
		if p.Trace == nil {
			continue
		}
		w, err := Replay(context.Background(), m, p.Trace)
		if err != nil {
			t.Fatal(err)
		}
		want := PropertyReport{Name: p.Name, Kind: p.Kind, Verdict: p.Verdict, Detail: p.Detail}
		is := func(p PropertyReport) bool { return reflect.DeepEqual(p, want) }
		if found := w.Findings(); !slices.ContainsFunc(found, is) {
			t.Fatalf("at the end of\n%v want %+v; got %+v", p.Trace, want, found)
		}
	}
}

// Wherever a random walk comes, the next steps are those of the slow search, and
// taking one does what it says.
func TestAWalkGoesWhereASearchGoes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := drawRecipe(t)
		r.panicsIn = ""
		m := r.rich()
		w := begin(t, m)
		for range 8 {
			next := w.Next()
			if got, want := labels(next), twinNext(m, w); !slices.Equal(got, want) {
				t.Fatalf("after\n%v got %v; want %v", w.Trace(), got, want)
			}
			if len(next) == 0 {
				return
			}
			take(t, w, next, rapid.IntRange(0, len(next)-1).Draw(t, "step"))
		}
	})
}

func take[S any](t *rapid.T, w *Walk[S], next []trace.Step, i int) {
	if !w.Take(i) {
		t.Fatalf("%s cannot be taken", next[i].Label())
	}
	last := w.Trace().Steps[w.Trace().Length-1]
	if shown(last) != shown(next[i]) {
		t.Fatalf("%s; it was to be %s", shown(last), shown(next[i]))
	}
}

func shown(s trace.Step) string { return fmt.Sprint(s.Label(), s.Changes, s.State) }

func labels(steps []trace.Step) (all []string) {
	for _, s := range steps {
		all = append(all, s.Label())
	}
	return all
}

// twinNext are the next steps by the means of the slow search.
func twinNext[S any](m *model.Model[S], w *Walk[S]) []string {
	from, actions := twinClone(w.walk.State().(*S)), m.Actions
	switch {
	case w.Trace().Length == 0:
		actions = []model.Action[S]{{Name: system.InitName, Do: twinInit(m)}}
	case m.Constraint != nil && !m.Constraint(from):
		return nil
	}
	var all []string
	for _, a := range actions {
		var o model.Odometer
		o.Reset()
		for more := true; more; more = o.Next() {
			if enabled, _ := twinAttempt(a.Do, twinClone(from), &o); enabled {
				arguments := trace.ArgumentsOf(twinArguments(a.Do, twinClone(from), &o))
				all = append(all, trace.Step{Action: a.Name, Arguments: arguments}.Label())
			}
		}
	}
	return all
}

// ladder goes up from 0 to 3 and has something to say on every rung.
func ladder() *model.Model[flatState] {
	return &model.Model[flatState]{
		Name: "ladder",
		Actions: []model.Action[flatState]{{Name: "Up", Do: func(s *flatState, c *model.Choice) bool {
			if s.A == 3 {
				return false
			}
			s.A += 1 + uint8(c.Int("more", 2))
			return true
		}}},
		Properties: []model.Property[flatState]{
			model.Always("Low", func(s *flatState) bool { return s.A < 2 }).
				Explained(func(s *flatState) string { return fmt.Sprint("rung ", s.A) }),
			model.AlwaysStep("RungByRung", func(before, after *flatState) bool { return after.A == before.A+1 }),
			model.Reachable("One", func(s *flatState) bool { return s.A == 1 }),
		},
		Constraint: func(s *flatState) bool { return s.A < 4 },
	}
}

// climb takes these steps after the first state, and shows what is found there.
func climb(t *testing.T, m *model.Model[flatState], steps ...int) string {
	t.Helper()
	w := begin(t, m)
	for i, step := range append([]int{0}, steps...) {
		if !w.Take(step) {
			t.Fatalf("there is no step %d after %d", step, i)
		}
	}
	var found []string
	for _, p := range w.Findings() {
		found = append(found, strings.TrimRight(fmt.Sprintf("%s %s %s", p.Name, p.Verdict, p.Detail), " "))
	}
	return strings.Join(found, ", ")
}

func TestFindingsAreOfTheLastStateAndStep(t *testing.T) {
	const up, twoUp = 0, 1
	for _, c := range []struct {
		steps []int
		want  string
	}{
		{nil, ""},
		{[]int{up}, "One reached"},
		{[]int{twoUp}, "Low violated rung 2, RungByRung violated"},
		{[]int{twoUp, up}, "Low violated rung 3, Deadlock violated"},
		{[]int{twoUp, twoUp}, "Low violated rung 4, RungByRung violated"}, // outside, where nothing is a deadlock
	} {
		if got := climb(t, ladder(), c.steps...); got != c.want {
			t.Errorf("%v: got %s; want %s", c.steps, got, c.want)
		}
	}
}

func TestNothingIsFoundBeforeTheFirstState(t *testing.T) {
	w := begin(t, ladder())
	if w.Trace().Length != 0 || w.Outside() || len(w.Findings()) != 0 || w.Take(1) || w.Take(-1) {
		t.Errorf("%v, %v", w.Trace(), w.Findings())
	}
}

func TestOutsideTheConstraintNothingLeadsOn(t *testing.T) {
	w := begin(t, ladder())
	for _, step := range []int{0, 1, 1} {
		w.Take(step)
	}
	if !w.Outside() || len(w.Next()) != 0 || w.Take(0) {
		t.Errorf("after\n%v outside: %v, next %v", w.Trace(), w.Outside(), labels(w.Next()))
	}
}

func TestTheEndOfAModelIsNoDeadlock(t *testing.T) {
	for name, permit := range map[string]func(*model.Model[flatState]){
		"Terminal":      func(m *model.Model[flatState]) { m.Terminal = func(s *flatState) bool { return s.A == 3 } },
		"AllowDeadlock": func(m *model.Model[flatState]) { m.AllowDeadlock = true },
	} {
		m := ladder()
		permit(m)
		if got := climb(t, m, 1, 0); got != "Low violated rung 3" {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// Whatever panics is named, and the rest is found all the same.
func TestPanicsInAWalk(t *testing.T) {
	trip := func(s *flatState) bool {
		if s.A == 2 {
			panic("by design")
		}
		return true
	}
	jump := func(s *flatState, _ *model.Choice) bool { s.A += 2; return s.A == 2 }
	jumpOn := func(s *flatState, c *model.Choice) bool { c.Int("from", 1); trip(s); return jump(s, c) }
	for want, plant := range map[string]func(*model.Model[flatState]){
		"Up(from=0)":   func(m *model.Model[flatState]) { m.Actions[0].Do = jumpOn },
		"property Low": func(m *model.Model[flatState]) { m.Properties[0].State = trip },
		"Constraint":   func(m *model.Model[flatState]) { m.Constraint = trip },
		"Terminal":     func(m *model.Model[flatState]) { m.Terminal = trip },
	} {
		m := ladder()
		m.Actions[0].Do = jump
		plant(m)
		got := climb(t, m, 0)
		if want += " panicked: by design, at walk_test.go:"; !strings.Contains(got, "RungByRung violated, Panic violated "+want) {
			t.Errorf("want %s; got %s", want, got)
		}
	}
}
