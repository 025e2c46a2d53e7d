package explore

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/muster-mc/muster/internal/liveness"
	"github.com/muster-mc/muster/model"
)

// drawConditions draws a formula of the kind that is decided without an automaton: what
// happens again and again, as a premise or by itself, with a simple claim.
func drawConditions(t *rapid.T, m maze) model.Formula[place] {
	local := func() model.Formula[place] {
		f := model.Holds(at(rapid.Uint64Range(0, 15).Draw(t, "set")))
		if rapid.Bool().Draw(t, "happens") {
			f = model.And(f, model.Happens[place](fmt.Sprint("A", rapid.IntRange(0, len(m.actions)-1).Draw(t, "action"))))
		}
		if rapid.Bool().Draw(t, "not") {
			f = model.Not(f)
		}
		return f
	}
	plain := func() model.Formula[place] { return model.Holds(at(rapid.Uint64Range(0, 15).Draw(t, "plain"))) }
	again := func() model.Formula[place] { return model.Globally(model.Finally(local())) }
	var conclusion model.Formula[place]
	most := 2
	switch rapid.SampledFrom([]string{"again", "for ever", "answer", "finally", "globally", "at once", "either"}).Draw(t, "conclusion") {
	case "again":
		conclusion = again()
	case "for ever":
		conclusion = model.Finally(model.Globally(local()))
	case "answer":
		conclusion = model.Globally(model.IfThen(plain(), model.Finally(plain())))
	case "finally":
		conclusion = model.IfThen(plain(), model.Finally(plain()))
	case "globally":
		conclusion = model.Globally(plain())
	case "at once":
		conclusion = plain()
	case "either":
		most = 0 // or else the automaton would be too large
		conclusion = model.Globally(model.Or(plain(), again(), model.Finally(model.And(again(), model.Finally(model.Globally(local()))))))
	}
	var premises []model.Formula[place]
	for range rapid.IntRange(0, most).Draw(t, "premises") {
		premises = append(premises, model.Or(model.Not(again()), again()))
	}
	return model.IfThen(model.And(premises...), conclusion)
}

// Claims that are decided by conditions of a loop have the verdicts that automata give.
func TestConditionsAreFormulas(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawMaze(t, 4)
		made := m.model(model.Temporal("F", drawConditions(t, m)), model.Temporal("G", drawConditions(t, m)))
		verdicts := func(automata bool) string {
			r, err := Check(t.Context(), made, Options{tuning: tuning{liveness: liveness.Tuning{Automata: automata}}})
			if err != nil {
				t.Fatalf("automata %v: %v", automata, err)
			}
			var words []string
			for _, p := range r.Properties {
				words = append(words, fmt.Sprint(p.Name, " ", p.Verdict))
			}
			return strings.Join(words, ", ")
		}
		if got, want := verdicts(false), verdicts(true); got != want {
			t.Fatalf("got %s; by automata %s", got, want)
		}
	})
}

// Fairness is often written as a premise. As many pairs and recurrences as it takes are
// decided, where an automaton would have more states than there is room for.
func TestManyConditions(t *testing.T) {
	var pairs, recurrences []model.Formula[place]
	again := func(p func(*place) bool) model.Formula[place] {
		return model.Globally(model.Finally(model.Holds(p)))
	}
	for i := range 12 {
		pairs = append(pairs, model.IfThen(again(is(i)), again(is(i+1))))
		recurrences = append(recurrences, again(is(i)))
	}
	ring, back := edges{}, edges{}
	for i := range 13 {
		ring[i] = []int{(i + 1) % 13}
		back[(i+1)%13] = []int{i}
	}
	m := walker(fairnesses{"A": model.Weak}, map[string]edges{"A": ring, "B": back},
		model.Temporal("Pairs", model.IfThen(model.And(pairs...), model.IfThen(again(is(0)), again(is(12))))),
		model.Temporal("NoPairs", model.IfThen(model.And(pairs[:11]...), model.IfThen(again(is(0)), again(is(12))))),
		model.Temporal("Recurrences", model.IfThen(model.And(recurrences...), again(is(12)))),
		model.Temporal("LeadsTo", model.IfThen(model.And(pairs...), model.Globally(model.IfThen(model.Holds(is(0)), model.Finally(model.Holds(is(12))))))))
	got := verdictsOf(check(t, m, Options{}))
	for _, want := range []string{"Pairs holds", "NoPairs violated", "Recurrences violated", "LeadsTo holds"} {
		if !strings.Contains(got, want) {
			t.Errorf("got %s; want %s", got, want)
		}
	}
}
