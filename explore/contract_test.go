package explore

import (
	"fmt"
	"slices"
	"sync/atomic"
	"testing"

	"github.com/muster-mc/muster/model"
)

// shelf is a state that refers to memory.
type shelf struct {
	Books []uint8
	Lent  map[uint8]bool
}

// library is a model on shelves: books are put there, up to three, and lent.
func library(properties ...model.Property[shelf]) *model.Model[shelf] {
	return &model.Model[shelf]{
		Name: "library", AllowDeadlock: true,
		Actions: []model.Action[shelf]{
			{Name: "Put", Do: func(s *shelf, c *model.Choice) bool {
				book := uint8(c.Int("book", 3))
				if len(s.Books) == 3 {
					return false
				}
				s.Books = append(s.Books, book)
				return true
			}},
			{Name: "Lend", Do: func(s *shelf, c *model.Choice) bool {
				book := model.Pick(c, "book", s.Books)
				if s.Lent[book] {
					return false
				}
				s.Lent[book] = true
				return true
			}},
		},
		Properties: append(properties, model.Always("Few", func(s *shelf) bool { return len(s.Books) <= 3 })),
	}
}

// breach is what a model does that it must not do.
type breach[S any] struct {
	name  string
	spoil func(m *model.Model[S])
	want  string // the error
	path  string // the way to the state on which it is seen
}

// wantBreaches checks that each breach is found, the same one in every way to run
// the search.
func wantBreaches[S any](t *testing.T, make func() *model.Model[S], breaches []breach[S]) {
	for _, b := range breaches {
		t.Run(b.name, func(t *testing.T) {
			m := make()
			b.spoil(m)
			err := checkError[*ContractError](t, m, Options{})
			if err.Error() != b.want {
				t.Errorf("got  %s\nwant %s", err, b.want)
			}
			if got := pathOf(err.Trace); got != b.path {
				t.Errorf("got the way %q, want %q", got, b.path)
			}
		})
	}
}

// calls counts calls of a model's code. What depends on it is not deterministic.
type calls struct{ n atomic.Int64 }

func (c *calls) odd() bool { return c.n.Add(1)%2 == 1 }

