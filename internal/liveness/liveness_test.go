package liveness

import (
	"fmt"
	"strings"
	"testing"

	"github.com/muster-mc/muster/internal/search"
	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
)

type place struct{ N int }

func at(n int) func(*place) bool { return func(s *place) bool { return s.N == n } }

// graphOf is a model of a graph that begins in place 0, with a claim.
func graphOf(edges map[int][]int, claim model.Property[place]) *system.System {
	return system.Of(&model.Model[place]{
		Name: "graph", AllowDeadlock: true,
		Actions: []model.Action[place]{{Name: "Go", Do: func(s *place, c *model.Choice) bool {
			s.N = model.Pick(c, "to", edges[s.N])
			return true
		}}},
		Properties: []model.Property[place]{claim},
	})
}

// searched is a search of a system, and a checker of its only property.
func searched(t *testing.T, m *system.System, workers int, u Tuning) (*search.Search, *Checker) {
	t.Helper()
	s, err := search.New(search.Config{System: m, Properties: []int{len(m.Properties) - 1}, KeepStates: true, Workers: workers})
	if err != nil {
		t.Fatal(err)
	}
	c := New(s, u)
	t.Cleanup(func() { c.Close(); s.Close() })
	s.Run()
	return s, c
}

// Claims whose negation is about where a run begins, where it stays, or what happens on
// it again and again need no automaton.
func TestClaimsWithoutAutomata(t *testing.T) {
	type formula = model.Formula[place]
	p, go1 := model.Holds(at(1)), model.Happens[place]("Go")
	again := func(f formula) formula { return model.Globally(model.Finally(f)) }
	var premises, recurrences []formula
	for i := range 20 {
		premises = append(premises, model.IfThen(again(model.Holds(at(i))), again(model.And(model.Holds(at(i)), go1))))
		recurrences = append(recurrences, again(model.Holds(at(i))))
	}
	for _, c := range []struct {
		name     string
		property model.Property[place]
		branches int // 0: an automaton
	}{
		{"eventually", model.Eventually("P", at(1)), 1},
		{"leads to", model.LeadsTo("P", at(1), at(2)), 1},
		{"recurs", model.Recurs("P", at(1)), 1},
		{"settles", model.Settles("P", at(1)), 1},
		{"an answer to two", model.Temporal("P", model.Globally(model.Or(p, model.Finally(p), model.Not(p)))), 1},
		{"always", model.Temporal("P", model.Globally(p)), 1},
		{"of the beginning", model.Temporal("P", model.IfThen(p, model.Finally(p))), 1},
		{"twenty pairs imply a recurrence", model.Temporal("P", model.IfThen(model.And(premises...), again(p))), 1},
		{"twenty pairs imply an answer", model.Temporal("P", model.IfThen(model.And(premises...), model.Globally(model.IfThen(p, model.Finally(p))))), 1},
		{"twenty recurrences imply one", model.Temporal("P", model.IfThen(model.And(recurrences...), again(go1))), 1},
		{"one implies twenty", model.Temporal("P", model.IfThen(again(p), model.And(recurrences...))), 20},
		{"two answers", model.Temporal("P", model.Globally(model.Or(model.Finally(p), model.Finally(p)))), 1},
		{"next", model.Temporal("P", model.Globally(model.IfThen(model.Next(p), model.Finally(p)))), 0},
		{"until", model.Temporal("P", model.Until(p, p)), 0},
	} {
		m := graphOf(nil, c.property)
		g := &graph{}
		if q := g.query("P", claimsOf(m.Properties[0].Formula)[0]); len(q.branches) != c.branches {
			t.Errorf("%s: %d branches, want %d", c.name, len(q.branches), c.branches)
		}
	}
}

