// Package digraph stores the state graph of a model and finds fair infinite runs in
// it: the counterexamples of liveness properties.
//
// # The graph
//
// A node is the number of a state, in the order of a breadth-first search. An edge
// has a target and a label, which identifies the action of the step. Together they
// take five bytes, or eight if there are more than 256 labels. A step that does not
// change the state is not an edge. A step that leaves the explored states is an
// edge to [Nowhere]: no run takes it, but fairness needs to know that the action
// was enabled.
//
// [ChunkNodes] consecutive nodes form a chunk, the unit in which workers write
// edges. If memory is short, chunks go to a file. They are then read in order, and
// only the subgraph that may have cycles is loaded into memory for the search.
//
// # Finding a fair run
//
// [Search.Find] looks for a reachable node at which a run may stay for ever, or for
// a reachable fair cycle.
//
//  1. Trimming removes nodes from which no cycle is reachable.
//  2. The remaining nodes are divided into strongly connected components, in time
//     linear in nodes and edges (Tarjan 1972, in the form of Pearce 2016, without
//     recursion).
//  3. A run that repeats all edges of a component satisfies weak fairness and the
//     acceptance sets if any run in the component does. If this run violates a
//     demand of strong fairness, no fair run in the component visits a node that
//     enables the demand; these nodes are removed, and the rest of the component is
//     searched again (Emerson and Lei 1987).
//  4. A shortest path to a node of a fair component becomes the stem of the
//     counterexample, and a short cycle in the component its loop.
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

import (
	"slices"

	"github.com/muster-mc/muster/internal/spill"
)

const (
	// ChunkNodes is the number of consecutive nodes of a chunk. It is a multiple of
	// 64, so that goroutines that make different chunks write to different words of
	// Bits. A read of one node from the file reads a chunk, and a chunk is one record
	// and one allocation.
	ChunkNodes = 1 << chunkBits
	chunkBits  = 10

	// Nowhere is the target of an edge that leaves the explored states. It is not a
	// node, so code that looks up a target excludes it first.
	Nowhere = ^uint32(0)

	// NodesMax is the largest number of nodes of a graph. Two values of a uint32 stay
	// free: the ranks of [components] need one for unseen nodes and one for finished
	// nodes.
	NodesMax = 1<<32 - 2
)

// Graph is a directed graph with labelled edges. Nodes are only ever added. Edges are
// set before and between searches; a search only reads them.
type Graph struct {
	chunks []edges   // by node>>chunkBits; empty for a chunk in the file
	nodes  int       // how many; the last chunk may have fewer than ChunkNodes
	memory allocator // the blocks that most edges are cut from

	store *store // nil if all edges are in memory
}

