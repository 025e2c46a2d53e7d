package system_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
)

// die is a small state with all that a stepper has to deal with: Note is no part of it.
type die struct {
	Top  int8
	Note int `muster:"-"`
}

func dice() *model.Model[die] {
	return &model.Model[die]{
		Name: "dice",
		Init: func(s *die, c *model.Choice) bool {
			s.Top = int8(c.Int("top", 3))
			return s.Top > 0
		},
		Actions: []model.Action[die]{
			{Name: "Add", Do: func(s *die, c *model.Choice) bool {
				if s.Top > 4 {
					return false
				}
				s.Top += int8(c.Int("n", 3))
				s.Note = 7
				return true
			}},
			{Name: "Void", Do: func(s *die, c *model.Choice) bool {
				s.Top = 99
				c.Int("none", 0)
				return true
			}},
			{Name: "VoidPanic", Do: func(s *die, c *model.Choice) bool {
				panic(model.Pick(c, "none", []string(nil)))
			}},
			{Name: "Panic", Do: func(s *die, c *model.Choice) bool {
				if s.Top == 6 {
					panic("six")
				}
				return false
			}},
		},
		Properties: []model.Property[die]{
			model.Always("Small", func(s *die) bool { return s.Top < 4 }),
			model.Reachable("Four", func(s *die) bool { return s.Top == 4 }),
			model.AlwaysStep("Noted", func(before, after *die) bool { return after.Note != 7 }),
			model.Always("Sound", func(s *die) bool {
				if s.Top == 5 {
					panic("five")
				}
				return true
			}),
		},
		Constraint: func(s *die) bool { return s.Top != 3 },
	}
}

func stepperOf[S any](t *testing.T, m *model.Model[S]) *system.Stepper {
	t.Helper()
	s := systemOf(t, m)
	return system.NewStepper(s, s.Actions)
}

func systemOf[S any](t testing.TB, m *model.Model[S]) *system.System {
	t.Helper()
	s := system.Of(m)
	if s.Refused != nil || s.Problem() != "" {
		t.Fatalf("%v%s", s.Refused, s.Problem())
	}
	return s
}

func top(s system.State) int8 { return s.(*die).Top }

// goTo takes Init and then steps of the first action.
func goTo(t *testing.T, p *system.Stepper, first int, adds ...int) {
	t.Helper()
	p.Begin()
	if !p.Take(0, []int{first}) {
		t.Fatalf("Init refuses %d", first)
	}
	for _, n := range adds {
		if !p.Take(0, []int{n}) {
			t.Fatalf("Add refuses %d at %d", n, top(p.State()))
		}
	}
}

func TestWaysAreInOrder(t *testing.T) {
	p := stepperOf(t, dice())
	ways := func() (list []string) {
		for a, o := range p.Ways() {
			_, enabled, panicked := p.Try(a, o)
			list = append(list, fmt.Sprint(p.Actions()[a].Name, o.Answers(nil), enabled, panicked))
		}
		return list
	}
	p.Begin()
	want := []string{"Init[0] false false", "Init[1] true false", "Init[2] true false"}
	if got := ways(); !slices.Equal(got, want) {
		t.Errorf("before the first state there are %q, want %q", got, want)
	}
	goTo(t, p, 2, 2, 2)
	want = []string{"Add[] false false", "Void[0] false false", "VoidPanic[0] false false", "Panic[] false true"}
	if got := ways(); !slices.Equal(got, want) {
		t.Errorf("at 6 there are %q, want %q", got, want)
	}
	goTo(t, p, 2, 1)
	if got := ways(); got != nil {
		t.Errorf("outside the constraint there are %q", got)
	}
}

func TestSuccessorsAreInOrder(t *testing.T) {
	p := stepperOf(t, dice())
	goTo(t, p, 2)
	var got []string
	p.Successors(func(action int, answers []int, s system.State) bool {
		got = append(got, fmt.Sprint(action, answers, *s.(*die)))
		return len(got) < 2
	})
	if want := []string{"0 [0] {2 0}", "0 [1] {3 0}"}; !slices.Equal(got, want) {
		t.Errorf("the first successors are %q, want %q", got, want)
	}
	if top(p.State()) != 2 {
		t.Errorf("to look at successors led to %d", top(p.State()))
	}
}