// States that a claim is not about have no edges; those that it is about have all.
func TestRelevantStatesAreThoseOfTheClaim(t *testing.T) {
	edges := map[int][]int{0: {1, 2}, 1: {3}, 2: {3, 4}, 3: {1}, 4: {}}
	for _, c := range []struct {
		property model.Property[place]
		want     string // the targets of each state
	}{
		{model.LeadsTo("P", at(1), at(4)), "[[] [3] [] [1] []]"},
		{model.Eventually("P", at(2)), "[[1 2] [3] [] [1] []]"},
		{model.Settles("P", at(2)), "[[1 2] [3] [3 4] [1] []]"},
		{model.Temporal("P", model.Finally(model.Happens[place]("Go"))), "[[1 2] [3] [3 4] [1] []]"},
	} {
		s, _ := searched(t, graphOf(edges, c.property), 1, Tuning{Apart: true})
		g := newGraph(s, Tuning{}, newLabels(1))
		if !g.complete(nil) {
			t.Fatal(g.found)
		}
		var targets [][]uint32
		for n := range uint32(g.Nodes()) {
			targets = append(targets, g.Targets(n))
		}
		if got := fmt.Sprint(targets); got != c.want {
			t.Errorf("%s: got %s, want %s", c.property.Kind, got, c.want)
		}
		g.free()
	}
}

// When the search has ended, nothing of a wide claim is left to be done but the last
// states. A narrow claim has no edges where it has no say, and its steps are not noted
// for long.
func TestBuilderKeepsUp(t *testing.T) {
	origin := func(s *[3]uint8) bool { return *s == [3]uint8{} }
	last := func(s *[3]uint8) bool { return *s == [3]uint8{29, 29, 29} }
	for _, c := range []struct {
		name        string
		claim       model.Property[[3]uint8]
		least, most int
	}{
		{"wide", model.LeadsTo("P", origin, last), 25900, 27000},
		{"narrow", model.LeadsTo("P", last, origin), 0, 1},
	} {
		m := system.Of(&model.Model[[3]uint8]{
			Name: "steps", AllowDeadlock: true,
			Actions: []model.Action[[3]uint8]{{Name: "Step", Do: func(s *[3]uint8, c *model.Choice) bool {
				axis := c.Int("axis", 3)
				if s[axis] == 29 {
					return false
				}
				s[axis]++
				return true
			}}},
			Properties: []model.Property[[3]uint8]{c.claim},
		})
		_, checker := searched(t, m, 2, Tuning{})
		got, builds := checker.graph.relevant.taken.Len(), checker.builder != nil
		if got < c.least || got > c.most || builds != (c.least > 0) {
			t.Errorf("%s: %d of 27000 states have edges, want %d to %d; steps are still noted: %v", c.name, got, c.least, c.most, builds)
		}
	}
}

// If the builder has made all edges, the decision makes none: it needs no table of the
// states' numbers, whatever the number of places in the last word of each set.
func TestNoEdgesAreLeft(t *testing.T) {
	for _, states := range []int{1 << 10, 1<<10 + 1, 1<<11 - 1, 1<<11 + 100} {
		m := system.Of(&model.Model[place]{
			Name: "clock",
			Actions: []model.Action[place]{{Name: "Tick", Fair: model.Weak, Do: func(s *place, _ *model.Choice) bool {
				s.N = (s.N + 1) % states
				return true
			}}},
			Properties: []model.Property[place]{model.Recurs("P", at(1))},
		})
		_, c := searched(t, m, 1, Tuning{})
		a, err := c.Decide(func() {})
		if err != nil || a.Undecided != "" || a.Of[0].Violated {
			t.Fatal(a, err)
		}
		r := c.graph.relevant
		if edges, _ := c.graph.Size(); int(edges) != r.taken.Len() || r.taken.Len() != states-1 {
			t.Errorf("%d states: %d edges of %d states, want %d", states, edges, r.taken.Len(), states-1)
		}
		if r.isLeft() || c.graph.own != nil {
			t.Errorf("%d states: some are left: %t; they were numbered: %t", states, r.isLeft(), c.graph.own != nil)
		}
	}
}

// The memory for what is known of each state is not to be had from files.
func TestNoMemoryToKeepStatesApart(t *testing.T) {
	s, err := search.New(search.Config{System: graphOf(nil, model.Eventually("P", at(1))), Workers: 1, Memory: 64 << 20})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	s.Counts().Distinct = 10_000_000
	got := (&Checker{search: s}).cannotDecide()
	if want := "need 162 MiB to keep all states apart; the memory for the run is 64 MiB"; !strings.Contains(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
