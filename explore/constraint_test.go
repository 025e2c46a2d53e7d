package explore

import (
	"fmt"
	"testing"

	"github.com/muster-mc/muster/model"
)

// A constraint that is true of every state bounds nothing.
func TestConstraintThatCutsNothing(t *testing.T) {
	m := graph(edges{0: {1}}, never(2))
	m.Constraint = func(s *place) bool { return s.N < 5 }
	r := checkAll(t, m, Options{})
	if r.Counts.Outside != 0 || len(r.Bounds) != 0 {
		t.Errorf("got %d outside, and the bounds %q; want none", r.Counts.Outside, r.Bounds)
	}
}

// A state outside the constraint is generated and its properties are checked,
// those of the step to it too; but it is neither counted nor expanded. Here 3 and
// what comes behind it are outside.
func TestConstraint(t *testing.T) {
	ways := edges{0: {1, 3}, 1: {2, 3}, 2: {3, 3}, 3: {4}, 4: {5}}
	inside := func(s *place) bool { return s.N < 3 }
	for _, c := range []struct {
		name     string
		property model.Property[place]
		run      Verdict
		want     string
		counts   string
	}{
		{
			"generated, not counted", never(9),
			Holds, "Never9 holds",
			"initial 1, distinct 3, generated 7, levels [1 1 1]",
		},
		{
			"checked", never(3),
			Violated, "Never3 violated by Init Go(to=3)",
			"initial 1, distinct 2, generated 3, levels [1 1]",
		},
		{
			"not expanded", never(4),
			Holds, "Never4 holds",
			"initial 1, distinct 3, generated 7, levels [1 1 1]",
		},
		{
			"the step to it is checked", notAlong(2, 3),
			Violated, "Not2To3 violated by Init Go(to=1) Go(to=2) Go(to=3)",
			"initial 1, distinct 3, generated 6, levels [1 1 1]",
		},
		{
			"a step from it is none", notAlong(3, 4),
			Holds, "Not3To4 holds",
			"initial 1, distinct 3, generated 7, levels [1 1 1]",
		},
		{
			"it can be reached", reaches(3),
			Holds, "Reaches3 reached by Init Go(to=3)",
			"initial 1, distinct 3, generated 7, levels [1 1 1]",
		},
		{
			"what is behind it cannot", reaches(4),
			Violated, "Reaches4 unreached",
			"initial 1, distinct 3, generated 7, levels [1 1 1]",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := graph(ways, c.property)
			m.Constraint = inside
			r := checkAll(t, m, Options{})
			if got := verdictsOf(r); got != c.want || r.Verdict != c.run {
				t.Errorf("the run %s: %s\nwant %s: %s", r.Verdict, got, c.run, c.want)
			}
			if got := countsOf(r.Counts); got != c.counts {
				t.Errorf("got %s\nwant %s", got, c.counts)
			}
		})
	}
}

// Initial states can be outside too.
func TestConstraintOfInitialStates(t *testing.T) {
	for _, c := range []struct {
		property model.Property[place]
		want     string
		counts   string
	}{
		{never(9), "Never9 holds", "initial 2, distinct 3, generated 8, levels [2 1]"},
		{never(5), "Never5 violated by Init(at=5)", "initial 1, distinct 1, generated 2, levels [1]"},
		{reaches(6), "Reaches6 unreached", "initial 2, distinct 3, generated 8, levels [2 1]"},
	} {
		m := graph(edges{0: {1}, 1: {2, 0}, 2: {5}, 5: {6}}, c.property)
		m.Init = from(0, 5, 1, 5)
		m.Constraint = func(s *place) bool { return s.N < 5 }
		r := checkAll(t, m, Options{})
		if got := verdictsOf(r); got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
		if got := countsOf(r.Counts); got != c.counts {
			t.Errorf("%s: got %s, want %s", c.property.Name, got, c.counts)
		}
	}
}

