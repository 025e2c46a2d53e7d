package explore

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/muster-mc/muster/internal/liveness"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

type fairnesses = map[string]model.Fairness

// walker is a model of named actions, each of which walks along edges of its own.
func walker(fair fairnesses, ways map[string]edges, properties ...model.Property[place]) *model.Model[place] {
	m := &model.Model[place]{Name: "walker", AllowDeadlock: true, Properties: properties}
	for _, name := range []string{"A", "B", "C"} {
		along, ok := ways[name]
		if !ok {
			continue
		}
		m.Actions = append(m.Actions, model.Action[place]{Name: name, Fair: fair[name],
			Do: func(s *place, c *model.Choice) bool {
				s.N = along[s.N][c.Int("way", len(along[s.N]))]
				return true
			}})
	}
	return m
}

func is(n int) func(*place) bool { return func(s *place) bool { return s.N == n } }

// TestTraps is what checkers of liveness are known to get wrong. The run that a
// verdict shows is written as the places it comes to and, after a bar, those
// where it goes round; nothing after the bar is a run that stays.
func TestTraps(t *testing.T) {
	weak, strong := model.Weak, model.Strong
	for _, trap := range []struct {
		name  string
		fair  fairnesses
		ways  map[string]edges
		claim model.Property[place]
		want  string
	}{
		{"a step that changes nothing is no progress", fairnesses{"A": weak},
			map[string]edges{"A": {0: {0}}}, model.Eventually("P", is(1)), "0 |"},
		{"a self-loop beside a way on", fairnesses{"A": weak, "B": weak},
			map[string]edges{"A": {0: {0}}, "B": {0: {1}}}, model.Eventually("P", is(1)), "holds"},
		{"one action with a self-loop and a way on", fairnesses{"A": weak},
			map[string]edges{"A": {0: {0, 1}}}, model.Eventually("P", is(1)), "holds"},
		{"a two-cycle", fairnesses{"A": weak},
			map[string]edges{"A": {0: {1}, 1: {0}}}, model.Eventually("P", is(2)), "0 | 1 0"},
		{"a cycle with an exit that nobody must take", fairnesses{"A": weak},
			map[string]edges{"A": {0: {1}, 1: {0}}, "B": {1: {2}}}, model.Eventually("P", is(2)), "0 | 1 0"},
		{"weak fairness does not force an exit that is open now and then", fairnesses{"A": weak, "B": weak},
			map[string]edges{"A": {0: {1}, 1: {0}}, "B": {1: {2}}}, model.Eventually("P", is(2)), "0 | 1 0"},
		{"strong fairness does", fairnesses{"A": weak, "B": strong},
			map[string]edges{"A": {0: {1}, 1: {0}}, "B": {1: {2}}}, model.Eventually("P", is(2)), "holds"},
		{"weak fairness forces an exit that is always open", fairnesses{"A": weak, "B": weak},
			map[string]edges{"A": {0: {1}, 1: {0}}, "B": {0: {2}, 1: {2}}}, model.Eventually("P", is(2)), "holds"},
		{"a join of two paths, of which the second is wrong", fairnesses{"A": weak},
			map[string]edges{"A": {0: {1, 2}, 1: {3}, 2: {3}}}, model.Eventually("P", is(1)), "0 2 3 |"},
		{"a run may stop anywhere", nil,
			map[string]edges{"A": {0: {1}, 1: {2}}}, model.Eventually("P", is(2)), "0 |"},
		{"unless something fair is possible", fairnesses{"A": weak},
			map[string]edges{"A": {0: {1}, 1: {2}}}, model.Eventually("P", is(2)), "holds"},
		{"it stops where only the unfair is possible", fairnesses{"A": weak},
			map[string]edges{"A": {0: {1}}, "B": {1: {2}}}, model.Eventually("P", is(2)), "0 1 |"},
		{"a deadlock is for ever", fairnesses{"A": strong},
			map[string]edges{"A": {0: {1}}}, model.Recurs("P", is(0)), "0 1 |"},
		{"what is true where it stays is true again and again", fairnesses{"A": strong},
			map[string]edges{"A": {0: {1}}}, model.Recurs("P", is(1)), "holds"},
		{"taking out what enables a demand leaves a smaller cycle", fairnesses{"A": weak, "B": strong},
			map[string]edges{"A": {0: {1}, 1: {2}, 2: {1, 0}}, "B": {0: {3}}}, model.Eventually("P", is(3)), "0 1 | 2 1"},
		{"two demands of strong fairness, each with its own place", fairnesses{"A": weak, "B": strong, "C": strong},
			map[string]edges{"A": {0: {1}, 1: {2}, 2: {0}}, "B": {0: {3}}, "C": {1: {3}}}, model.Eventually("P", is(3)), "holds"},
		{"a demand that is met within the cycle", fairnesses{"A": weak, "B": strong},
			map[string]edges{"A": {0: {1}}, "B": {1: {0}}}, model.Eventually("P", is(3)), "0 | 1 0"},
		{"leads-to counts from the trigger on", fairnesses{"A": weak},
			map[string]edges{"A": {0: {1}, 1: {2}, 2: {3}, 3: {2}}}, model.LeadsTo("P", is(2), is(1)), "0 1 2 | 3 2"},
		{"leads-to is broken by a trigger in the loop", fairnesses{"A": weak},
			map[string]edges{"A": {0: {1}, 1: {2}, 2: {3}, 3: {0}}}, model.LeadsTo("P", is(3), is(9)), "0 | 1 2 3 0"},
		{"a loop goes round once", fairnesses{"A": weak, "B": strong},
			map[string]edges{"A": {0: {1}, 1: {2}, 2: {0}}, "B": {2: {1}}}, model.Eventually("P", is(9)), "0 | 1 2 1 2 0"},
		{"a run that stays where it begins is shorter than one that goes round", nil,
			map[string]edges{"A": {0: {1}, 1: {0}}}, model.Temporal("P", model.Next(model.Finally(model.Next(model.Holds(is(2)))))), "0 |"},
		{"what is asked of the beginning", fairnesses{"A": weak},
			map[string]edges{"A": {0: {1}, 1: {2}, 2: {1}}}, model.Temporal("P", model.IfThen(model.Holds(is(0)), model.Finally(model.Holds(is(3))))), "0 1 | 2 1"},
		{"an answer at once is an answer", fairnesses{"A": weak},
			map[string]edges{"A": {0: {1}, 1: {0}}}, model.LeadsTo("P", is(0), is(0)), "holds"},
		{"settles looks at the end alone", fairnesses{"A": weak},
			map[string]edges{"A": {0: {1}, 1: {2}}}, model.Settles("P", is(2)), "holds"},
		{"settles is broken by coming back", fairnesses{"A": weak},
			map[string]edges{"A": {0: {1}, 1: {0}}}, model.Settles("P", is(0)), "0 | 1 0"},
	} {
		t.Run(trap.name, func(t *testing.T) {
			m := walker(trap.fair, trap.ways, trap.claim)
			p := propertyOf(t, checkAll(t, m, Options{}), "P")
			got := string(p.Verdict)
			if p.Verdict == Violated {
				got = roundOf(p.Trace)
			}
			if got != trap.want {
				t.Errorf("got %s, want %s", got, trap.want)
			}
			// An automaton has its own way round, but the same opinion.
			other := propertyOf(t, check(t, m, Options{tuning: tuning{liveness: liveness.Tuning{Automata: true}}}), "P")
			if other.Verdict != p.Verdict {
				t.Errorf("by an automaton it is %s", other.Verdict)
			}
		})
	}
}

