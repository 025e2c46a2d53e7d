package explore

import (
	"slices"
	"strings"
	"testing"

	"github.com/muster-mc/muster/model"
)

// desks are workers who each take a job, work it out on their own, and put it down: the step in
// between is nobody's business.
type desks struct {
	Phase [2]deskPhase `muster:"by=bench"`
	Pile  uint8
	Done  uint8
}

type (
	bench     uint8
	deskPhase uint8
)

const (
	idle deskPhase = iota
	holding
	ready
)

// desksOf has this many jobs. Broken, if not nil, may add what breaks one of the conditions.
func desksOf(jobs uint8, broken func(*model.Model[desks])) *model.Model[desks] {
	of := func(name string, from, to deskPhase, also func(s *desks) bool) model.Action[desks] {
		return model.Action[desks]{Name: name, Do: func(s *desks, c *model.Choice) bool {
			p := &s.Phase[c.Int("desk", len(s.Phase))]
			if *p != from || !also(s) {
				return false
			}
			*p = to
			return true
		}}
	}
	m := &model.Model[desks]{
		Name: "desks",
		Init: func(s *desks, _ *model.Choice) bool { s.Pile = jobs; return true },
		Actions: []model.Action[desks]{
			of("Take", idle, holding, func(s *desks) bool {
				if s.Pile == 0 {
					return false
				}
				s.Pile--
				return true
			}),
			of("Think", holding, ready, func(*desks) bool { return true }),
			of("Put", ready, idle, func(s *desks) bool { s.Done++; return true }),
		},
		Properties: []model.Property[desks]{
			model.Always("NoneIsLost", func(s *desks) bool {
				held := uint8(0)
				for _, p := range s.Phase {
					held += min(uint8(p), 1)
				}
				return s.Pile+s.Done+held == jobs
			}),
		},
		Terminal: func(s *desks) bool { return s.Done == jobs },
	}
	if broken != nil {
		broken(m)
	}
	return m
}

// joinsOf are the joins that a run advises.
func joinsOf(r *Report) (names []string) {
	if r.Explanation.Steps != nil {
		for _, j := range r.Explanation.Steps.Joins {
			names = append(names, j.Action)
		}
	}
	return names
}

// A local step commutes with everything, and to join it by hand gives the states that were
// promised: with and without symmetry, for any number of workers.
func TestALocalStepCanBeJoined(t *testing.T) {
	for name, c := range map[string]struct {
		m    *model.Model[desks]
		want string
	}{
		"all states": {desksOf(6, nil), "Think can be joined with the step before it, which then does it at once: about 2.1 times fewer states; " +
			"it commutes with every step beside it, and no property sees it (on all 51 states)"},
		"orbits": {desksOf(6, func(m *model.Model[desks]) { m.Symmetry = []model.Symmetry{model.Scalars[bench](2)} }),
			"Think can be joined with the step before it, which then does it at once: about 1.9 times fewer orbits; " +
				"it commutes with every step beside it, and no property sees it (on all 34 orbits)"},
	} {
		r := checkAll(t, c.m, Options{Explain: true})
		if !slices.Contains(r.Explanation.Advice, c.want) {
			t.Errorf("%s: got %q", name, r.Explanation.Advice)
			continue
		}
		j := r.Explanation.Steps.Joins[0]
		by, err := Joined(Of(c.m), "Think").Check(t.Context(), Options{})
		if err != nil {
			t.Fatal(err)
		}
		if by.Counts.Distinct != j.States-j.Enabled || by.Verdict != Holds {
			t.Errorf("%s: joined by hand: %s, %d states, want %d", name, by.Verdict, by.Counts.Distinct, j.States-j.Enabled)
		}
	}
}