// A state all of whose successors are outside is no deadlock: the model goes on
// there, only the search does not.
func TestConstraintMakesNoDeadlock(t *testing.T) {
	m := graph(edges{0: {1}, 1: {2}}, never(9))
	m.AllowDeadlock = false
	m.Constraint = func(s *place) bool { return s.N < 2 }
	if got, want := verdictsOf(checkAll(t, m, Options{})), "Never9 holds, Deadlock holds"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// A model of which nothing is inside has nothing to explore; but what was seen is
// said first.
func TestConstraintOfEverything(t *testing.T) {
	outside := func(p model.Property[place]) *model.Model[place] {
		m := graph(edges{0: {1}}, p)
		m.Constraint = func(*place) bool { return false }
		return m
	}
	err := checkError[*ModelError](t, outside(never(9)), Options{})
	if want := "graph cannot be checked: Constraint is false for every initial state"; err.Error() != want {
		t.Errorf("got the error %q, want %q", err, want)
	}
	r := checkAll(t, outside(never(0)), Options{})
	if got, want := verdictsOf(r), "Never0 violated by Init"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// aloud is a number, and a note that is no part of the state.
type aloud struct {
	X    int
	Note string `muster:"-"`
}

// Every predicate of states is asked about the state, without what an action has left
// in ignored fields. So the order of actions that lead to one state makes no
// difference.
func TestIgnoredFieldsAreZeroForPredicates(t *testing.T) {
	loud := model.Action[aloud]{Name: "Loud", Do: func(s *aloud, _ *model.Choice) bool { s.X++; s.Note = "loud"; return s.X > 0 }}
	quiet := model.Action[aloud]{Name: "Quiet", Do: func(s *aloud, _ *model.Choice) bool { s.X++; return s.X > 0 }}
	silent := func(s *aloud) bool { return s.Note == "" }
	for _, actions := range [][]model.Action[aloud]{{loud, quiet}, {quiet, loud}} {
		m := &model.Model[aloud]{
			Name: "aloud", Actions: actions, Constraint: silent, Terminal: silent,
			Properties: []model.Property[aloud]{
				model.Always("Below3", func(s *aloud) bool { return s.X != 3 }),
				model.Always("Silent", silent),
				model.Eventually("InTheEnd", silent),
			},
		}
		r := checkAll(t, m, Options{})
		if p := propertyOf(t, r, "Below3"); p.Verdict != Violated || p.Trace.Length != 4 {
			t.Errorf("%s first: Below3 is %s", actions[0].Name, p.Verdict)
		}
		if p := propertyOf(t, r, "Silent"); p.Verdict == Violated {
			t.Errorf("%s first: Silent is violated", actions[0].Name)
		}
		m.Constraint = func(s *aloud) bool { return s.X < 3 && silent(s) }
		if r := checkAll(t, m, Options{KeepGoing: true}); r.Counts.Distinct != 3 || propertyOf(t, r, "Below3").Verdict != Violated {
			t.Errorf("%s first: %d states within the constraint", actions[0].Name, r.Counts.Distinct)
		}
		g, err := GraphOf(t.Context(), m, GraphOptions{})
		if err != nil || g.States != 3 {
			t.Errorf("%s first: the graph has %d states, %v", actions[0].Name, g.States, err)
		}
	}
}

// A property of steps sees in the state after the step what the action has left in
// ignored fields. The trace shows it, and a walk finds the violation again.
func TestIgnoredFieldsAreSeenByPropertiesOfSteps(t *testing.T) {
	m := &model.Model[aloud]{
		Name: "aloud", AllowDeadlock: true,
		Actions: []model.Action[aloud]{{Name: "Say", Do: func(s *aloud, c *model.Choice) bool {
			if s.X == 3 {
				return false
			}
			s.X++
			s.Note = model.Pick(c, "how", []string{"quietly", "loudly"})
			return true
		}}},
		Properties: []model.Property[aloud]{model.AlwaysStep("NeverLoud", func(before, after *aloud) bool {
			return before.Note == "" && after.Note != "loudly"
		}).ExplainedStep(func(_, after *aloud) string { return "said " + after.Note })},
	}
	p := propertyOf(t, checkAll(t, m, Options{}), "NeverLoud")
	if p.Verdict != Violated || p.Detail != "said loudly" || p.Trace.Length != 2 {
		t.Fatalf("got %s, %q", p.Verdict, p.Detail)
	}
	if got, want := fmt.Sprint(p.Trace.Steps[1].Changes), `[X: 0 -> 1 Note: "" -> loudly]`; got != want {
		t.Errorf("the step shows %s, want %s", got, want)
	}
	w, err := Replay(t.Context(), m, p.Trace)
	if err != nil {
		t.Fatal(err)
	}
	found := w.Findings()
	if len(found) != 1 || found[0].Detail != "said loudly" {
		t.Errorf("a walk finds %v", found)
	}
	if s := simulated(t, m, SimulateOptions{}); s.Verdict != Violated {
		t.Errorf("random walks: %s", s.Verdict)
	}
}
