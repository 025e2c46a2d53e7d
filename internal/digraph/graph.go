// Package digraph holds the states of a model as numbers and its steps as edges,
// and finds runs in it that go on for ever, are fair, and break a claim.
//
// # A graph
//
// Nodes are numbered as a breadth-first search finds them. An edge is where it
// goes and a label, five bytes, or eight where labels are many; the label says whose step it
// is. A step that
// changes nothing is no edge. One that leaves the part of the space that is
// explored is an edge to [Nowhere]: no run takes it, but it shows that it was
// possible.
//
// Edges for which there is no memory are in a file, chunk by chunk. They are read
// in order: the part of such a graph that cycles are in is taken into memory to be
// searched.
//
// # Finding a fair run
//
// [Search.Find] looks for a reachable place where a run may stay for ever, or a
// cycle that is fair. Nodes from which no cycle can be reached are trimmed first;
// the others fall into strongly connected components, in time linear in nodes and
// edges (Tarjan 1972, in the form of Pearce 2016, without recursion). In a
// component the run that goes through all of it for ever is the fairest there is,
// as far as weak fairness and acceptance go; where it is unfair to a demand of
// strong fairness, the nodes that enable the demand are taken out and what is
// left is searched again (Emerson and Lei 1987).
//
// # Sources
//
//   - R. Tarjan: Depth-First Search and Linear Graph Algorithms. SIAM Journal on
//     Computing 1(2), 1972.
//   - E. A. Emerson, C.-L. Lei: Modalities for Model Checking: Branching Time
//     Logic Strikes Back. Science of Computer Programming 8(3), 1987.
//   - D. J. Pearce: A Space-Efficient Algorithm for Finding Strongly Connected
//     Components. Information Processing Letters 116(1), 2016.
package digraph

import "github.com/muster-mc/muster/internal/spill"

const (
	// ChunkNodes is how many consecutive nodes are kept together. It is a
	// multiple of 64, so that those who make different chunks also write to
	// different words of Bits.
	ChunkNodes = 1 << chunkBits
	chunkBits  = 10

	// Nowhere is where an edge goes that leaves the space.
	Nowhere = ^uint32(0)

	// NodesMax is how many nodes a graph can have.
	NodesMax = 1<<32 - 2
)

// Graph is nodes and edges.
type Graph struct {
	chunks []edges
	nodes  int
	memory memory

	store *store // nil if all edges are in memory
}

// edges are those of ChunkNodes nodes in order, or of the first of them. Without
// any, all is nil.
type edges struct {
	start []uint32 // of each node's edges, and behind the last one
	to    []uint32
	label Labels
	cut   bool // from memory that others have pieces of, and that stays with them
}

// of returns a node's edges.
func (e *edges) of(node uint32) (to []uint32, label Labels) {
	i := int(node % ChunkNodes)
	if i+1 >= len(e.start) {
		return nil, Labels{}
	}
	from, end := e.start[i], e.start[i+1]
	return e.to[from:end], e.label.slice(from, end)
}

// New returns a graph of so many nodes without edges. At most NodesMax.
func New(nodes int) *Graph {
	g := &Graph{}
	g.Grow(nodes)
	return g
}

// Grow gives the graph so many nodes, if it has fewer.
func (g *Graph) Grow(nodes int) {
	if nodes <= g.nodes {
		return
	}
	more := (nodes+ChunkNodes-1)/ChunkNodes - len(g.chunks)
	g.nodes, g.chunks = nodes, append(g.chunks, make([]edges, more)...)
	if g.store != nil {
		g.store.places = append(g.store.places, make([]spill.Place, more)...)
	}
}

// Set gives those nodes of a chunk edges that were begun. Different chunks may be
// set by different goroutines at the same time.
func (g *Graph) Set(i int, c *Chunk) error {
	nodes := min(ChunkNodes, g.nodes-i*ChunkNodes)
	if g.store != nil {
		return g.store.set(&g.chunks[i], i, c, nodes, &g.memory)
	}
	g.chunks[i] = c.over(&g.chunks[i], nodes, &g.memory)
	return nil
}

// Nodes returns how many nodes there are.
func (g *Graph) Nodes() int { return g.nodes }

// Chunks returns how many chunks there are.
func (g *Graph) Chunks() int { return len(g.chunks) }

// Edges returns where a node's edges go, and their labels. For those that may be
// in a file there is [Graph.NewReader].
func (g *Graph) Edges(node uint32) (to []uint32, label Labels) {
	return g.chunks[node>>chunkBits].of(node)
}

// Targets returns where a node's edges go.
func (g *Graph) Targets(node uint32) []uint32 {
	e := &g.chunks[node>>chunkBits]
	i := int(node % ChunkNodes)
	if i+1 >= len(e.start) {
		return nil
	}
	return e.to[e.start[i]:e.start[i+1]]
}

// Size returns how many edges there are in memory, and the bytes that all of it
// takes there.
func (g *Graph) Size() (edges, bytes uint64) {
	for i := range g.chunks {
		c := &g.chunks[i]
		edges += uint64(len(c.to))
		bytes += c.bytes()
	}
	return edges, bytes
}

// Relabel replaces every label by what it is in by. It is done once.
func (g *Graph) Relabel(by []uint32) {
	for i := range g.chunks {
		e := &g.chunks[i]
		e.label = e.label.relabelled(by)
	}
	if g.store != nil {
		g.store.labels = by
	}
}