// Each condition fails in one state, or at one step, and the advice is gone.
func TestAJoinThatFailsOnce(t *testing.T) {
	last := func(s *desks) bool { return s.Pile == 0 && s.Phase == [2]deskPhase{holding, ready} }
	for name, broken := range map[string]func(*model.Model[desks]){
		"another action cannot follow it": func(m *model.Model[desks]) {
			m.Actions = append(m.Actions, model.Action[desks]{Name: "Drop", Do: func(s *desks, _ *model.Choice) bool {
				if !last(s) {
					return false
				}
				s.Phase, s.Done = [2]deskPhase{idle, ready}, s.Done+1
				return true
			}})
		},
		"it cannot follow another one": func(m *model.Model[desks]) {
			think := m.Actions[1].Do
			m.Actions[1].Do = func(s *desks, c *model.Choice) bool {
				return !(s.Pile == 0 && s.Phase == [2]deskPhase{holding, idle}) && think(s, c)
			}
		},
		"an invariant sees it": func(m *model.Model[desks]) {
			m.Properties = append(m.Properties, model.Always("NotThat", func(s *desks) bool { return !last(s) }))
		},
		"a witness sees it": func(m *model.Model[desks]) {
			m.Properties = append(m.Properties, model.Reachable("That", last))
		},
		"a left side sees it": func(m *model.Model[desks]) {
			m.Properties = append(m.Properties, model.Implies("After", last, func(*desks) bool { return true }))
		},
		"a claim of steps sees it": func(m *model.Model[desks]) {
			m.Properties = append(m.Properties, model.AlwaysStep("Steps", func(before, _ *desks) bool { return !last(before) }))
		},
		"a claim of the steps before sees it": func(m *model.Model[desks]) {
			m.Properties = append(m.Properties, model.AlwaysStep("Steps", func(before, after *desks) bool {
				return !(before.Pile == 1 && before.Phase == [2]deskPhase{idle, ready} && last(after))
			}))
		},
		"Terminal sees it":  func(m *model.Model[desks]) { m.Terminal = func(s *desks) bool { return s.Done == 6 || last(s) } },
		"a constraint does": func(m *model.Model[desks]) { m.Constraint = func(s *desks) bool { return !last(s) } },
		"it goes round": func(m *model.Model[desks]) {
			think := m.Actions[1].Do
			m.Actions[1].Do = func(s *desks, c *model.Choice) bool {
				if s.Done == 6 {
					return c.Int("desk", 2) == 0
				}
				return think(s, c)
			}
		},
		"it panics outside the constraint": func(m *model.Model[desks]) {
			m.Constraint = func(s *desks) bool { return s.Done < 6 }
			put, think := m.Actions[2].Do, m.Actions[1].Do
			m.Actions[2].Do = func(s *desks, c *model.Choice) bool {
				if ok := put(s, c); !ok || s.Done < 6 {
					return ok
				}
				s.Phase[0] = holding
				return true
			}
			m.Actions[1].Do = func(s *desks, c *model.Choice) bool {
				if s.Done == 6 {
					panic("no more")
				}
				return think(s, c)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := check(t, desksOf(6, broken), Options{Explain: true, KeepGoing: true})
			if names := joinsOf(r); slices.Contains(names, "Think") {
				t.Errorf("got %q", r.Explanation.Advice)
			}
		})
	}
}

// A formula that names an action sees each of its steps. Of other properties about whole runs
// the advice says that it does not speak of them.
func TestAJoinAndWholeRuns(t *testing.T) {
	m := desksOf(2, func(m *model.Model[desks]) {
		m.Properties = append(m.Properties, model.Eventually("AllDone", func(s *desks) bool { return s.Done == 2 }))
	})
	r := check(t, m, Options{Explain: true})
	if advice := strings.Join(r.Explanation.Advice, "\n"); !strings.Contains(advice, "Think can be joined") || !strings.Contains(advice, "; that says nothing of AllDone, about whole runs") {
		t.Errorf("got %q", advice)
	}
	m.Properties[1] = model.Temporal("Thinks", model.Finally(model.Happens[desks]("Think")))
	if r = check(t, m, Options{Explain: true}); slices.Contains(joinsOf(r), "Think") {
		t.Errorf("got %q", r.Explanation.Advice)
	}
}

// alone is a turn that is taken in two steps, and nothing else happens between them.
func aloneOf(broken bool) *model.Model[desks] {
	return &model.Model[desks]{
		Name: "alone",
		Actions: []model.Action[desks]{
			{Name: "Begin", Do: func(s *desks, c *model.Choice) bool {
				if s.Phase[0] != idle {
					return false
				}
				s.Phase[0] = holding
				s.Pile = uint8(c.Int("pile", 4))
				return true
			}},
			{Name: "End", Do: func(s *desks, c *model.Choice) bool {
				if s.Phase[0] != holding {
					return false
				}
				s.Phase[0] = idle
				s.Done = s.Pile * uint8(c.Int("way", 2)) // its own steps do not commute
				return true
			}},
			{Name: "Stop", Do: func(s *desks, _ *model.Choice) bool {
				if !broken || s.Phase[0] != holding || s.Pile != 3 || s.Done != 2 {
					return false
				}
				s.Phase[0], s.Done = idle, 7
				return true
			}},
		},
		Properties: []model.Property[desks]{model.Always("Few", func(s *desks) bool { return s.Done < 8 })},
	}
}

