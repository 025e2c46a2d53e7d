package explore

import (
	"errors"
	"fmt"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"github.com/muster-mc/muster/model"
)

// boom is code that panics on the line after its first.
func boom() bool {
	panic("boom")
}

// boomAt is where it does.
func boomAt() string {
	f := runtime.FuncForPC(reflect.ValueOf(boom).Pointer())
	file, line := f.FileLine(f.Entry())
	return fmt.Sprintf(", at %s:%d", file[strings.LastIndexByte(file, '/')+1:], line+1)
}

// A panic is reported with whose code it was, where, and the way to it.
func TestPanics(t *testing.T) {
	ways := edges{0: {1, 2}, 1: {3}, 2: {3, 0}}
	at := func(n int) func(*place) bool {
		return func(s *place) bool { return s.N != n || boom() }
	}
	not := func(f func(*place) bool) func(*place) bool {
		return func(s *place) bool { return !f(s) }
	}
	for _, c := range []struct {
		name         string
		spoil        func(m *model.Model[place])
		detail, path string
	}{
		{
			"Init",
			func(m *model.Model[place]) {
				m.Init = func(s *place, c *model.Choice) bool {
					s.N = c.Int("at", 9)
					return at(5)(s)
				}
			},
			"Init(at=5) panicked: boom", "",
		},
		{
			"an action",
			func(m *model.Model[place]) {
				m.Actions = append(m.Actions, model.Action[place]{Name: "Stay", Do: func(s *place, c *model.Choice) bool {
					if c.Bool("really") && c.Int("times", 5) == 3 {
						at(2)(s)
					}
					return true
				}})
			},
			"Stay(really=true, times=3) panicked: boom", "Init Go(to=2)",
		},
		{
			"an invariant", // of a state that was met
			func(m *model.Model[place]) { m.Properties[0].State = at(3) },
			"property Never9 panicked: boom", "Init Go(to=1) Go(to=3)",
		},
		{
			"an invariant of an initial state",
			func(m *model.Model[place]) { m.Properties[0].State = at(0) },
			"property Never9 panicked: boom", "Init",
		},
		{
			"an invariant of a state outside the constraint",
			func(m *model.Model[place]) {
				m.Properties[0].State = at(2)
				m.Constraint = func(s *place) bool { return s.N != 2 }
			},
			"property Never9 panicked: boom", "Init Go(to=2)",
		},
		{
			"a claim of reachability",
			func(m *model.Model[place]) { m.Properties[1].State = not(at(2)) },
			"property Reaches1 panicked: boom", "Init Go(to=2)",
		},
		{
			"a property of steps",
			func(m *model.Model[place]) {
				m.Properties[2].Step = func(before, after *place) bool { return after.N != 0 || at(2)(before) }
			},
			"property Not8To9 panicked: boom", "Init Go(to=2) Go(to=0)",
		},
		{
			"Constraint",
			func(m *model.Model[place]) { m.Constraint = at(2) },
			"Constraint panicked: boom", "Init Go(to=2)",
		},
		{
			"Constraint of an initial state",
			func(m *model.Model[place]) { m.Constraint = at(0) },
			"Constraint panicked: boom", "Init",
		},
		{
			"Terminal",
			func(m *model.Model[place]) { m.AllowDeadlock, m.Terminal = false, at(3) },
			"Terminal panicked: boom", "Init Go(to=1) Go(to=3)",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := graph(ways, never(9), reaches(1), notAlong(8, 9))
			c.spoil(m)
			for _, keepGoing := range []bool{false, true} {
				r := checkAll(t, m, Options{KeepGoing: keepGoing})
				p := propertyOf(t, r, Panic)
				if r.Verdict != Violated || p.Verdict != Violated || p.Kind != "panic" {
					t.Errorf("the run %s, %s, a %s, is %s", r.Verdict, p.Name, p.Kind, p.Verdict)
				}
				if want := c.detail + boomAt(); p.Detail != want {
					t.Errorf("got the detail %q, want %q", p.Detail, want)
				}
				if got := pathOf(p.Trace); got != c.path {
					t.Errorf("got the way %q, want %q", got, c.path)
				}
			}
		})
	}
}

