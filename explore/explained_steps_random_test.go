package explore

import (
	"fmt"
	"slices"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"github.com/muster-mc/muster/model"
)

// parts is a small state, and rules say which steps there are.
type parts struct{ A, B, C uint8 }

func (s *parts) at(i int) *uint8 { return []*uint8{&s.A, &s.B, &s.C}[i] }

// rule is a guarded assignment: where one part has a value, another one is set, or counted up
// to a limit, in one way or in two.
type rule struct {
	Guard, When uint8 // the part, and its value; a Guard of 3 is no guard
	Part, To    uint8
	Other       uint8 // a second way if it is not To
}

func (r rule) do(s *parts, c *model.Choice) bool {
	if r.Guard < 3 && *s.at(int(r.Guard)) != r.When {
		return false
	}
	to := r.To
	if r.Other != to && c.Bool("other") {
		to = r.Other
	}
	if *s.at(int(r.Part)) == to {
		return false
	}
	*s.at(int(r.Part)) = to
	return true
}

func drawRule(t *rapid.T) rule {
	n := func(name string, most uint8) uint8 { return rapid.Uint8Range(0, most).Draw(t, name) }
	r := rule{Guard: n("guard", 3), When: n("when", 2), Part: n("part", 2), To: n("to", 2)}
	if r.Other = r.To; n("ways", 3) == 0 {
		r.Other = n("other", 2)
	}
	return r
}

// drawParts draws a model with a few rules, and with properties of one part or of two.
func drawParts(t *rapid.T) *model.Model[parts] {
	m := &model.Model[parts]{Name: "parts", AllowDeadlock: rapid.Bool().Draw(t, "deadlocks")}
	for i := range rapid.IntRange(2, 5).Draw(t, "actions") {
		rules := rapid.SliceOfN(rapid.Custom(drawRule), 1, 2).Draw(t, "rules")
		m.Actions = append(m.Actions, model.Action[parts]{Name: fmt.Sprint("Act", i), Do: func(s *parts, c *model.Choice) bool {
			return rules[c.Int("rule", len(rules))].do(s, c)
		}})
	}
	of := func(name string) func(*parts) bool {
		part, value := rapid.IntRange(0, 3).Draw(t, name+" part"), rapid.Uint8Range(0, 2).Draw(t, name+" value")
		return func(s *parts) bool { return part == 3 || *s.at(part) != value }
	}
	holds, reached := of("always"), of("reachable")
	m.Properties = []model.Property[parts]{
		model.Always("Holds", holds),
		model.Reachable("Reached", func(s *parts) bool { return !reached(s) }),
	}
	if rapid.Bool().Draw(t, "steps") {
		before, after := of("before"), of("after")
		m.Properties = append(m.Properties, model.AlwaysStep("Step", func(a, b *parts) bool { return before(a) || after(b) }))
	}
	if rapid.Bool().Draw(t, "constraint") {
		m.Constraint = of("constraint")
	}
	return m
}

// Where the advice is to join, the joined model has exactly the states in which the action is not
// enabled, and every property has the same verdict.
func TestAJoinLeavesExactlyTheOtherStates(t *testing.T) {
	advised := 0
	checkUntil(t, &advised, func(t *rapid.T) {
		m := drawParts(t)
		r, err := Check(t.Context(), m, Options{Explain: true, KeepGoing: true, Workers: 1})
		if err != nil || r.Explanation.Steps == nil {
			return
		}
		for _, j := range r.Explanation.Steps.Joins {
			advised++
			got, err := Joined(Of(m), j.Action).Check(t.Context(), Options{KeepGoing: true, Workers: 1})
			if err != nil {
				t.Fatal(err)
			}
			if want := r.Counts.Distinct - j.Enabled; got.Counts.Distinct != want || !j.Whole {
				t.Fatalf("%s: %d states of %d, want %d", j.Action, got.Counts.Distinct, r.Counts.Distinct, want)
			}
			if is, was := verdicts(got), verdicts(r); is != was {
				t.Fatalf("%s: %s, it was %s", j.Action, is, was)
			}
		}
	})
}

// verdicts are those of all properties, a deadlock among them.
func verdicts(r *Report) (list string) {
	for _, p := range r.Properties {
		list += p.Name + " " + string(p.Verdict) + ", "
	}
	return list
}

// stepsOf are the steps from a state: the place of the action, and where it leads.
func stepsOf(m *model.Model[parts], from parts) map[[4]uint8]parts {
	list := map[[4]uint8]parts{}
	for i, a := range m.Actions {
		var o model.Odometer
		o.Reset()
		for more := true; more; more = o.Next() {
			s := from
			if a.Do(&s, o.Choice()) && !o.Void() {
				list[[4]uint8{uint8(i), s.A, s.B, s.C}] = s
			}
		}
	}
	return list
}

// Where the advice is that parts never touch, every pair of states says so.
func TestPartsThatNeverTouch(t *testing.T) {
	advised := 0
	checkUntil(t, &advised, func(t *rapid.T) {
		m := drawParts(t)
		r, err := Check(t.Context(), m, Options{Explain: true, KeepGoing: true, Workers: 1})
		if err != nil || r.Explanation.Steps == nil {
			return
		}
		g, err := GraphOf(t.Context(), m, GraphOptions{})
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range r.Explanation.Steps.Apart {
			advised++
			only := func(s parts, own bool) (kept parts) { // the part, or the rest
				for i, name := range []string{"A", "B", "C"} {
					if slices.Contains(a.Parts, name) == own {
						*kept.at(i) = *s.at(i)
					}
				}
				return kept
			}
			for _, own := range []bool{true, false} {
				known := map[parts]string{}
				for _, n := range g.Nodes {
					s := piecesOf(n)
					var moves []string
					for step, next := range stepsOf(m, s) {
						if only(next, own) == only(s, own) {
							continue
						}
						if only(next, !own) != only(s, !own) {
							t.Fatalf("%v: %v leads to %v", a.Parts, s, next)
						}
						outside := m.Constraint != nil && !m.Constraint(&next)
						moves = append(moves, fmt.Sprint(step[0], only(next, own), outside))
					}
					slices.Sort(moves)
					now := fmt.Sprint(moves)
					if before, is := known[only(s, own)]; is && before != now {
						t.Fatalf("%v: from %v there are %v, and with another rest %v", a.Parts, s, now, before)
					}
					known[only(s, own)] = now
				}
			}
		}
	})
}

// piecesOf is the state of a node.
func piecesOf(n GraphNode) (s parts) {
	for i, l := range n.Leaves {
		v, _ := strconv.Atoi(l.Value)
		*s.at(i) = uint8(v)
	}
	return s
}
