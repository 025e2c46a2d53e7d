package explore

import (
	"errors"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/muster-mc/muster/model"
)

// On random models the graph has the states of a search, on the same levels, and
// a step for each successor; a view shows the same graph from further away.
func TestGraphHasWhatASearchMeets(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		recipe := drawRecipe(t)
		recipe.panicsIn = ""
		m := recipe.rich()
		r, err := Check(t.Context(), m, Options{KeepGoing: true, MaxStates: 300})
		if err != nil || r.Reason != "" {
			return // no initial state, or more than is worth the time
		}
		g, err := GraphOf(t.Context(), m, GraphOptions{})
		if err != nil {
			t.Fatal(err)
		}
		levels := make([]uint64, r.Counts.Depth)
		ends := 0
		for _, n := range g.Nodes {
			levels[n.Depth-1]++
			if n.States != 1 {
				t.Fatalf("a node of the whole graph has %d states", n.States)
			}
			if n.End {
				ends++
			}
		}
		if g.States != int(r.Counts.Distinct) || !slices.Equal(levels, r.Counts.Levels) {
			t.Fatalf("got %d states in levels of %d; want %+v", g.States, levels, r.Counts)
		}
		if m.Constraint == nil && g.Steps != enabled(r) {
			t.Fatalf("got %d steps; want %d", g.Steps, enabled(r))
		}
		checkView(t, m, g)
	})
}

func enabled(r *Report) int {
	sum := 0
	for _, a := range r.Actions {
		sum += int(a.Enabled)
	}
	return sum
}

// checkView compares a view with the nodes of the whole graph, put together.
func checkView(t *rapid.T, m *model.Model[randomState], whole *Graph) {
	view, err := GraphOf(t.Context(), m, GraphOptions{View: []string{"Small"}})
	if err != nil {
		t.Fatal(err)
	}
	key := func(n GraphNode) [2]string { return [2]string{n.Leaves[0].Value, n.Leaves[1].Value} }
	states, steps := map[[2]string]int{}, map[[2][2]string]int{}
	for _, n := range whole.Nodes {
		states[key(n)]++
	}
	for _, e := range whole.Edges {
		steps[[2][2]string{key(whole.Nodes[e.From]), key(whole.Nodes[e.To])}] += e.Steps
	}
	if len(view.Nodes) != len(states) || len(view.Edges) != len(steps) {
		t.Fatalf("got %d nodes and %d edges; want %d and %d", len(view.Nodes), len(view.Edges), len(states), len(steps))
	}
	for _, n := range view.Nodes {
		if n.States != states[key(n)] {
			t.Fatalf("%v: got %d states; want %d", n.Leaves, n.States, states[key(n)])
		}
	}
	for _, e := range view.Edges {
		if want := steps[[2][2]string{key(view.Nodes[e.From]), key(view.Nodes[e.To])}]; e.Steps != want {
			t.Fatalf("%+v: want %d steps", e, want)
		}
	}
}

// The trace of a violation is marked, and goes along edges.
func TestGraphMarksATrace(t *testing.T) {
	m := steps(3)
	m.Properties = []model.Property[[3]uint8]{model.Always("Low", func(s *[3]uint8) bool { return s[1] < 2 })}
	run := check(t, m, Options{}).Properties[0].Trace
	for _, view := range [][]string{nil, {"[1]"}} {
		g, err := GraphOf(t.Context(), m, GraphOptions{Trace: run, View: view})
		if err != nil {
			t.Fatal(err)
		}
		places, edges := 0, 0
		for _, n := range g.Nodes {
			places += len(n.Trace)
			if (len(n.Violates) > 0) != (n.Leaves[min(1, len(n.Leaves)-1)].Value >= "2") {
				t.Errorf("view %v: %+v", view, n)
			}
		}
		for _, e := range g.Edges {
			if e.Trace {
				edges++
			}
		}
		if places != run.Length || edges != run.Length-1 {
			t.Errorf("view %v: %d places and %d edges are marked; the trace has %d states", view, places, edges, run.Length)
		}
	}
}

// A counterexample may end outside the constraint, and is shown to its end.
func TestGraphShowsATraceThatLeavesTheConstraint(t *testing.T) {
	m := steps(3)
	m.Constraint = func(s *[3]uint8) bool { return s[1] < 2 }
	m.Properties = []model.Property[[3]uint8]{model.Always("Low", func(s *[3]uint8) bool { return s[1] < 2 })}
	r := check(t, m, Options{})
	without, err := GraphOf(t.Context(), m, GraphOptions{})
	if err != nil {
		t.Fatal(err)
	}
	g, err := GraphOf(t.Context(), m, GraphOptions{Trace: r.Properties[0].Trace})
	if err != nil {
		t.Fatal(err)
	}
	last := g.Nodes[slices.IndexFunc(g.Nodes, func(n GraphNode) bool { return len(n.Violates) > 0 })]
	if g.States != without.States+1 || !slices.Equal(last.Trace, []int{3}) || last.End {
		t.Errorf("got %d states after %d, and %+v", g.States, without.States, last)
	}
}

func TestGraphRefuses(t *testing.T) {
	var field *FieldError
	if _, err := GraphOf(t.Context(), steps(3), GraphOptions{View: []string{"[7]"}}); !errors.As(err, &field) || field.Field != "[7]" {
		t.Errorf("got %v; want the field that is not there", err)
	}
	var wrong *ModelError
	if _, err := GraphOf(t.Context(), steps(3), GraphOptions{MaxStates: 5}); !errors.As(err, &wrong) {
		t.Errorf("got %v; want that there are too many states", err)
	}
}
