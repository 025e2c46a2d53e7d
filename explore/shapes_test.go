package explore

import (
	"fmt"
	"slices"
	"testing"

	"github.com/muster-mc/muster/model"
)

// checkFew explores a large model, in two ways that must report the same.
func checkFew[S any](t *testing.T, m *model.Model[S], o Options) *Report {
	t.Helper()
	o.Workers = 1
	one := check(t, m, o)
	o.Workers = 3
	if got, want := textOf(check(t, m, o)), textOf(one); got != want {
		t.Fatalf("three workers report otherwise than one: %s", firstDifference(got, want))
	}
	return one
}

// chain counts from 0 to its last state.
func chain(last int, properties ...model.Property[place]) *model.Model[place] {
	return &model.Model[place]{
		Name: "chain",
		Actions: []model.Action[place]{action("Next", func(s *place, _ *model.Choice) bool {
			if s.N == last {
				return false
			}
			s.N++
			return true
		})},
		Properties: properties,
		Terminal:   func(s *place) bool { return s.N == last },
	}
}

// A graph can be long and thin: a level then costs next to nothing, and the trace
// to its end is as long as the graph.
func TestLongChain(t *testing.T) {
	t.Parallel()
	const last = 100_000
	c := checkFew(t, chain(last, never(-1)), Options{}).Counts
	if c.Distinct != last+1 || c.Generated != last+1 || c.Depth != last+1 || slices.Max(c.Levels) != 1 {
		t.Errorf("got %d distinct, %d generated, %d levels; want %d of each", c.Distinct, c.Generated, c.Depth, last+1)
	}
	end := check(t, chain(last, never(last)), Options{Workers: 1}).Properties[0].Trace
	if end.Length != last+1 {
		t.Fatalf("the trace has %d states, want %d", end.Length, last+1)
	}
	for i, s := range end.Steps {
		if got, want := s.State.String(), fmt.Sprintf("{N:%d}", i); got != want {
			t.Fatalf("state %d of the trace is %s, want %s", i, got, want)
		}
	}
}

// A state can have very many successors.
func TestManySuccessors(t *testing.T) {
	t.Parallel()
	const many = 300_000
	m := &model.Model[place]{
		Name: "fan", AllowDeadlock: true,
		Actions: []model.Action[place]{action("Open", func(s *place, c *model.Choice) bool {
			if s.N != 0 {
				return false
			}
			s.N = 1 + c.Int("to", many)
			return true
		})},
		Properties: []model.Property[place]{never(many - 1)},
	}
	r := checkFew(t, m, Options{})
	want := fmt.Sprintf("initial 1, distinct %d, generated %d, levels [1 %d]", many, many, many-1)
	if got := countsOf(r.Counts); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := verdictsOf(r), fmt.Sprintf("Never%d violated by Init Open(to=%d)", many-1, many-2); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// A model can begin in very many states.
func TestManyInitialStates(t *testing.T) {
	const many = 200_000
	m := graph(edges{many - 1: {many}}, never(many))
	m.Init = func(s *place, c *model.Choice) bool {
		s.N = c.Int("at", many)
		return true
	}
	r := checkFew(t, m, Options{})
	want := fmt.Sprintf("initial %d, distinct %d, generated %d, levels [%d 1]", many, many+1, many+1, many)
	if got := countsOf(r.Counts); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := verdictsOf(r), fmt.Sprintf("Never%d violated by Init(at=%d) Go(to=%d)", many, many-1, many); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// A model can have very many actions; the trace says which it was.
func TestManyActions(t *testing.T) {
	const many = 3_000
	m := graph(nil, never(many-1))
	m.Actions = nil
	for i := range many {
		m.Actions = append(m.Actions, action(fmt.Sprint("To", i), func(s *place, _ *model.Choice) bool {
			if s.N >= i {
				return false
			}
			s.N = i
			return true
		}))
	}
	r := checkFew(t, m, Options{KeepGoing: true, MaxDepth: 2}) // each is tried once
	if r.Counts.Distinct != many || r.Counts.Depth != 2 {
		t.Errorf("got %s, want %d states on two levels", countsOf(r.Counts), many)
	}
	if got, want := verdictsOf(r), "Never2999 violated by Init To2999"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	for i, a := range r.Actions[1:] {
		if a.Attempts != 1 || a.Discovered != 1 {
			t.Errorf("To%d was tried %d times and found %d new states; want 1 and 1", i+1, a.Attempts, a.Discovered)
		}
	}
}

// An action can ask many questions. Every combination of answers is tried, the
// last question's first.
func TestManyQuestions(t *testing.T) {
	t.Parallel()
	ask := func(s *place, c *model.Choice) bool {
		if s.N != 0 {
			return false
		}
		for i := range 12 {
			s.N *= 2
			if c.Bool(fmt.Sprint("q", i)) {
				s.N++
			}
		}
		return true
	}
	r := checkAll(t, &model.Model[place]{
		Name: "quiz", AllowDeadlock: true,
		Actions:    []model.Action[place]{action("Ask", ask)},
		Properties: []model.Property[place]{never(0b101000000001)},
	}, Options{KeepGoing: true})
	if got, want := countsOf(r.Counts), "initial 1, distinct 4096, generated 4097, levels [1 4095]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	want := "Init Ask(q0=true, q1=false, q2=true, q3=false, q4=false, q5=false, " +
		"q6=false, q7=false, q8=false, q9=false, q10=false, q11=true)"
	if got := pathOf(r.Properties[0].Trace); got != want {
		t.Errorf("got the way  %s\nwant %s", got, want)
	}
}

// Whoever chooses from nothing does not take part, whether it is the first thing
// that is asked or the last.
func TestChoicesFromNothing(t *testing.T) {
	nothing := func(s *place, c *model.Choice) bool {
		first := c.Int("first", 3)
		second := c.Int("second", first)
		third := model.Pick(c, "third", []int{10, 20, 30}[second:first])
		s.N = 100*first + third
		return true
	}
	r := checkAll(t, &model.Model[place]{
		Name: "nothing", AllowDeadlock: true,
		Actions: []model.Action[place]{
			action("Never", func(s *place, c *model.Choice) bool { s.N = 1 + c.Int("n", 0); return true }),
			action("Choose", nothing),
		},
		Properties: []model.Property[place]{never(1)},
		Constraint: func(s *place) bool { return s.N == 0 },
	}, Options{})
	// With first=0 nothing is left; first=1 has one way on; first=2 has three.
	if got, want := countsOf(r.Counts), "initial 1, distinct 1, generated 5, levels [1]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	for i, want := range []ActionReport{{"Never", "", 1, 0, 0}, {"Choose", "", 5, 4, 0}} {
		if r.Actions[i] != want {
			t.Errorf("got %+v, want %+v", r.Actions[i], want)
		}
	}
}
