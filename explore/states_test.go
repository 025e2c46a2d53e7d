package explore

import (
	"testing"

	"github.com/muster-mc/muster/model"
)

// agreeOn fails the test unless all ways to run a model agree with the slow
// search. It returns the report.
func agreeOn[S any](t *testing.T, m *model.Model[S], o Options) *Report {
	t.Helper()
	r := checkAll(t, m, o)
	if got, want := strip(r), strip(checkTwin(m, o)); got != want {
		t.Fatalf("it differs from its twin: %s", firstDifference(got, want))
	}
	return r
}

// action is an action by the shortest way to write it.
func action[S any](name string, do func(s *S, c *model.Choice) bool) model.Action[S] {
	return model.Action[S]{Name: name, Do: do}
}

// everything has all that a state can have.
type everything struct {
	Flag    bool
	Counter int16
	Name    string
	Row     [2]uint8
	Log     []uint8
	Index   map[uint8][]uint8
	Leader  *member
	Sent    model.Bag[letter]
	Seen    model.Set[uint8]
	memo    []uint8
	scratch int `muster:"-"`
}

type member struct{ Votes []uint8 }

type letter struct{ From, To uint8 }

// postOffice is a model on all that a state can have.
func postOffice() *model.Model[everything] {
	return &model.Model[everything]{
		Name: "post office", AllowDeadlock: true,
		Init: func(s *everything, c *model.Choice) bool {
			s.Name = model.Pick(c, "name", []string{"", "a", "ab"})
			s.Flag = c.Bool("flag")
			return s.Name != "a" || s.Flag
		},
		Actions: []model.Action[everything]{
			action("Send", func(s *everything, c *model.Choice) bool {
				if s.Sent.Len() == 2 {
					return false
				}
				s.Sent.Add(letter{uint8(c.Int("from", 2)), uint8(c.Int("to", 2))})
				return true
			}),
			action("Receive", func(s *everything, c *model.Choice) bool {
				m := model.Pick(c, "letter", s.Sent.Items())
				s.Sent.Remove(m)
				s.Seen.Add(m.From)
				s.Row[m.To%2] = m.From
				s.scratch++ // nobody sees this
				return true
			}),
			action("File", func(s *everything, c *model.Choice) bool {
				k := uint8(c.Int("key", 2))
				if len(s.Index[k]) == 1 || s.Seen.Len() == 0 {
					return false
				}
				s.Index[k] = append(s.Index[k], s.Row[0])
				return true
			}),
			action("Clear", func(s *everything, c *model.Choice) bool {
				if s.scratch != 0 || len(s.Index) < 2 {
					return false
				}
				delete(s.Index, uint8(c.Int("key", 2)))
				s.Name = s.Name[:len(s.Name)/2]
				return true
			}),
			action("Elect", func(s *everything, c *model.Choice) bool {
				if s.Leader != nil {
					return false
				}
				s.Leader = &member{Votes: s.Seen.Items()}
				return true
			}),
			action("Resign", func(s *everything, c *model.Choice) bool {
				if s.Leader == nil || len(s.Leader.Votes) == 0 {
					return false
				}
				s.memo = s.Leader.Votes[:1]
				s.Leader.Votes[0] = 1
				s.Leader = nil
				return true
			}),
		},
		Properties: []model.Property[everything]{
			model.Always("FewVotes", func(s *everything) bool { return s.Leader == nil || len(s.Leader.Votes) < 2 }),
			model.AlwaysStep("Filed", func(before, after *everything) bool {
				return len(before.Index) < 2 || len(after.Index) > 1 || after.Leader == nil
			}),
			model.Reachable("Remembered", func(s *everything) bool { return len(s.memo) == 1 && s.Leader != nil && !s.Flag }),
		},
	}
}

// A state with everything in it is explored as the slow search does it.
func TestStatesWithEverything(t *testing.T) {
	t.Parallel()
	r := agreeOn(t, postOffice(), Options{KeepGoing: true, MaxStates: 3_000})
	for _, a := range r.Actions {
		if a.Discovered == 0 {
			t.Errorf("%s led to no new state, which shows nothing", a.Name)
		}
	}
	for _, p := range r.Properties {
		if p.Trace == nil {
			t.Errorf("nothing was found about %s, which shows nothing", p.Name)
		}
	}
}

// lists is a state of two lists that an action may entangle.
type lists struct{ A, B []uint8 }