func TestContractOfFlatStates(t *testing.T) {
	var calls calls
	ways := edges{0: {1, 2}, 1: {0}, 2: {3, 4}, 3: {2}}
	do := func(act func(*place, *model.Choice) bool) func(*model.Model[place]) {
		return func(m *model.Model[place]) {
			m.Actions = append(m.Actions, model.Action[place]{Name: "Act", Do: act})
		}
	}
	spoil := func(s *place) bool {
		if s.N == 2 {
			s.N = 5
		}
		return true
	}
	wantBreaches(t, func() *model.Model[place] { return graph(ways, never(9)) }, []breach[place]{
		{
			"changes and returns false",
			do(func(s *place, c *model.Choice) bool {
				if n := c.Int("n", 3); s.N == 2 && c.Bool("twice") {
					s.N = 2 * n
				}
				return false
			}),
			"graph: action Act(n=0, twice=true) changed the state and then returned false: return false before changing anything",
			"Init Go(to=2)",
		},
		{
			"leaves out an answer with which it is enabled",
			do(func(s *place, c *model.Choice) bool {
				n := model.MemberUnless(c, "n", func() uint8 { return 0b1110 }, func(n int) bool { return n != 1 })
				if m := c.Int("m", 2); s.N != 2 || n+m == 2 || n == 3 && m == 0 {
					return false
				}
				s.N = n
				return true
			}),
			"graph: action Act(n=2, m=1) is enabled with an answer that MemberUnless leaves out: refuses must be false where the action can return true",
			"Init Go(to=2)",
		},
		{
			"changes and returns false with an answer that it leaves out",
			do(func(s *place, c *model.Choice) bool {
				n := model.MemberUnless(c, "n", func() uint8 { return 0b110 }, func(n int) bool { return n == 1 })
				if n == 1 && s.N == 2 {
					s.N = 9
				}
				return false
			}),
			"graph: action Act(n=1) changed the state and then returned false: return false before changing anything",
			"Init Go(to=2)",
		},
		{
			"counts its calls",
			do(func(s *place, _ *model.Choice) bool { s.N = int(calls.n.Add(1)); return true }),
			"graph: action Act gave another state when it was run again on the same state: it must be deterministic; does it range over a map?",
			"Init",
		},
		{
			"is enabled every other time",
			do(func(s *place, c *model.Choice) bool { return c.Int("n", 2) == 1 && s.N == 3 && calls.odd() }),
			"graph: action Act(n=1) was enabled once and disabled once on the same state: it must be deterministic",
			"Init Go(to=2) Go(to=3)",
		},
		{
			"panics every other time",
			do(func(s *place, c *model.Choice) bool { return s.N == 3 && calls.odd() && boom() }),
			"graph: action Act panicked once on the same state, and once not: it must be deterministic",
			"Init Go(to=2) Go(to=3)",
		},
		{
			"offers other answers",
			do(func(s *place, c *model.Choice) bool {
				if calls.odd() {
					return c.Int("n", 2) == 2
				}
				return c.Int("n", 3) == 3
			}),
			"graph: action Act(n=0) asked other questions when it was run again on the same state: it must be deterministic",
			"Init",
		},
		{
			"an invariant writes",
			func(m *model.Model[place]) { m.Properties[0].State = spoil },
			"graph: property Never9 changed the state: it must only read it",
			"Init Go(to=2)",
		},
		{
			"a claim of reachability writes",
			func(m *model.Model[place]) { m.Properties[0] = model.Reachable("Reached", spoil) },
			"graph: property Reached changed the state: it must only read it",
			"Init Go(to=2)",
		},
		{
			"Constraint writes",
			func(m *model.Model[place]) { m.Constraint = spoil },
			"graph: action Go(to=2) led to a state that Constraint changed: it must only read it",
			"Init",
		},
		{
			"Terminal writes",
			func(m *model.Model[place]) { m.AllowDeadlock, m.Terminal = false, spoil },
			"graph: Terminal changed the state: it must only read it",
			"Init Go(to=2)",
		},
		{
			"a property of steps writes to the state before",
			func(m *model.Model[place]) {
				m.Properties[0] = model.AlwaysStep("Step", func(before, _ *place) bool { return spoil(before) })
			},
			"graph: action Go(to=3) took a step that property Step changed: it must only read it",
			"Init Go(to=2)",
		},
		{
			"a property of steps writes to the state after",
			func(m *model.Model[place]) {
				m.Properties[0] = model.AlwaysStep("Step", func(_, after *place) bool { return spoil(after) })
			},
			"graph: action Go(to=2) took a step that property Step changed: it must only read it",
			"Init",
		},
	})
}

func TestContractOfStatesThatRefer(t *testing.T) {
	sorts := func(s *shelf) bool { slices.Sort(s.Books); return true }
	wantBreaches(t, func() *model.Model[shelf] { return library() }, []breach[shelf]{
		{
			"writes to a slice and returns false",
			func(m *model.Model[shelf]) {
				m.Actions[1].Do = func(s *shelf, c *model.Choice) bool {
					s.Books[c.Int("index", len(s.Books))] = 1
					return false
				}
			},
			"library: action Lend(index=0) changed the state and then returned false: return false before changing anything",
			"Init Put(book=0)",
		},
		{
			"writes to a map and returns false",
			func(m *model.Model[shelf]) {
				m.Actions[1].Do = func(s *shelf, c *model.Choice) bool { s.Lent[7] = false; return false }
			},
			"library: action Lend changed the state and then returned false: return false before changing anything",
			"Init",
		},
		{
			"a property sorts",
			func(m *model.Model[shelf]) { m.Properties[0].State = sorts },
			"library: property Few changed the state: it must only read it",
			"Init Put(book=1) Put(book=0)",
		},
		{
			"a property of steps sorts",
			func(m *model.Model[shelf]) {
				m.Properties[0] = model.AlwaysStep("Step", func(_, after *shelf) bool { return sorts(after) })
			},
			"library: action Put(book=0) took a step that property Step changed: it must only read it",
			"Init Put(book=1)",
		},
	})
}