// roundOf is the places that a trace comes to, with a bar before those where it
// goes round.
func roundOf(t *trace.Trace) string {
	var words []string
	for i, s := range t.Steps {
		words = append(words, strings.TrimSuffix(strings.TrimPrefix(s.State.String(), "{N:"), "}"))
		if i+1 == t.Loop {
			words = append(words, "|")
		}
	}
	return strings.Join(words, " ")
}

// TestTwoComponents: each property has its own counterexample, in another part
// of the graph.
func TestTwoComponents(t *testing.T) {
	m := walker(fairnesses{"A": model.Weak}, map[string]edges{"A": {0: {1, 3}, 1: {2}, 2: {1}, 3: {4}, 4: {3}}},
		model.Recurs("Low", func(s *place) bool { return s.N < 3 }),
		model.Recurs("High", func(s *place) bool { return s.N > 2 }),
		model.Recurs("Odd", func(s *place) bool { return s.N%2 == 1 }))
	r := checkAll(t, m, Options{})
	for name, want := range map[string]string{"Low": "0 3 | 4 3", "High": "0 1 | 2 1"} {
		if got := roundOf(propertyOf(t, r, name).Trace); got != want {
			t.Errorf("%s: got %s, want %s", name, got, want)
		}
	}
	if odd := propertyOf(t, r, "Odd"); odd.Verdict != Holds {
		t.Errorf("Odd is %s", odd.Verdict)
	}
}

// TestVacuous: a leads-to whose left side is never true holds, and is said to be
// empty.
func TestVacuous(t *testing.T) {
	never, always := is(9), func(*place) bool { return true }
	each := func(*place, int) bool { return true }
	m := walker(nil, map[string]edges{"A": {0: {1}}},
		model.LeadsTo("Empty", never, is(0)), model.LeadsTo("Full", always, always),
		model.LeadsToEach("HalfEmpty", "i", 2, func(s *place, i int) bool { return s.N == i*9 }, each),
		model.LeadsToEach("AllEmpty", "i", 2, func(*place, int) bool { return false }, each),
		model.LeadsToEach("OfNothing", "i", 0, each, each),
		model.Temporal("NeverIf", model.Globally(model.IfThen(model.Holds(never), model.Next(model.Holds(is(7)))))),
		model.Temporal("If", model.Globally(model.IfThen(model.Holds(is(0)), model.Next(model.Holds(is(1)))))),
		model.Temporal("NeverAtFirst", model.IfThen(model.Holds(is(1)), model.Finally(model.Holds(is(7))))),
		model.Temporal("Deep", model.IfThen(model.Holds(is(0)), model.Finally(model.Globally(
			model.IfThen(model.Holds(never), model.Next(model.Holds(is(7)))))))))
	m.Actions[0].Fair = model.Weak
	for _, automata := range []bool{false, true} {
		r := check(t, m, Options{tuning: tuning{liveness: liveness.Tuning{Automata: automata}}})
		var got []string
		for _, p := range r.Properties {
			got = append(got, fmt.Sprint(p.Name, " ", p.Verdict, " ", p.Vacuous))
		}
		want := "Empty holds true, Full holds false, HalfEmpty holds false, AllEmpty holds true, OfNothing holds true, " +
			"NeverIf holds true, If holds false, NeverAtFirst holds true, Deep holds true"
		if strings.Join(got, ", ") != want {
			t.Errorf("got %s, want %s", strings.Join(got, ", "), want)
		}
		if got, want := fmt.Sprint(r.Vacuity.NeverApplied), "[Empty AllEmpty OfNothing NeverIf NeverAtFirst Deep]"; got != want {
			t.Errorf("never applied are %s, want %s", got, want)
		}
	}
}

