package digraph

import (
	"fmt"

	"pgregory.net/rapid"
)

// randomGraph is a small random graph as a list of edges. The numbers of its nodes
// in the Graph are a constant apart; if that is large, each node has its own chunk.
type randomGraph struct {
	nodes, apart int
	edges        []randomEdge
}

type randomEdge struct {
	from, to uint32 // to may be Nowhere
	label    uint32
}

// drawGraph draws a graph, in which edges may lead from a node to itself.
func drawGraph(t *rapid.T, nodesMax, labels int) randomGraph {
	s := randomGraph{nodes: rapid.IntRange(1, nodesMax).Draw(t, "nodes"), apart: rapid.SampledFrom([]int{1, 1, 700}).Draw(t, "apart")}
	for range rapid.IntRange(0, 3*s.nodes).Draw(t, "edges") {
		e := randomEdge{from: s.node(t, "from"), to: s.node(t, "to"), label: uint32(rapid.IntRange(0, labels-1).Draw(t, "label"))}
		if rapid.IntRange(0, 9).Draw(t, "leaves") == 0 {
			e.to = Nowhere
		}
		s.edges = append(s.edges, e)
	}
	return s
}

func (s randomGraph) node(t *rapid.T, name string) uint32 {
	return s.at(rapid.IntRange(0, s.nodes-1).Draw(t, name))
}

// at returns the number of the node with this index.
func (s randomGraph) at(i int) uint32 { return uint32(i * s.apart) }

// size returns the number of nodes of the Graph, including those without edges in
// between.
func (s randomGraph) size() int { return (s.nodes-1)*s.apart + 1 }

// set draws a set that has each node with the given probability, in quarters.
func (s randomGraph) set(t *rapid.T, name string, chances int) Bits {
	b := NewBits(s.size())
	for i := range s.nodes {
		if rapid.IntRange(1, 4).Draw(t, fmt.Sprint(name, i)) <= chances {
			b.Add(s.at(i))
		}
	}
	return b
}

// graph returns a Graph of some of the edges.
func (s randomGraph) graph(wanted func(int) bool) *Graph {
	g := New(s.size())
	s.fill(g, wanted)
	return g
}

func (s randomGraph) fill(g *Graph, wanted func(int) bool) {
	for c := range g.Chunks() {
		var chunk Chunk
		for n := c * ChunkNodes; n < min((c+1)*ChunkNodes, s.size()); n++ {
			chunk.Begin(uint32(n))
			for i, e := range s.edges {
				if e.from == uint32(n) && wanted(i) {
					chunk.Add(e.to, e.label)
				}
			}
		}
		if err := g.Set(c, &chunk); err != nil {
			panic(err)
		}
	}
}

func all(int) bool { return true }

// reach computes by a fixed point which nodes of a set reach which, along the wanted
// edges. A node reaches itself.
func (s randomGraph) reach(inside func(uint32) bool, wanted func(int) bool) map[uint32]map[uint32]bool {
	reach := map[uint32]map[uint32]bool{}
	for i := range s.nodes {
		if n := s.at(i); inside(n) {
			reach[n] = map[uint32]bool{n: true}
		}
	}
	for changed := true; changed; {
		changed = false
		for _, from := range reach {
			for i, e := range s.edges {
				if from[e.from] && e.to != Nowhere && inside(e.to) && wanted(i) && !from[e.to] {
					from[e.to], changed = true, true
				}
			}
		}
	}
	return reach
}

func listed(l Labels) []uint32 {
	var list []uint32
	for i := range l.Len() {
		list = append(list, l.At(i))
	}
	return list
}