// An action that takes the first entry of a large map takes another one every
// time.
func TestContractOfRangingOverAMap(t *testing.T) {
	table := map[int]bool{}
	for i := range 1_000_000 {
		table[i] = true
	}
	m := graph(edges{0: {1}}, never(-1))
	m.Actions[0] = model.Action[place]{Name: "Any", Do: func(s *place, _ *model.Choice) bool {
		for n := range table {
			s.N = n
			return true
		}
		return false
	}}
	err := checkError[*ContractError](t, m, Options{})
	want := "graph: action Any gave another state when it was run again on the same state: it must be deterministic; does it range over a map?"
	if err.Error() != want {
		t.Errorf("got  %s\nwant %s", err, want)
	}
}

// What is only wrong in later states is found in the same one of them by all, if
// it is wrong in enough of them.
func TestContractOfSamples(t *testing.T) {
	for _, width := range []int{100, 250} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			m := grid(width, avoid(-1, 0))
			m.Actions = append(m.Actions, model.Action[[2]int]{Name: "Slip", Do: func(s *[2]int, _ *model.Choice) bool {
				if s[0]+s[1] > 80 {
					s[1] = 0
				}
				return false
			}})
			err := checkError[*ContractError](t, m, Options{})
			want := "grid: action Slip changed the state and then returned false: return false before changing anything"
			if err.Error() != want || err.Trace.Length < 82 {
				t.Errorf("got  %s, after %d states\nwant %s", err, err.Trace.Length, want)
			}
		})
	}
}

// What Init leaves behind when it rejects a combination is nobody's business.
func TestInitMayChangeWhatItRejects(t *testing.T) {
	m := graph(edges{}, never(9))
	m.Init = func(s *place, c *model.Choice) bool {
		s.N += 1 + c.Int("more", 3)
		return s.N%2 == 1
	}
	if got, want := countsOf(checkAll(t, m, Options{}).Counts), "initial 2, distinct 2, generated 2, levels [2]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// What an action does after a choice from nothing does not matter either.
func TestActionsMayChangeAfterAChoiceFromNothing(t *testing.T) {
	m := library()
	m.Actions = append(m.Actions, model.Action[shelf]{Name: "Spoil", Do: func(s *shelf, c *model.Choice) bool {
		c.Int("shelf", 0)
		s.Books, s.Lent[9] = append(s.Books, 9), true
		return c.Bool("really")
	}})
	r := checkAll(t, m, Options{})
	spoil := r.Actions[2]
	if spoil.Attempts != r.Counts.Distinct || spoil.Enabled != 0 || r.Verdict != Holds {
		t.Errorf("the run %s, with %+v in %d states", r.Verdict, spoil, r.Counts.Distinct)
	}
	if want := textOf(check(t, library(), Options{})); textOf(withoutLast(r)) != want {
		t.Errorf("it made a difference: %s", firstDifference(textOf(withoutLast(r)), want))
	}
}

// withoutLast is a report without its last action.
func withoutLast(r *Report) *Report {
	c := *r
	last := len(c.Actions) - 1
	c.Vacuity.NeverEnabled = without(c.Vacuity.NeverEnabled, c.Actions[last].Name)
	c.Actions = c.Actions[:last]
	return &c
}

func without(names []string, name string) []string {
	return slices.DeleteFunc(slices.Clone(names), func(n string) bool { return n == name })
}
