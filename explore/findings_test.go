package explore

import (
	"testing"

	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

// Every kind of finding on graphs that are drawn by hand, with the way to it.
func TestFindings(t *testing.T) {
	initially := func(m *model.Model[place], starts ...int) *model.Model[place] {
		m.Init = from(starts...)
		return m
	}
	deadlocking := func(m *model.Model[place], terminal ...int) *model.Model[place] {
		m.AllowDeadlock = false
		if len(terminal) > 0 {
			m.Terminal = func(s *place) bool { return s.N == terminal[0] }
		}
		return m
	}
	for _, c := range []struct {
		name    string
		model   *model.Model[place]
		options Options
		run     Verdict
		want    string
	}{
		{
			"an invariant holds",
			graph(edges{0: {1}}, never(2)), Options{},
			Holds, "Never2 holds",
		},
		{
			"an invariant breaks, by the shortest way",
			graph(edges{0: {1, 2}, 1: {3}, 2: {4}, 3: {4}}, never(4)), Options{},
			Violated, "Never4 violated by Init Go(to=2) Go(to=4)",
		},
		{
			"of two shortest ways, the first",
			graph(edges{0: {2, 1}, 1: {3}, 2: {3}}, never(3)), Options{},
			Violated, "Never3 violated by Init Go(to=2) Go(to=3)",
		},
		{
			"an invariant breaks in an initial state",
			initially(graph(nil, never(7)), 5, 7, 9), Options{},
			Violated, "Never7 violated by Init(at=7)",
		},
		{
			"in the state that is zero",
			graph(nil, never(0)), Options{},
			Violated, "Never0 violated by Init",
		},
		{
			"a step breaks",
			graph(edges{0: {1, 2}, 1: {2}, 2: {1}}, notAlong(2, 1)), Options{},
			Violated, "Not2To1 violated by Init Go(to=2) Go(to=1)",
		},
		{
			"a step between known states",
			graph(edges{0: {1}, 1: {0}}, notAlong(1, 0)), Options{},
			Violated, "Not1To0 violated by Init Go(to=1) Go(to=0)",
		},
		{
			"a step that changes nothing",
			graph(edges{0: {1}, 1: {1}}, notAlong(1, 1)), Options{},
			Violated, "Not1To1 violated by Init Go(to=1) Go(to=1)",
		},
		{
			"becoming initial is no step",
			initially(graph(edges{5: {6}}, notAlong(0, 5), notAlong(5, 5)), 5), Options{},
			Holds, "Not0To5 holds, Not5To5 holds",
		},
		{
			"reached, and so no violation",
			graph(edges{0: {1}, 1: {2}}, reaches(1)), Options{},
			Holds, "Reaches1 reached by Init Go(to=1)",
		},
		{
			"reached from the beginning",
			initially(graph(nil, reaches(3)), 2, 3), Options{},
			Holds, "Reaches3 reached by Init(at=3)",
		},
		{
			"not reached",
			graph(edges{0: {1}}, reaches(2)), Options{},
			Violated, "Reaches2 unreached",
		},
		{
			"deadlock",
			deadlocking(graph(edges{0: {1, 2}, 1: {0}}, never(3))), Options{},
			Violated, "Never3 unknown, Deadlock violated by Init Go(to=2)",
		},
		{
			"no deadlock in a state that only leads to itself",
			deadlocking(graph(edges{0: {0}}, never(3))), Options{},
			Holds, "Never3 holds, Deadlock holds",
		},
		{
			"no deadlock in a terminal state",
			deadlocking(graph(edges{0: {1}}, never(3)), 1), Options{},
			Holds, "Never3 holds, Deadlock holds",
		},
		{
			"a terminal state may have successors",
			deadlocking(graph(edges{0: {1}, 1: {0}}, never(3)), 1), Options{},
			Holds, "Never3 holds, Deadlock holds",
		},
		{
			"deadlock in an initial state",
			deadlocking(initially(graph(edges{1: {1}}, never(3)), 1, 2), 1), Options{},
			Violated, "Never3 unknown, Deadlock violated by Init(at=2)",
		},
		{
			"several in one state, and in one step to it",
			graph(edges{0: {1}, 1: {2}}, never(1), notAlong(0, 1), never(2), reaches(1), reaches(2)), Options{},
			Violated, "Never1 violated by Init Go(to=1), Not0To1 violated by Init Go(to=1), Never2 unknown, " +
				"Reaches1 reached by Init Go(to=1), Reaches2 unknown",
		},
		{
			"a later one is not looked for",
			graph(edges{0: {1, 2}}, never(2), never(1)), Options{},
			Violated, "Never2 unknown, Never1 violated by Init Go(to=1)",
		},
		{
			"unless told to keep going",
			deadlocking(graph(edges{0: {1}, 1: {2}}, never(2), never(1), notAlong(1, 2), reaches(3), never(3))), Options{KeepGoing: true},
			Violated, "Never2 violated by Init Go(to=1) Go(to=2), Never1 violated by Init Go(to=1), " +
				"Not1To2 violated by Init Go(to=1) Go(to=2), Reaches3 unreached, Never3 holds, " +
				"Deadlock violated by Init Go(to=1) Go(to=2)",
		},
		{
			"keeping going, the first of each is kept",
			graph(edges{0: {1, 2, 3}, 3: {1}}, model.Always("Zero", func(s *place) bool { return s.N == 0 })), Options{KeepGoing: true},
			Violated, "Zero violated by Init Go(to=1)",
		},
		{
			"only what is asked for",
			deadlocking(graph(edges{0: {1}}, never(1), never(0))), Options{Properties: []string{"Never1"}},
			Violated, "Never1 violated by Init Go(to=1)",
		},
		{
			"only deadlock",
			deadlocking(graph(edges{0: {1}}, never(1), never(0))), Options{Properties: []string{Deadlock}},
			Violated, "Deadlock violated by Init Go(to=1)",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := checkAll(t, c.model, c.options)
			if got := verdictsOf(r); got != c.want || r.Verdict != c.run {
				t.Errorf("the run %s: %s\nwant %s: %s", r.Verdict, got, c.run, c.want)
			}
		})
	}
}

