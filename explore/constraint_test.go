package explore

import (
	"testing"

	"github.com/muster-mc/muster/model"
)

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
