package explore

import (
	"fmt"
	"strings"
	"testing"

	"github.com/muster-mc/muster/model"
)

// relay is a token that three runners pass to each other, in any order, and a flag.
type relay struct {
	Holder peer
	Marked peers
	Flag   bool
}

// relays is the model of a relay with these fairnesses of Pass, Mark and Raise. Pass leads to
// another state of the same orbit while all runners are marked, or none is.
func relays(fair [3]model.Fairness, progress bool) *model.Model[relay] {
	marked := func(s *relay) bool { return s.Marked>>(s.Holder-1)&1 > 0 }
	return &model.Model[relay]{
		Name: "relay", Progress: progress, AllowDeadlock: true,
		Init: func(s *relay, c *model.Choice) bool { s.Holder = peer(c.Int("holder", 3) + 1); return true },
		Actions: []model.Action[relay]{
			{Name: "Pass", Fair: fair[0], Do: func(s *relay, c *model.Choice) bool {
				to := peer(c.Int("to", 3) + 1)
				if to == s.Holder || s.Flag {
					return false
				}
				s.Holder = to
				return true
			}},
			{Name: "Mark", Fair: fair[1], Do: func(s *relay, _ *model.Choice) bool {
				if marked(s) || s.Flag {
					return false
				}
				s.Marked |= 1 << (s.Holder - 1)
				return true
			}},
			{Name: "Raise", Fair: fair[2], Do: func(s *relay, _ *model.Choice) bool {
				if s.Flag || !marked(s) {
					return false
				}
				s.Flag = true
				return true
			}},
			{Name: "Lower", Do: func(s *relay, _ *model.Choice) bool {
				if !s.Flag {
					return false
				}
				s.Flag = false
				return true
			}},
			{Name: "Wait", Fair: fair[1], Do: func(*relay, *model.Choice) bool { return true }}, // no step
		},
		Properties: []model.Property[relay]{
			model.Always("Held", func(s *relay) bool { return s.Holder > 0 }),
			model.Eventually("AllMarked", func(s *relay) bool { return s.Marked == 7 }),
			model.LeadsTo("MarkLeadsToFlag", func(s *relay) bool { return s.Marked > 0 }, func(s *relay) bool { return s.Flag }),
			model.Recurs("FlagRecurs", func(s *relay) bool { return s.Flag }),
			model.Settles("NoFlag", func(s *relay) bool { return !s.Flag }),
			model.Settles("HolderMarked", marked),
			model.Temporal("PassesEnd", model.Finally(model.Globally(model.Not(model.Happens[relay]("Pass"))))),
			model.Temporal("PassThenMark", model.Globally(model.IfThen(model.Happens[relay]("Pass"),
				model.Finally(model.Or(model.Happens[relay]("Mark"), model.Happens[relay]("Raise")))))),
			model.Temporal("NoTwoPasses", model.Globally(model.IfThen(model.Happens[relay]("Pass"), model.Next(model.Not(model.Happens[relay]("Pass")))))),
		},
		Symmetry: []model.Symmetry{model.Scalars[peer](3).From(1).Bits(peers(0))},
	}
}

// A step to another state of the same orbit is a step, for every fairness of it and of
// others; a step that changes nothing is none.
func TestStepsWithinAnOrbit(t *testing.T) {
	t.Parallel()
	kinds := []model.Fairness{model.Unfair, model.Weak, model.Strong}
	violated, held := 0, 0
	for i := range 54 {
		m := relays([3]model.Fairness{kinds[i%3], kinds[i/3%3], kinds[i/9%3]}, i >= 27)
		off := check(t, m, Options{Symmetry: SymmetryOff, Workers: 2})
		on := check(t, m, Options{Symmetry: SymmetryOn, Workers: 2})
		if off.Counts.Distinct != on.Symmetry.States || on.Counts.Distinct*3 > off.Counts.Distinct {
			t.Fatalf("%d orbits of %d states, and there are %d", on.Counts.Distinct, on.Symmetry.States, off.Counts.Distinct)
		}
		for k, p := range on.Properties {
			n := sameRuns(t, m, p, off.Properties[k])
			violated += n
			held += 1 - n
		}
	}
	if violated < 50 || held < 50 {
		t.Errorf("%d claims violated, %d not: too few of one kind", violated, held)
	}
}