// After a violation, what comes later in breadth-first order is not counted.
func TestCountsEndAtTheViolation(t *testing.T) {
	ways := edges{0: {1, 2, 3}, 1: {4, 5, 1}, 2: {6, 7}, 3: {8}}
	for _, c := range []struct {
		broken model.Property[place]
		want   string
	}{
		{never(0), "initial 1, distinct 1, generated 1, levels [1]"},
		{never(2), "initial 1, distinct 3, generated 3, levels [1 2]"},
		{never(5), "initial 1, distinct 6, generated 6, levels [1 3 2]"},
		{notAlong(1, 1), "initial 1, distinct 6, generated 7, levels [1 3 2]"},
		{never(8), "initial 1, distinct 9, generated 10, levels [1 3 5]"},
	} {
		t.Run(c.broken.Name, func(t *testing.T) {
			r := checkAll(t, graph(ways, c.broken), Options{})
			if got := countsOf(r.Counts); got != c.want {
				t.Errorf("got %s\nwant %s", got, c.want)
			}
		})
	}
}

// Coverage says how often each action was tried, took place, and led to
// something new.
func TestCoverage(t *testing.T) {
	m := graph(edges{0: {1, 2}, 1: {2, 1}, 2: {0}}, never(9))
	m.Actions = append(m.Actions,
		model.Action[place]{Name: "Jump", Do: func(s *place, c *model.Choice) bool {
			if !c.Bool("far") || s.N > 1 {
				return false
			}
			s.N += 5
			return true
		}},
		model.Action[place]{Name: "Fall", Fault: "gravity", Do: func(*place, *model.Choice) bool { return false }},
	)
	// Five states: 0, 1, 2 and 5, 6, where Go has nowhere to go.
	r := checkAll(t, m, Options{})
	want := []ActionReport{
		{"Go", "", 7, 5, 2},
		{"Jump", "", 10, 2, 2},
		{"Fall", "gravity", 5, 0, 0},
	}
	for i, got := range r.Actions {
		if got != want[i] {
			t.Errorf("got %+v, want %+v", got, want[i])
		}
	}
	r = checkAll(t, m, Options{WithoutFaults: []string{"gravity"}})
	if len(r.Actions) != 2 {
		t.Errorf("without its fault, Fall is still covered: %+v", r.Actions)
	}
}

