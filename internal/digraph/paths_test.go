package digraph

import (
	"testing"

	"pgregory.net/rapid"
)

// If mayReach reports false, there is no path. If all edges go to larger numbers and
// there is no path, it reports false.
func TestMayReach(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := drawGraph(t, 80, 1)
		forward := rapid.Bool().Draw(t, "forward")
		g := k.graph(func(i int) bool { return !forward || k.edges[i].to == Nowhere || k.edges[i].to > k.edges[i].from })
		s := &Search{Graph: g, Inside: k.set(t, "inside", 3), Sources: k.set(t, "source", 1)}
		goals := k.set(t, "goal", 1)
		way := leads(g, s, goals)
		switch got := s.mayReach(g.NewReader(), goals); {
		case way && !got:
			t.Fatal("there is a way, and it seems that there is none")
		case !way && got && forward:
			t.Fatal("there is no way, and it seems that there is one")
		}
	})
}

// leads reports whether a path inside leads from a source to a goal.
func leads(g *Graph, s *Search, goals Bits) (toGoal bool) {
	met := map[uint32]bool{}
	var visit func(node uint32)
	visit = func(node uint32) {
		if node == Nowhere || met[node] || !s.Inside.Has(node) {
			return
		}
		met[node] = true
		toGoal = toGoal || goals.Has(node)
		for _, to := range g.Targets(node) {
			visit(to)
		}
	}
	for node := range s.Sources.All {
		visit(node)
	}
	return toGoal
}
