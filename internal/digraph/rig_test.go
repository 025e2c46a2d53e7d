package digraph

import (
	"fmt"

	"pgregory.net/rapid"
)

// sketch is a small random graph as a list of edges, and how far apart its nodes
// are in the graph that is made of it: far enough, and they are in chunks of
// their own.
type sketch struct {
	nodes, apart int
	edges        []sketchEdge
}

type sketchEdge struct {
	from, to uint32 // to may be Nowhere
	label    uint32
}

// drawSketch draws a graph without edges from a node to itself, which no step
// makes.
func drawSketch(t *rapid.T, nodesMax, labels int) sketch {
	s := sketch{nodes: rapid.IntRange(1, nodesMax).Draw(t, "nodes"), apart: rapid.SampledFrom([]int{1, 1, 700}).Draw(t, "apart")}
	for range rapid.IntRange(0, 3*s.nodes).Draw(t, "edges") {
		e := sketchEdge{from: s.node(t, "from"), to: s.node(t, "to"), label: uint32(rapid.IntRange(0, labels-1).Draw(t, "label"))}
		if rapid.IntRange(0, 9).Draw(t, "leaves") == 0 {
			e.to = Nowhere
		}
		if e.from != e.to {
			s.edges = append(s.edges, e)
		}
	}
	return s
}

func (s sketch) node(t *rapid.T, name string) uint32 {
	return s.at(rapid.IntRange(0, s.nodes-1).Draw(t, name))
}

// at is the node with this index.
func (s sketch) at(i int) uint32 { return uint32(i * s.apart) }

// size is how many nodes the graph has: those between are without edges.
func (s sketch) size() int { return (s.nodes-1)*s.apart + 1 }

// set draws a set of nodes, each of which is in it with so many chances of four.
func (s sketch) set(t *rapid.T, name string, chances int) Bits {
	b := NewBits(s.size())
	for i := range s.nodes {
		if rapid.IntRange(1, 4).Draw(t, fmt.Sprint(name, i)) <= chances {
			b.Add(s.at(i))
		}
	}
	return b
}

// graph is that of some of the edges.
func (s sketch) graph(wanted func(int) bool) *Graph {
	g := New(s.size())
	s.fill(g, wanted)
	return g
}

func (s sketch) fill(g *Graph, wanted func(int) bool) {
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

// reach says, by trying all edges until nothing changes, which nodes of a set can
// be reached from which, along edges that are wanted. A node reaches itself.
func (s sketch) reach(inside func(uint32) bool, wanted func(int) bool) map[uint32]map[uint32]bool {
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
