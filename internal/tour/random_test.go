package tour

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
)

// place is a state of a random model.
type place struct{ N uint8 }

const placesMax = 12

// drawModel makes a model from a table: the places to which an action with an argument
// leads from a place, of which an unnamed choice takes one.
func drawModel(t *rapid.T) *model.Model[place] {
	n := rapid.IntRange(1, placesMax).Draw(t, "places")
	m := &model.Model[place]{Name: "random", AllowDeadlock: true, Init: func(s *place, c *model.Choice) bool {
		s.N = uint8(c.Int("start", min(n, 2)))
		return true
	}}
	if rapid.Bool().Draw(t, "bounded") {
		m.Constraint = func(s *place) bool { return int(s.N) != n-1 || n == 1 }
	}
	for a := range rapid.IntRange(1, 3).Draw(t, "actions") {
		table := map[[2]int][]uint8{}
		for from := range n {
			for arg := range 2 {
				table[[2]int{from, arg}] = rapid.SliceOfN(rapid.Uint8Range(0, uint8(n-1)), 0, 2).Draw(t, "to")
			}
		}
		m.Actions = append(m.Actions, model.Action[place]{Name: string(rune('A' + a)), Do: func(s *place, c *model.Choice) bool {
			to := table[[2]int{int(s.N), c.Int("arg", 2)}]
			s.N = model.Pick(c, "", to)
			return true
		}})
	}
	return m
}

func openRandom(t *rapid.T, cover Cover) (*Graph, *Goals) {
	g, goals, _, err := Open(t.Context(), system.Of(drawModel(t)), Config{Cover: cover, Seed: rapid.Uint64Range(0, 3).Draw(t, "seed")})
	if err != nil {
		t.Fatal(err)
	}
	return g, goals
}

var covers = []Cover{Actions, Arguments, Pairs, States, Edges, Arguments | Pairs, Actions | States | Edges}

// A way to a goal is as short as breadth-first search finds one, whatever was searched
// before, and tours leave only what is out of reach.
func TestNearestIsNearest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g, goals := openRandom(t, rapid.SampledFrom(covers).Draw(t, "cover"))
		p := NewPlanner(g, goals)
		const most = 5
		node, last, steps := Root, -1, 0
		for goals.Left() > 0 {
			way := slices.Clone(p.Nearest(node, last, most+1-steps))
			if got, want := len(way), nearestSlowly(g, goals, node, last, most+1-steps); got != want {
				t.Fatalf("from %d after %d: a way of %d edges; want %d", node, last, got, want)
			}
			if way == nil && node == Root {
				break
			}
			if way == nil {
				node, last, steps = Root, -1, 0
				continue
			}
			for _, i := range way {
				e := g.edges[i]
				if !slices.Contains(g.Edges(node), e) {
					t.Fatalf("the edge %v does not leave %d", e, node)
				}
				p.cover(i, last)
				node, last = int(e.To), g.Labels[e.Label].Action
				steps++
			}
		}
	})
}

// nearestSlowly is the number of edges to the nearest goal by breadth-first search, or 0.
func nearestSlowly(g *Graph, goals *Goals, node, last, most int) int {
	type spot struct{ node, last int }
	level, seen := []spot{{node, last}}, map[spot]bool{}
	for depth := 1; depth <= most; depth++ {
		var next []spot
		for _, s := range level {
			for i := g.from[s.node]; i < g.from[s.node+1]; i++ {
				e := g.edges[i]
				if g.outside[e.To] {
					continue
				}
				if goals.isOpen(i, s.last) {
					return depth
				}
				if to := (spot{int(e.To), g.Labels[e.Label].Action}); !seen[to] {
					seen[to] = true
					next = append(next, to)
				}
			}
		}
		level = next
	}
	return 0
}

// The goals are what the runs of the model show: each run of a few steps is made from the
// model by hand, and what it meets is compared.
func TestGoalsAreWhatRunsMeet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g, goals := openRandom(t, Actions|Arguments|Pairs|States|Edges)
		met := map[string]bool{}
		for i := range goals.open {
			met[goals.describe(int(goals.kind[i]), int32(i))+fmt.Sprint(goals.kind[i])] = false
		}
		if len(met) != len(goals.open) {
			t.Fatalf("%d goals have %d names", len(goals.open), len(met))
		}
		var walk func(node, last, steps int)
		seen := map[[2]int]bool{}
		walk = func(node, last, steps int) {
			if seen[[2]int{node, last}] {
				return
			}
			seen[[2]int{node, last}] = true
			for i := g.from[node]; i < g.from[node+1]; i++ {
				e := g.edges[i]
				if g.outside[e.To] {
					continue
				}
				for _, goal := range goals.reached(nil, i, last) {
					goals.close(goal)
				}
				walk(int(e.To), g.Labels[e.Label].Action, steps+1)
			}
		}
		walk(Root, -1, 0)
		if goals.Left() > 0 {
			t.Fatalf("no run meets %d goals: %+v", goals.Left(), goals.Coverage())
		}
	})
}

// Runs lists what a slow search of all label sequences finds.
func TestRuns(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g, _ := openRandom(t, Actions)
		steps := rapid.IntRange(1, 4).Draw(t, "steps")
		want := map[string]bool{}
		var extend func(labels []int32, b Belief)
		extend = func(labels []int32, b Belief) {
			more := false
			for label := range g.Labels {
				if len(labels) < steps && g.Permits(b, int32(label)) {
					more = true
					after := g.After(b, func(l int32) bool { return l == int32(label) })
					extend(append(slices.Clone(labels), int32(label)), after)
				}
			}
			if !more {
				want[fmt.Sprint(labels)] = true
			}
		}
		extend(nil, Start())
		got := map[string]bool{}
		for _, run := range g.Runs(steps, 1_000_000, nil) {
			if got[fmt.Sprint(run)] {
				t.Fatalf("%v is listed twice", run)
			}
			got[fmt.Sprint(run)] = true
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("got %v; want %v", got, want)
		}
		if g.Runs(steps, len(want)-1, nil) != nil {
			t.Fatal("more runs are listed than were wanted")
		}
	})
}

// A live planner ends, whatever the system does, and covers what it says.
func TestLiveEnds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g, goals := openRandom(t, rapid.SampledFrom(covers).Draw(t, "cover"))
		none := func(int32) bool { return false }
		live := NewLive(g, goals, none)
		of := len(goals.open)
		for tests := 0; live.Begin(6); tests++ {
			if tests > hopesMax*of {
				t.Fatalf("%d tests for %d goals", tests, of)
			}
			for steps := 0; ; steps++ {
				label, ok := live.Next(7 - steps)
				if !ok || steps > 1000 {
					break
				}
				if !g.Permits(live.Belief, label) {
					t.Fatalf("%s is not permitted", g.Labels[label].Text)
				}
				if steps > 0 && rapid.IntRange(0, 9).Draw(t, "skips") == 0 {
					live.Skipped(label)
					continue
				}
				action := g.Labels[label].Action
				after := g.After(live.Belief, func(l int32) bool { return g.Labels[l].Action == action })
				if rapid.Bool().Draw(t, "shows") {
					after = after[rapid.IntRange(0, len(after)-1).Draw(t, "place"):][:1]
				}
				if steps == 0 && rapid.Bool().Draw(t, "as it is") {
					live.Began(after)
				} else {
					live.Took(label, after)
				}
			}
			live.End()
		}
	})
}