// Actions may make two fields share memory, keep a part of another field, or
// write where they have nothing to write: nothing of that is seen in any other
// state.
func TestSharedMemoryHurtsNobody(t *testing.T) {
	t.Parallel()
	tooLong := func(s *lists) bool { return len(s.A) > 3 || len(s.B) > 3 }
	for _, c := range []struct {
		name string
		do   func(s *lists, c *model.Choice) bool
	}{
		{"one list for both", func(s *lists, c *model.Choice) bool { s.B = s.A; return true }},
		{"a part of the other", func(s *lists, c *model.Choice) bool {
			s.B = s.A[:c.Int("elements", len(s.A))]
			return true
		}},
		{"an appended part", func(s *lists, c *model.Choice) bool {
			s.B = append(s.A[:len(s.A)/2], 7)
			return true
		}},
		{"swapped", func(s *lists, c *model.Choice) bool { s.A, s.B = s.B, s.A; return true }},
		{"each behind the other", func(s *lists, c *model.Choice) bool {
			s.A, s.B = append(s.B, 1), append(s.A, 2)
			return true
		}},
		{"written behind the end", func(s *lists, c *model.Choice) bool {
			beyond := s.A[len(s.A):cap(s.A)]
			for i := range beyond {
				beyond[i] = 9
			}
			s.B = append(s.B, 3)
			return true
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := &model.Model[lists]{
				Name: "lists", AllowDeadlock: true,
				Actions: []model.Action[lists]{
					action("Share", func(s *lists, choice *model.Choice) bool {
						return c.do(s, choice) && !tooLong(s) || choice.Int("none", 0) > 0
					}),
					action("Append", func(s *lists, c *model.Choice) bool {
						list := model.Pick(c, "to", []*[]uint8{&s.A, &s.B})
						if len(*list) == 3 {
							return false
						}
						*list = append(*list, uint8(c.Int("value", 2)))
						return true
					}),
					action("Write", func(s *lists, c *model.Choice) bool {
						s.A[c.Int("index", len(s.A))] += 2
						return s.A[0] < 5 || c.Int("none", 0) > 0
					}),
				},
				Properties: []model.Property[lists]{model.Always("Short", func(s *lists) bool { return !tooLong(s) })},
			}
			if r := agreeOn(t, m, Options{MaxStates: 1_000}); r.Counts.Distinct < 50 {
				t.Errorf("only %d states, which shows nothing", r.Counts.Distinct)
			}
		})
	}
}

// Nil and empty are one state, wherever they are.
func TestNilAndEmptyAreOneState(t *testing.T) {
	type state struct {
		List  []int
		Table map[int][]int
		Set   model.Set[int]
	}
	m := &model.Model[state]{
		Name: "nothing", AllowDeadlock: true,
		Actions: []model.Action[state]{
			action("MakeNil", func(s *state, c *model.Choice) bool { *s = state{}; return true }),
			action("MakeEmpty", func(s *state, c *model.Choice) bool {
				*s = state{List: []int{}, Table: map[int][]int{}}
				return true
			}),
			action("Empty", func(s *state, c *model.Choice) bool {
				s.List, s.Set = append(s.List, 1)[:0], model.Set[int]{}
				s.Set.Add(1)
				s.Set.Remove(1)
				return true
			}),
			action("HoldNil", func(s *state, c *model.Choice) bool { s.Table[1] = nil; return true }),
			action("HoldEmpty", func(s *state, c *model.Choice) bool { s.Table[1] = []int{}; return true }),
		},
		Properties: []model.Property[state]{model.Always("True", func(*state) bool { return true })},
	}
	// There are two states: with an entry in the table, and without.
	if got, want := countsOf(agreeOn(t, m, Options{}).Counts), "initial 1, distinct 2, generated 11, levels [1 1]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// Elements have no order in a bag, and how many there are of each matters.
func TestBagsAndSets(t *testing.T) {
	type state struct {
		Bag model.Bag[uint8]
		Set model.Set[uint8]
	}
	m := &model.Model[state]{
		Name: "bags", AllowDeadlock: true,
		Actions: []model.Action[state]{
			action("Add", func(s *state, c *model.Choice) bool {
				e := uint8(c.Int("element", 3))
				if s.Bag.Len() == 4 {
					return false
				}
				s.Bag.Add(e)
				s.Set.Add(e)
				return true
			}),
		},
		Properties: []model.Property[state]{model.Always("True", func(*state) bool { return true })},
	}
	// There are (n+1)(n+2)/2 bags of n elements of three kinds.
	want := "initial 1, distinct 35, generated 61, levels [1 3 6 10 15]"
	if got := countsOf(agreeOn(t, m, Options{}).Counts); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// A state can have nothing in it at all.
func TestStatesOfNothing(t *testing.T) {
	m := &model.Model[struct{}]{
		Name:       "void",
		Actions:    []model.Action[struct{}]{action("Stay", func(*struct{}, *model.Choice) bool { return true })},
		Properties: []model.Property[struct{}]{model.Always("True", func(*struct{}) bool { return true })},
	}
	if got, want := countsOf(agreeOn(t, m, Options{}).Counts), "initial 1, distinct 1, generated 2, levels [1]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// A state whose fields are all ignored has the encoding of nothing, and is a state all the same.
func TestStateOfIgnoredFields(t *testing.T) {
	type hidden struct {
		note *int `muster:"-"`
	}
	m := &model.Model[hidden]{
		Name: "hidden", AllowDeadlock: true,
		Actions: []model.Action[hidden]{
			action("Note", func(s *hidden, _ *model.Choice) bool { s.note = new(int); return true }),
		},
	}
	if got, want := countsOf(agreeOn(t, m, Options{}).Counts), "initial 1, distinct 1, generated 2, levels [1]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