// TestProgressOfAllActions: what all actions together owe is less than what each would.
func TestProgressOfAllActions(t *testing.T) {
	ways := map[string]edges{"A": {0: {1}, 1: {0}}, "B": {1: {2}}}
	m := walker(nil, ways, model.Eventually("Moves", is(1)), model.Eventually("Leaves", is(2)))
	m.Progress = true
	r := checkAll(t, m, Options{})
	if got, want := verdictsOf(r), "Moves holds, Leaves violated by Init A(way=0) A(way=0)"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	fair := propertyOf(t, r, "Leaves").Trace.Fair
	want := []trace.Alibi{
		{Action: "(any action)", Fairness: "weak", Reason: trace.Taken, State: 2},
		{Action: "B", Fairness: trace.NotOwed, Reason: trace.Enabled, State: 2},
	}
	if !slices.Equal(fair, want) {
		t.Errorf("got %+v, want %+v", fair, want)
	}
}

// TestActionsThatAreOwedNothing: the trace names actions that the loop could take and
// takes nowhere, for lack of fairness; but no fault, and none that is taken or not
// enabled in the loop.
func TestActionsThatAreOwedNothing(t *testing.T) {
	ways := map[string]edges{"A": {0: {1}, 1: {2}, 2: {1}}, "B": {2: {3}}, "Crash": {2: {3}}, "Early": {0: {3}}}
	m := walker(nil, ways, model.Eventually("P", is(3)))
	for i := range m.Actions {
		if a := &m.Actions[i]; a.Name == "A" {
			a.Fair = model.Weak
		} else if a.Name == "Crash" {
			a.Fault = "crash"
		}
	}
	p := propertyOf(t, checkAll(t, m, Options{}), "P")
	if got, want := roundOf(p.Trace)+fmt.Sprint(p.Trace.Fair), "0 1 | 2 1[{A weak taken 3} {B none enabled 3}]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestAlibis: for each fair action the trace says how the loop is fair to it.
func TestAlibis(t *testing.T) {
	ways := map[string]edges{"A": {0: {1}, 1: {2}, 2: {1}}, "B": {2: {3}}, "C": {0: {3}}}
	m := walker(fairnesses{"A": model.Weak, "B": model.Weak, "C": model.Strong}, ways, model.Eventually("P", is(3)))
	p := propertyOf(t, checkAll(t, m, Options{}), "P")
	if got := roundOf(p.Trace); got != "0 1 | 2 1" {
		t.Errorf("got %s", got)
	}
	if got, want := fmt.Sprint(p.Trace.Fair), "[{A weak taken 3} {B weak disabled 2} {C strong not enabled in the loop 0}]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestSharedSteps: two actions that lead from one state to the same next state are two
// steps, and each counts for its own action. In TLA+ that is one step, of both
// actions. A loop that owes steps to both takes both in turn, so that the same
// sequences of states are fair; Happens tells the actions apart.
func TestSharedSteps(t *testing.T) {
	ways := map[string]edges{"A": {0: {1}}, "B": {0: {1}}, "C": {1: {0}}}
	strong := fairnesses{"A": model.Strong, "B": model.Strong, "C": model.Weak}
	r := checkAll(t, walker(strong, ways, model.Eventually("P", is(2))), Options{})
	loop := propertyOf(t, r, "P").Trace
	if got := roundOf(loop); got != "0 | 1 0 1 0" {
		t.Errorf("the loop is %s", got)
	}
	if got, want := fmt.Sprint(loop.Fair), "[{A strong taken 2} {B strong taken 4} {C weak taken 3}]"; got != want {
		t.Errorf("it is fair by %s, want %s", got, want)
	}

	m := walker(nil, ways,
		model.Temporal("AHappens", model.Finally(model.Happens[place]("A"))),
		model.Temporal("EitherHappens", model.Finally(model.Or(model.Happens[place]("A"), model.Happens[place]("B")))))
	m.Progress = true
	if got, want := verdictsOf(checkAll(t, m, Options{})), "AHappens violated by Init B(way=0) C(way=0), EitherHappens holds"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