// An action that is always alone can be joined although its own steps do not commute; if
// another action is enabled with it in a single state, it cannot.
func TestAnActionThatIsAlone(t *testing.T) {
	m := aloneOf(false)
	r := checkAll(t, m, Options{Explain: true})
	want := "End can be joined with the step before it, which then does it at once: about 3.3 times fewer states; " +
		"where it is enabled no other action is, and no property sees it (on all 23 states)"
	if !slices.Contains(r.Explanation.Advice, want) {
		t.Errorf("got %q", r.Explanation.Advice)
	}
	if by, err := Joined(Of(m), "End").Check(t.Context(), Options{}); err != nil || by.Counts.Distinct != 7 {
		t.Errorf("joined by hand: %v, %v", by, err)
	}
	if r := check(t, aloneOf(true), Options{Explain: true}); slices.Contains(joinsOf(r), "End") {
		t.Errorf("got %q", r.Explanation.Advice)
	}
}

// Of a space that is too large to be looked at whole, the advice says so: a single state of
// 20,000 that it has not seen could forbid the join.
func TestAJoinOfASample(t *testing.T) {
	t.Parallel()
	type wide struct {
		Phase, Low, High uint8
	}
	m := &model.Model[wide]{
		Name: "wide",
		Actions: []model.Action[wide]{
			{Name: "Count", Do: func(s *wide, c *model.Choice) bool {
				if c.Bool("high") {
					s.High = (s.High + 1) % 100
				} else {
					s.Low = (s.Low + 1) % 100
				}
				return true
			}},
			{Name: "Begin", Do: func(s *wide, _ *model.Choice) bool {
				if s.Phase != 0 {
					return false
				}
				s.Phase = 1
				return true
			}},
			{Name: "Settle", Do: func(s *wide, _ *model.Choice) bool {
				if s.Phase != 1 || s.Low == 99 && s.High == 98 {
					return false
				}
				s.Phase = 0
				return true
			}},
		},
		Properties: []model.Property[wide]{model.Always("Any", func(*wide) bool { return true })},
	}
	first := ""
	for _, workers := range []int{1, 3} {
		r := check(t, m, Options{Explain: true, Workers: workers})
		if r.Counts.Distinct != 20_000 || len(r.Explanation.Steps.Joins) == 0 || len(r.Explanation.Steps.Apart) == 0 {
			t.Fatalf("%d states: got %q", r.Counts.Distinct, r.Explanation.Advice)
		}
		for _, advice := range r.Explanation.Advice {
			if strings.Contains(advice, "can be joined") || strings.Contains(advice, "never touch") {
				if !strings.HasPrefix(advice, "on 9962 sampled states, ") || strings.Contains(advice, "all") {
					t.Errorf("got %q", advice)
				}
			}
		}
		if now := strings.Join(r.Explanation.Advice, "\n"); first != "" && now != first {
			t.Errorf("%d workers: got %q, one worker said %q", workers, now, first)
		} else {
			first = now
		}
	}
}

// servers are two counters with a guard of their own each, and a clock that both may read.
type servers struct {
	Server [2]struct{ Phase, Count uint8 }
	Clock  uint8
}

// serversOf is two servers that never meet; meet may have them do so.
func serversOf(meet func(s *servers, i int) bool) *model.Model[servers] {
	return &model.Model[servers]{
		Name: "servers",
		Actions: []model.Action[servers]{
			{Name: "Work", Do: func(s *servers, c *model.Choice) bool {
				i := c.Int("server", 2)
				if v := &s.Server[i]; v.Count == 3 || meet != nil && !meet(s, i) {
					return false
				} else if v.Phase == 1 {
					v.Phase, v.Count = 0, v.Count+1
				} else {
					v.Phase = 1
				}
				return true
			}},
			{Name: "Tick", Do: func(s *servers, _ *model.Choice) bool { s.Clock = (s.Clock + 1) % 3; return true }},
		},
		Properties: []model.Property[servers]{model.Always("Low", func(s *servers) bool { return s.Server[0].Count < 4 })},
	}
}