// edges has the edges of a chunk in compressed sparse row form. If the chunk has
// grown since, the last nodes have no edges yet. The zero value has no edges.
type edges struct {
	start []uint32 // the first edge of each node, and the number of edges
	to    []uint32 // the targets, Nowhere among them, in the order of Chunk.Add
	label Labels   // of the edges, by their index in to
	cut   bool     // the slices are parts of shared blocks, which stay in memory
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

// targets returns the targets of a node's edges.
func (e *edges) targets(node uint32) []uint32 {
	i := int(node % ChunkNodes)
	if i+1 >= len(e.start) {
		return nil
	}
	return e.to[e.start[i]:e.start[i+1]]
}

// New returns a graph without edges. It has at most NodesMax nodes.
func New(nodes int) *Graph {
	g := &Graph{}
	g.Grow(nodes)
	return g
}

// Grow adds nodes until the graph has at least the given number.
func (g *Graph) Grow(nodes int) {
	if nodes <= g.nodes {
		return
	}
	// The last chunk may have room for some of the new nodes. Its start list stays
	// short until the next Set, and edges.of treats a missing entry as no edges.
	more := (nodes+ChunkNodes-1)/ChunkNodes - len(g.chunks)
	g.nodes, g.chunks = nodes, append(g.chunks, make([]edges, more)...)
	if g.store != nil {
		g.store.places = append(g.store.places, make([]spill.Place, more)...)
	}
}

// Set replaces the edges of those nodes of the i-th chunk that c has begun; the edges
// of other nodes stay. Goroutines may set different chunks at the same time. The error
// is that of the file.
func (g *Graph) Set(i int, c *Chunk) error {
	nodes := min(ChunkNodes, g.nodes-i*ChunkNodes)
	if g.store != nil {
		return g.store.set(&g.chunks[i], i, c, nodes, &g.memory)
	}
	g.chunks[i] = c.over(&g.chunks[i], nodes, &g.memory)
	return nil
}

// Nodes returns the number of nodes.
func (g *Graph) Nodes() int { return g.nodes }

// Chunks returns the number of chunks.
func (g *Graph) Chunks() int { return len(g.chunks) }

// Edges returns the targets and labels of a node's edges. The edges must be in
// memory; a reader from [Graph.NewReader] also reads those in a file.
func (g *Graph) Edges(node uint32) (to []uint32, label Labels) {
	return g.chunks[node>>chunkBits].of(node)
}

// Targets returns the targets of a node's edges, which must be in memory.
func (g *Graph) Targets(node uint32) []uint32 { return g.chunks[node>>chunkBits].targets(node) }

// Size returns the number of edges in memory, and the size of that memory.
func (g *Graph) Size() (edges, bytes uint64) {
	for i := range g.chunks {
		c := &g.chunks[i]
		edges += uint64(len(c.to))
		bytes += c.bytes()
	}
	return edges, bytes
}

// Relabel replaces every label l by by[l], in place where it can. It must be called at most once, after the
// last Set: labels in the file are replaced when they are read, so a second
// replacement would need to be composed with the first. For the same reason no chunk
// of a later Set may go to the file.
func (g *Graph) Relabel(by []uint32) {
	for i := range g.chunks {
		e := &g.chunks[i]
		e.label = e.label.relabelled(by)
	}
	if g.store != nil {
		g.store.labels = by
	}
}

// Chunk collects edges of one chunk. The caller calls Begin for a node and then Add
// for each of its edges. The order of the nodes does not matter: the caller may come
// back to the chunk for nodes that turn out to be needed later. One Chunk may serve
// for many chunks of the graph: Reset keeps its memory.
type Chunk struct {
	from, end [ChunkNodes]uint32 // the range of each node's edges, counted from one; 0 if the node was not begun
	edges     []Edge             // in the order in which they were added
	labels    uint32             // the bitwise or of all labels
	node      uint32             // the last node that was begun
	next      uint32             // the least node that may be begun next in ascending order
	open      bool               // the last node may get more edges
	mixed     bool               // some node was begun out of that order
}

// Edge is a collected edge. Its label is always wide, since the largest label of the
// chunk is not known yet.
type Edge struct{ To, Label uint32 }

// Begin starts the edges of a node.
func (c *Chunk) Begin(node uint32) {
	c.close()
	node %= ChunkNodes
	c.mixed = c.mixed || node < c.next
	c.node, c.next, c.open = node, node+1, true
	c.from[node] = uint32(len(c.edges)) + 1
}

// close ends the edges of the last node. Again needs the node to be open, so the end
// is only written down when another node begins or the edges are merged.
func (c *Chunk) close() {
	if c.open {
		c.end[c.node], c.open = uint32(len(c.edges))+1, false
	}
}

// Add adds an edge to the node of the last Begin.
func (c *Chunk) Add(to, label uint32) {
	c.Room(1)[0] = Edge{to, label}
	c.Keep(1, label)
}

// Room returns memory for n more edges of the node of the last Begin. Keep adds the
// first of them. That is faster than Add for a caller who knows how many there may be.
func (c *Chunk) Room(n int) []Edge {
	if n > cap(c.edges)-len(c.edges) {
		// By append alone a long list would become only a quarter longer.
		c.edges = slices.Grow(c.edges, max(n, ChunkNodes, cap(c.edges)))
	}
	return c.edges[len(c.edges):][:n]
}

// Keep adds the first n edges of the memory that Room has returned. The argument labels
// is the bitwise or of their labels.
func (c *Chunk) Keep(n int, labels uint32) {
	c.edges = c.edges[:len(c.edges)+n]
	c.labels |= labels
}

// Again removes the edges of the last node, so that they can be added anew. The bits
// of the removed labels stay in labels: at worst the chunk's labels are wider than
// necessary.
func (c *Chunk) Again() {
	c.edges, c.open = c.edges[:c.from[c.node]-1], true
}

// Reset removes all edges and keeps the memory.
func (c *Chunk) Reset() {
	clear(c.from[:])
	c.edges, c.labels, c.next, c.open, c.mixed = c.edges[:0], 0, 0, false, false
}

// of returns a node's edges, and whether it was begun.
func (c *Chunk) of(node uint32) (list []Edge, begun bool) {
	from, end := c.from[node], c.end[node]
	if from == 0 {
		return nil, false
	}
	return c.edges[from-1 : end-1], true
}

// over merges the collected edges with old ones: a node that was begun has the new
// edges, any other node the old ones. The result has no spare capacity.
func (c *Chunk) over(old *edges, nodes int, m *allocator) edges {
	if len(old.start) > 0 {
		m = nil // an edge list that replaces another may be replaced again, so it is not put into a shared block
	}
	c.close()
	if len(old.start) == 0 && !c.mixed {
		return c.inOrder(nodes, m)
	}
	// Count first: the result is cut from a block of exactly the right size.
	n := 0
	for i := range uint32(nodes) {
		if list, begun := c.of(i); begun {
			n += len(list)
		} else {
			to, _ := old.of(i)
			n += len(to)
		}
	}
	e := m.edges(n, nodes, c.labels > narrowMax || old.label.wide != nil)
	for i := range uint32(nodes) {
		if list, begun := c.of(i); begun {
			e.add(list)
		} else {
			to, label := old.of(i)
			e.to = append(e.to, to...)
			for j := range to {
				e.label.add(label.At(j))
			}
		}
		e.start[i+1] = uint32(len(e.to))
	}
	return e
}

// inOrder does the same if there are no old edges and the nodes were begun in
// ascending order, as most are: the edges are then in the order of the result already.
func (c *Chunk) inOrder(nodes int, m *allocator) edges {
	e := m.edges(len(c.edges), nodes, c.labels > narrowMax)
	e.add(c.edges)
	end := uint32(0)
	for i := range nodes {
		if c.from[i] > 0 {
			end = c.end[i] - 1
		}
		e.start[i+1] = end
	}
	return e
}

// add appends collected edges, for which there is capacity.
func (e *edges) add(list []Edge) {
	n := len(e.to)
	e.to = e.to[:n+len(list)]
	to := e.to[n:]
	for i := range to {
		to[i] = list[i].To
	}
	if e.label.wide != nil {
		for i := range list {
			e.label.wide = append(e.label.wide, list[i].Label)
		}
		return
	}
	e.label.narrow = e.label.narrow[:n+len(list)]
	narrow := e.label.narrow[n:]
	for i := range narrow {
		narrow[i] = uint8(list[i].Label)
	}
}
