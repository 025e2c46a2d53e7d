package digraph

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// The search visits exactly the maximal sets of reachable nodes that reach each
// other, each of them once.
func TestComponents(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawGraph(t, 12, 2)
		live, roots := s.set(t, "live", 3), s.set(t, "root", 2)
		reach := s.reach(live.Has, all)
		want := map[string]bool{}
		for n := range roots.And(live).All {
			for met := range reach[n] {
				if c := mutual(reach, met); len(c) > 1 || s.leadsBack(met) {
					want[fmt.Sprint(c)] = true
				}
			}
		}
		got := map[string]bool{}
		c := newComponents(s.graph(all), live, func(nodes []uint32) {
			list := slices.Sorted(slices.Values(nodes))
			if got[fmt.Sprint(list)] {
				t.Fatalf("component %v comes twice", list)
			}
			got[fmt.Sprint(list)] = true
		})
		for n := range roots.And(live).All {
			c.from(n)
		}
		if fmt.Sprint(got) != fmt.Sprint(want) { // maps are printed in order
			t.Fatalf("got %v, want %v", got, want)
		}
	})
}

// mutual returns the nodes that a node reaches and that reach it, in order.
func mutual(reach map[uint32]map[uint32]bool, node uint32) []uint32 {
	var list []uint32
	for n := range reach[node] {
		if reach[n][node] {
			list = append(list, n)
		}
	}
	slices.Sort(list)
	return list
}

// leadsBack reports whether an edge of a node leads to the node itself.
func (s randomGraph) leadsBack(n uint32) bool {
	return slices.ContainsFunc(s.edges, func(e randomEdge) bool { return e.from == n && e.to == n })
}

// A part of a searched graph can be searched again.
func TestComponentsAgain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawGraph(t, 12, 2)
		part := s.set(t, "part", 3)
		want := map[string]bool{}
		reach := s.reach(part.Has, all)
		for n := range reach {
			if c := mutual(reach, n); len(c) > 1 || s.leadsBack(n) {
				want[fmt.Sprint(c)] = true
			}
		}
		got := map[string]bool{}
		c := newComponents(s.graph(all), NewBits(s.size()), func(nodes []uint32) {
			got[fmt.Sprint(slices.Sorted(slices.Values(nodes)))] = true
		})
		c.again(slices.Collect(part.All))
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("got %v, want %v", got, want)
		}
	})
}

// Paths and components can have as many nodes as the graph.
func TestLongPathsAndLoops(t *testing.T) {
	const nodes = 1_000_000
	for _, closed := range []bool{false, true} {
		g := New(nodes)
		for c := range g.Chunks() {
			var chunk Chunk
			for n := c * ChunkNodes; n < min((c+1)*ChunkNodes, nodes); n++ {
				chunk.Begin(uint32(n))
				if n+1 < nodes || closed {
					chunk.Add(uint32((n+1)%nodes), 0)
				}
			}
			_ = g.Set(c, &chunk) // it is in memory
		}
		largest := 0
		c := newComponents(g, NewBits(nodes).Not(nodes), func(list []uint32) { largest = max(largest, len(list)) })
		c.from(0)
		if want := map[bool]int{false: 0, true: nodes}[closed]; largest != want {
			t.Errorf("closed %v: the largest component has %d nodes, want %d", closed, largest, want)
		}
		if left := trim(g, NewBits(nodes).Not(nodes)).Len(); left != largest {
			t.Errorf("closed %v: %d nodes are left, want %d", closed, left, largest)
		}
	}
}

// Trimming removes only nodes from which no cycle is reachable.
func TestTrimLeavesCycles(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawGraph(t, 12, 2)
		inside := s.set(t, "inside", 3)
		live := trim(s.graph(all), inside)
		reach := s.reach(inside.Has, all)
		for n := range inside.All {
			leads := false
			for met := range reach[n] {
				leads = leads || len(mutual(reach, met)) > 1 || s.leadsBack(met)
			}
			if leads && !live.Has(n) {
				t.Fatalf("node %d leads to a cycle, and was taken out", n)
			}
		}
		if live.And(inside).Len() != live.Len() {
			t.Fatal("a node is left that was not inside")
		}
	})
}

// If all edges go to larger numbers, trimming removes all nodes.
func TestTrimRemovesAllWithoutCycles(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawGraph(t, 12, 2)
		s.edges = slices.DeleteFunc(s.edges, func(e randomEdge) bool { return e.to <= e.from })
		if left := trim(s.graph(all), s.set(t, "inside", 3)).Len(); left != 0 {
			t.Fatalf("%d nodes are left", left)
		}
	})
}