func apartAdvice(r *Report) (list []string) {
	for _, advice := range r.Explanation.Advice {
		if strings.Contains(advice, "never touch") {
			list = append(list, advice)
		}
	}
	return list
}

// Parts that never meet are named: those that are alike together.
func TestPartsThatNeverMeet(t *testing.T) {
	t.Parallel()
	m := serversOf(nil)
	want := []string{
		"Server[0] and Server[1] never touch: check one of them, unless a property compares them: about 7.0 times fewer states (on all 147 states)",
		"Clock and the rest of the state never touch: check each in a model of its own, unless a property compares them: about 2.8 times fewer states (on all 147 states)",
	}
	if got := apartAdvice(checkAll(t, m, Options{Explain: true})); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	one := check(t, serversOf(func(_ *servers, i int) bool { return i == 0 }), Options{})
	if one.Counts.Distinct != 21 {
		t.Errorf("one of them alone: %d states", one.Counts.Distinct)
	}
}

// Parts meet if they do so in a single state, or at a single step.
func TestPartsThatMeetOnce(t *testing.T) {
	full := func(s *servers, i int) bool { return s.Server[i].Count == 3 }
	for name, c := range map[string]struct {
		m    *model.Model[servers]
		want []string // parts that are still apart
	}{
		"one waits for the other": {serversOf(func(s *servers, i int) bool {
			return i == 1 || s.Server[0].Count != 2 || s.Server[0].Phase == 0 || !full(s, 1)
		}), []string{"Clock"}},
		"one waits for the clock": {serversOf(func(s *servers, i int) bool {
			return i == 1 || s.Server[0].Count != 2 || s.Clock != 2
		}), []string{"Server[1]"}},
		"a step changes both": {func() *model.Model[servers] {
			m := serversOf(nil)
			m.Actions = append(m.Actions, model.Action[servers]{Name: "Reset", Do: func(s *servers, _ *model.Choice) bool {
				if !full(s, 0) || !full(s, 1) {
					return false
				}
				s.Server = [2]struct{ Phase, Count uint8 }{}
				return true
			}})
			return m
		}(), []string{"Server[0] Server[1]"}}, // together, and the clock
		"a constraint compares them": {func() *model.Model[servers] {
			m := serversOf(nil)
			m.Constraint = func(s *servers) bool { return s.Clock != 2 || !full(s, 0) || !full(s, 1) }
			return m
		}(), nil},
		"they begin together": {func() *model.Model[servers] {
			m := serversOf(func(*servers, int) bool { return false })
			m.Init = func(s *servers, c *model.Choice) bool {
				s.Server[0].Count = uint8(c.Int("count", 2))
				s.Server[1] = s.Server[0]
				return true
			}
			return m
		}(), nil},
	} {
		var got []string
		r := check(t, c.m, Options{Explain: true})
		if r.Explanation.Steps != nil {
			for _, a := range r.Explanation.Steps.Apart {
				got = append(got, strings.Join(a.Parts, " "))
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

// On orbits the same is said, for the steps of all states of each are compared.
func TestPartsOfOrbits(t *testing.T) {
	type twin uint8
	type state struct {
		Twin [3]uint8 `muster:"by=twin"`
	}
	of := func(most uint8) *model.Model[state] {
		return &model.Model[state]{
			Name: "twins", AllowDeadlock: true, Symmetry: []model.Symmetry{model.Scalars[twin](3)},
			Actions: []model.Action[state]{{Name: "Up", Do: func(s *state, c *model.Choice) bool {
				i := c.Int("twin", 3)
				if s.Twin[i] == 3 || s.Twin[i] == 2 && s.Twin[0]+s.Twin[1]+s.Twin[2] > most {
					return false
				}
				s.Twin[i]++
				return true
			}}},
			Properties: []model.Property[state]{model.Always("Low", func(s *state) bool { return s.Twin[0] < 4 })},
		}
	}
	want := []string{"Twin[0], Twin[1] and Twin[2] never touch: check one of them, unless a property compares them: about 5.0 times fewer orbits (on all 64 states)"}
	if got := apartAdvice(checkAll(t, of(9), Options{Explain: true})); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	for most := uint8(2); most < 8; most++ {
		if got := apartAdvice(check(t, of(most), Options{Explain: true})); len(got) > 0 {
			t.Errorf("at most %d: got %q", most, got)
		}
	}
}