// What is left out, bounds the answer.
func TestBounds(t *testing.T) {
	m := graph(edges{0: {1, 7, 7}}, never(2), never(3))
	m.Constraint = func(s *place) bool { return s.N < 5 }
	m.Actions = append(m.Actions, model.Action[place]{
		Name: "Fall", Fault: "gravity", Do: func(*place, *model.Choice) bool { return false },
	})
	r := checkAll(t, m, Options{Properties: []string{"Never3", "Never2"}, WithoutFaults: []string{"gravity"}})
	want := []string{"the model's constraint, which left out 2 of the 4 generated states", "without faults: gravity", "only properties: Never3, Never2"}
	if len(r.Bounds) != len(want) {
		t.Fatalf("got %q, want %q", r.Bounds, want)
	}
	for i := range want {
		if r.Bounds[i] != want[i] {
			t.Errorf("got %q, want %q", r.Bounds[i], want[i])
		}
	}
	if r := checkAll(t, graph(nil, never(1)), Options{}); r.Bounds == nil || len(r.Bounds) != 0 {
		t.Errorf("got %q, want an empty list", r.Bounds)
	}
}

// A claim of reachability may owe its witness to a fault, so without it, to be
// unreached is no violation.
func TestUnreachedWithoutFaults(t *testing.T) {
	m := graph(edges{0: {0}}, reaches(1))
	m.Actions = append(m.Actions, model.Action[place]{
		Name: "Fall", Fault: "gravity", Do: func(s *place, _ *model.Choice) bool { s.N = 1; return true },
	})
	for _, c := range []struct {
		without []string
		run     Verdict
		want    string
	}{
		{nil, Holds, "Reaches1 reached by Init Fall"},
		{[]string{"gravity"}, Holds, "Reaches1 unreached"},
	} {
		r := checkAll(t, m, Options{WithoutFaults: c.without})
		if got := verdictsOf(r); got != c.want || r.Verdict != c.run {
			t.Errorf("without %q the run %s: %s\nwant %s: %s", c.without, r.Verdict, got, c.run, c.want)
		}
	}
}

// An explanation is asked for at the end of the counterexample.
func TestExplanations(t *testing.T) {
	ways := edges{0: {1, 2}, 2: {3}}
	where := func(s *place) string { return "at " + string(rune('0'+s.N)) }
	between := func(a, b *place) string { return where(a) + ", then " + where(b) }
	for _, c := range []struct {
		name   string
		broken model.Property[place]
		want   string
	}{
		{"of a state", never(3).Explained(where), "at 3"},
		{"of a step", notAlong(2, 3).ExplainedStep(between), "at 2, then at 3"},
		{"of the state after a step", notAlong(2, 3).Explained(where), "at 3"},
		{"of a step rather than a state", notAlong(2, 3).Explained(where).ExplainedStep(between), "at 2, then at 3"},
		{"none", never(3), ""},
		{"none of a witness", reaches(3).Explained(where), ""},
		{"with control characters",
			never(3).Explained(func(*place) string { return "\x1b[2Jgone\r\nand\tmore" }), `\x1b[2Jgone\r` + "\nand\tmore"},
		{"one that panics", never(3).Explained(func(s *place) string { panic("no words") }), "(the property's explanation panicked)"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := checkAll(t, graph(ways, c.broken), Options{})
			if got := r.Properties[0].Detail; got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// shade is an answer whose String method distinguishes only light and dark.
type shade int

func (s shade) String() string {
	if s == 0 {
		return "light"
	}
	return "dark"
}

// Steps whose answers have the same text have distinct labels, and a recorded step,
// also one of an earlier version, is taken by the action that leads to its state.
func TestStepsWithAnswersThatLookAlike(t *testing.T) {
	m := &model.Model[place]{
		Name: "shades",
		Actions: []model.Action[place]{{Name: "Paint", Do: func(s *place, c *model.Choice) bool {
			s.N = int(model.Pick(c, "shade", []shade{0, 1, 2}))
			return true
		}}},
		Properties: []model.Property[place]{never(2)},
	}
	run := propertyOf(t, checkAll(t, m, Options{}), "Never2").Trace
	if got := pathOf(run); got != "Init Paint(shade=dark(2))" {
		t.Fatalf("got %s", got)
	}
	old := trace.ArgumentsOf([]model.Argument{{Name: "shade", Value: shade(2)}})
	for _, arguments := range []trace.Arguments{run.Steps[1].Arguments, old} {
		run.Steps[1].Arguments = arguments
		if w, err := Replay(t.Context(), m, run); err != nil || pathOf(w.Trace()) != "Init Paint(shade=dark(2))" {
			t.Errorf("%s: %v", arguments, err)
		}
	}
}