func TestTakeRefuses(t *testing.T) {
	for _, c := range []struct {
		name    string
		action  int
		answers []int
	}{
		{"no such action", 4, nil},
		{"an answer too many", 0, []int{1, 0}},
		{"no answer", 0, nil},
		{"an answer that is not offered", 0, []int{3}},
		{"a choice from nothing", 1, []int{0}},
		{"a panic after a choice from nothing", 2, []int{0}},
		{"a disabled action", 3, nil},
	} {
		p := stepperOf(t, dice())
		goTo(t, p, 2)
		if p.Take(c.action, c.answers) || top(p.State()) != 2 {
			t.Errorf("%s: taken, to %d", c.name, top(p.State()))
		}
	}
}

func TestStepsForgetIgnoredFields(t *testing.T) {
	p := stepperOf(t, dice())
	goTo(t, p, 1, 1)
	if s := p.State().(*die); s.Top != 2 || s.Note != 0 {
		t.Errorf("the state is %+v, want 2 and no note", *s)
	}
	if shows, _ := p.Shows(2); !shows {
		t.Error("the property of steps does not see the note")
	}
	other := stepperOf(t, dice())
	if !other.Enter(p.Encoding()) || top(other.State()) != 2 {
		t.Errorf("entered %d, want 2", top(other.State()))
	}
	if shows, _ := other.Shows(0); shows {
		t.Error("2 is not Small")
	}
	if other.Enter(nil) {
		t.Error("entered nothing")
	}
}

func TestShowsAndInside(t *testing.T) {
	p := stepperOf(t, dice())
	p.Begin()
	if shows, _ := p.Shows(0); shows || p.Begun() || p.IsOutside() {
		t.Error("there is something before the first state")
	}
	goTo(t, p, 1)
	if shows, _ := p.Shows(2); shows || !p.Initial() {
		t.Error("a step to an initial state violates a property of steps")
	}
	goTo(t, p, 2, 2)
	for property, want := range []bool{true, true, true, false} {
		if got, _ := p.Shows(property); got != want {
			t.Errorf("property %d shows something at 4: %t", property, got)
		}
	}
	goTo(t, p, 2, 1)
	if inside, _ := p.Inside(); inside {
		t.Error("3 is inside")
	}
}

func TestInspect(t *testing.T) {
	m := dice()
	m.Actions = m.Actions[:1]
	p := stepperOf(t, m)
	goTo(t, p, 2, 2, 2)
	i := p.Inspect(nil)
	if !i.IsDeadlock || i.Panicked != nil || len(i.Shown) != 2 || i.Shown[0].Property != 0 || i.Shown[1].Property != 2 {
		t.Errorf("at 6: %+v", i)
	}
	goTo(t, p, 2, 1, 2)
	i = p.Inspect(nil)
	if i.IsDeadlock || i.Panicked == nil || i.Panicked.In != "property Sound" {
		t.Errorf("at 5: %+v, want the panic of Sound, and no deadlock beside it", i)
	}
	p.System.Terminal = func(s system.State) bool { return top(s) == 6 }
	goTo(t, p, 2, 2, 2)
	if p.Inspect(nil).IsDeadlock {
		t.Error("a terminal state is a deadlock")
	}
}

func TestInspectNamesPanickingActions(t *testing.T) {
	p := stepperOf(t, dice())
	goTo(t, p, 2, 2, 2)
	i := p.Inspect(nil)
	if i.IsDeadlock || i.Panicked == nil {
		t.Fatalf("%+v, want a panic", i)
	}
	if got := i.Panicked.String(); !strings.HasPrefix(got, "Panic panicked: six, at stepper_test.go:") {
		t.Error(got)
	}
}