// Whatever is panicked with, its text is in the report.
func TestPanicValues(t *testing.T) {
	var nowhere map[int]int
	for _, c := range []struct {
		name  string
		panic func(s *place)
		want  string
	}{
		{"a string", func(*place) { panic("in words") }, "in words"},
		{"an error", func(*place) { panic(errors.New("wrong")) }, "wrong"},
		{"an index", func(s *place) { _ = make([]int, s.N)[s.N] }, "runtime error: index out of range [0] with length 0"},
		{"a division", func(s *place) { s.N = 1 / s.N }, "runtime error: integer divide by zero"},
		{"a nil map", func(*place) { nowhere[1] = 1 }, "assignment to entry in nil map"},
		{"a nil pointer", func(*place) { (*place)(nil).N = 1 }, "runtime error: invalid memory address or nil pointer dereference"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := graph(nil, never(9))
			m.Actions[0].Do = func(s *place, _ *model.Choice) bool { c.panic(s); return true }
			r := checkAll(t, m, Options{})
			got, at, _ := strings.Cut(propertyOf(t, r, Panic).Detail, ", at ")
			if got != "Go panicked: "+c.want || !strings.HasPrefix(at, "panics_test.go:") {
				t.Errorf("got %q at %q, want %q", got, at, c.want)
			}
		})
	}
}

// A worker that has judged nothing yet does not blame a property for the panic of
// an action.
func TestPanicBeforeAnythingIsJudged(t *testing.T) {
	m := graph(edges{}, notAlong(1, 2))
	m.Init = from(0, 1, 2, 3, 4, 5)
	m.Actions[0].Do = func(s *place, c *model.Choice) bool { return s.N == 4 && boom() }
	r := checkAll(t, m, Options{})
	p := propertyOf(t, r, Panic)
	if want := "Go panicked: boom" + boomAt(); p.Detail != want || pathOf(p.Trace) != "Init(at=4)" {
		t.Errorf("got %q by %q, want %q by Init(at=4)", p.Detail, pathOf(p.Trace), want)
	}
}

// What comes before a panic counts, whatever was going on when it came.
func TestWhatComesBeforeAPanicCounts(t *testing.T) {
	m := graph(edges{0: {1, 2, 3, 4, 5}}, never(2),
		model.AlwaysStep("Fragile", func(_, after *place) bool { return after.N != 4 || boom() }))
	r := checkAll(t, m, Options{})
	if got, want := verdictsOf(r), "Never2 violated by Init Go(to=2), Fragile unknown"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	r = checkAll(t, m, Options{KeepGoing: true})
	want := "Never2 violated by Init Go(to=2), Fragile unknown, Panic violated by Init Go(to=4)"
	if got := verdictsOf(r); got != want {
		t.Errorf("keeping going: got %s, want %s", got, want)
	}
	if got, want := countsOf(r.Counts), "initial 1, distinct 4, generated 5, levels [1 3]"; got != want {
		t.Errorf("keeping going: got %s, want %s", got, want)
	}
}

// After a choice from nothing an action counts as disabled, even if it panics.
func TestPanicAfterAChoiceFromNothing(t *testing.T) {
	m := graph(edges{0: {1}}, never(9))
	m.Actions[0].Do = func(s *place, c *model.Choice) bool {
		messages := make([]int, s.N) // none at first
		s.N = 7
		s.N = messages[c.Int("message", len(messages))]
		return true
	}
	m.Init = from(0, 2)
	r := checkAll(t, m, Options{})
	if got, want := countsOf(r.Counts), "initial 2, distinct 2, generated 4, levels [2]"; got != want || r.Verdict != Holds {
		t.Errorf("the run %s: got %s, want %s", r.Verdict, got, want)
	}
}