// Orbits lose single values, so they decide nothing about each of them: a search by itself
// takes all states and says why, and one that reduces always leaves those properties open.
func TestOrbitsDoNotDecideOnEach(t *testing.T) {
	marked := func(s *relay, i int) bool { return s.Marked>>i&1 > 0 }
	holds := func(s *relay, i int) bool { return s.Holder == peer(i+1) }
	for _, c := range []struct {
		name    string
		spoil   func(*model.Model[relay])
		unknown string // the properties
		why     string
	}{
		{"WeakEach", func(m *model.Model[relay]) { m.Actions[0].Fair = model.WeakEach },
			"AllMarked MarkLeadsToFlag FlagRecurs NoFlag HolderMarked PassesEnd PassThenMark NoTwoPasses", "the fairness of Pass tells its arguments apart"},
		{"StrongEach", func(m *model.Model[relay]) { m.Actions[0].Fair = model.StrongEach },
			"AllMarked MarkLeadsToFlag FlagRecurs NoFlag HolderMarked PassesEnd PassThenMark NoTwoPasses", "the fairness of Pass tells its arguments apart"},
		{"LeadsToEach", func(m *model.Model[relay]) {
			m.Properties = append(m.Properties, model.LeadsToEach("EachIsMarked", "runner", 3, holds, marked))
		}, "EachIsMarked", "EachIsMarked claims something of each of several values"},
		{"ForAll", func(m *model.Model[relay]) {
			m.Properties = append(m.Properties, model.Temporal("AllAreMarked", model.ForAll("runner", 3, func(i int) model.Formula[relay] {
				return model.Finally(model.Holds(func(s *relay) bool { return marked(s, i) }))
			})))
		}, "AllAreMarked", "AllAreMarked claims something of each of several values"},
		{"ForAll inside", func(m *model.Model[relay]) {
			m.Properties = append(m.Properties, model.Temporal("NotAll", model.Not(model.ForAll("runner", 3, func(i int) model.Formula[relay] {
				return model.Finally(model.Holds(func(s *relay) bool { return marked(s, i) }))
			}))))
		}, "NotAll", "NotAll claims something of each of several values"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := relays([3]model.Fairness{model.Weak, model.Weak, model.Weak}, false)
			c.spoil(m)
			off := check(t, m, Options{Symmetry: SymmetryOff})
			auto := check(t, m, Options{})
			if s := auto.Symmetry; s == nil || s.Orbits != 0 || !strings.Contains(s.NotReduced, c.why) || auto.Counts.Distinct != off.Counts.Distinct || verdictsOf(auto) != verdictsOf(off) {
				t.Errorf("auto: %+v, %s; want all %d states because %s", s, countsOf(auto.Counts), off.Counts.Distinct, c.why)
			}
			safe := check(t, m, Options{Properties: []string{"Held"}, Symmetry: SymmetryAuto})
			if safe.Symmetry.NotReduced != "" || safe.Counts.Distinct >= off.Counts.Distinct {
				t.Errorf("without that property: %+v", safe.Symmetry)
			}
			on := checkAll(t, m, Options{Symmetry: SymmetryOn})
			if on.Verdict == Holds || on.Verdict == Incomplete && !strings.Contains(on.Reason, strings.Fields(c.unknown)[0]) {
				t.Errorf("on: it %s, %q", on.Verdict, on.Reason)
			}
			for i, p := range on.Properties {
				left := strings.Contains(" "+c.unknown+" ", " "+p.Name+" ")
				if left != (p.Verdict == Unknown) || !left && p.Verdict != off.Properties[i].Verdict {
					t.Errorf("on: %s %s", p.Name, p.Verdict)
				}
				if left && !strings.Contains(c.why, p.Detail) {
					t.Errorf("on: %s is left open because %q, want %s", p.Name, p.Detail, c.why)
				}
			}
			only := check(t, m, Options{Symmetry: SymmetryOn, Properties: strings.Fields(c.unknown)})
			if only.Verdict != Incomplete || only.Reason == "" {
				t.Errorf("on, with nothing else: it %s, %q", only.Verdict, only.Reason)
			}
		})
	}
}

// A loop that needs several rounds until the values are back is shown in full.
func TestLoopOfSeveralRounds(t *testing.T) {
	m := relays([3]model.Fairness{}, true)
	r := check(t, m, Options{Symmetry: SymmetryOn, Properties: []string{"NoTwoPasses"}})
	p := propertyOf(t, r, "NoTwoPasses")
	if p.Verdict != Violated || p.Trace.Loop == 0 {
		t.Fatal(p)
	}
	first, last := p.Trace.Steps[p.Trace.Loop-1].State, p.Trace.Steps[len(p.Trace.Steps)-1].State
	if !first.Equal(last) {
		t.Errorf("the loop does not close: %s", fmt.Sprint(p.Trace))
	}
	if _, err := Replay(t.Context(), m, p.Trace); err != nil {
		t.Error(err)
	}
}

// crowd is a state that is too large for a cache of whole states.
type crowd struct {
	N    uint8
	Who  peer
	Room [80]uint8
}

// A step that changes nothing is known for it, however many states without a step are expanded
// before the step is looked at.
func TestAnIdleStepBeforeManyDeadEnds(t *testing.T) {
	m := &model.Model[crowd]{
		Name: "crowd", AllowDeadlock: true,
		Init: func(s *crowd, c *model.Choice) bool {
			s.N, s.Who = uint8(c.Int("n", 100)), peer(c.Int("who", 2)+1)
			return true
		},
		Actions: []model.Action[crowd]{
			{Name: "Wait", Fair: model.Weak, Do: func(s *crowd, _ *model.Choice) bool { return s.N == 0 }},
		},
		Properties: []model.Property[crowd]{
			model.Temporal("NothingHappens", model.Globally(model.Not(model.Happens[crowd]("Wait")))),
		},
		Symmetry: []model.Symmetry{model.Scalars[peer](2).From(1)},
	}
	for _, symmetry := range []SymmetryMode{SymmetryOn, SymmetryOff} {
		if r := checkAll(t, m, Options{Symmetry: symmetry}); r.Verdict != Holds {
			t.Errorf("symmetry %s: it %s, though to wait changes nothing", symmetry, r.Verdict)
		}
	}
}
