package digraph

import (
	"errors"
	"math/bits"
)

// ErrTooLarge is the error of a search that does not fit in memory. The property is
// then undecided; a search in a part of the subgraph could miss a run.
var ErrTooLarge = errors.New("the trimmed graph does not fit in memory")

// subgraph is the rest of a graph in files after trimming. It is in memory and numbers
// its nodes anew, in the same order. It serves the search for components and loops; stems
// are searched in the whole graph, because they may pass nodes that were trimmed. The
// order of nodes is kept, because trimming and components go by it for speed, and because
// the result must not depend on whether edges are in a file.
type subgraph struct {
	search *Search  // the search, in terms of the subgraph
	nodes  []uint32 // the node of the whole graph for each node of the subgraph
	live   Bits     // the nodes of the whole graph that are in the subgraph
	before []uint32 // for each word of live, the number of nodes in earlier words
}

// extract returns the subgraph that has all cycles. An edge that leaves it becomes
// an edge to Nowhere: no run in the subgraph takes the edge, but fairness needs to
// know that the action was enabled.
func (s *Search) extract(reader *Reader) (*subgraph, error) {
	live, err := trimAll(reader, s.Inside)
	if err != nil {
		return nil, err
	}
	if s.Room > 0 && s.subgraphBytes(reader, live) > s.Room {
		return nil, ErrTooLarge
	}
	// The new number of a node is its rank among the live ones: the live nodes in
	// earlier words, and those before it in its own word.
	p := &subgraph{live: live}
	for _, word := range live {
		p.before = append(p.before, uint32(len(p.nodes)))
		for range bits.OnesCount64(word) {
			p.nodes = append(p.nodes, 0)
		}
	}
	p.fill(s, reader)
	return p, reader.err
}

// subgraphBytes returns the memory that the subgraph and a search in it take.
func (s *Search) subgraphBytes(reader *Reader, live Bits) uint64 {
	const edge, node = 8, 4 + 4 + 4 + 12 + 4 + 4 // an entry of nodes and of start; a rank, a step on the path, an entry on the stack; a component
	n := uint64(0)
	for i := range live.All {
		n += node + edge*uint64(len(reader.Targets(i)))
	}
	return n
}

// fill copies the edges, and translates the sets of the search. Still is left out: a
// run that stays needs no edges, and Find looks for it in the whole graph.
func (p *subgraph) fill(s *Search, reader *Reader) {
	n := len(p.nodes)
	g := New(n)
	var c Chunk
	i := uint32(0)
	for node := range p.live.All {
		p.nodes[i] = node
		c.Begin(i)
		p.add(&c, s, reader, node)
		if i++; i%ChunkNodes == 0 || int(i) == n {
			chunk := int(i-1) / ChunkNodes
			g.chunks[chunk] = c.over(&edges{}, min(ChunkNodes, n-chunk*ChunkNodes), &g.memory)
			c.Reset()
		}
	}
	p.search = &Search{Graph: g, Fairness: s.Fairness, Inside: NewBits(n).Not(n), Sources: p.of(s.Sources)}
	for _, c := range s.Conditions {
		p.search.Conditions = append(p.search.Conditions, p.condition(c))
	}
}

// add adds the edges of a node to a chunk. Edges that leave the subgraph are kept only if
// their label belongs to a demand.
func (p *subgraph) add(c *Chunk, s *Search, reader *Reader, node uint32) {
	to, labels := reader.Edges(node)
	for i, t := range to {
		switch {
		case t != Nowhere && p.live.Has(t):
			c.Add(p.number(t), labels.At(i))
		case s.Fairness.DemandOf[labels.At(i)] >= 0:
			c.Add(Nowhere, labels.At(i))
		}
	}
}

// number translates a node of the whole graph.
func (p *subgraph) number(node uint32) uint32 {
	return p.before[node/64] + uint32(bits.OnesCount64(p.live[node/64]&(1<<(node%64)-1)))
}

// of translates a set of nodes of the whole graph.
func (p *subgraph) of(set Bits) Bits {
	b := NewBits(len(p.nodes))
	for i, node := range p.nodes {
		if set.Has(node) {
			b.Add(uint32(i))
		}
	}
	return b
}

// whole translates a set of nodes to the whole graph.
func (p *subgraph) whole(set Bits) Bits {
	b := make(Bits, len(p.live))
	for i := range set.All {
		b.Add(p.nodes[i])
	}
	return b
}

// loop translates a loop to the whole graph, in place. Labels are those of the whole
// graph already.
func (p *subgraph) loop(hops []Hop) []Hop {
	for i, h := range hops {
		hops[i].To = p.nodes[h.To]
	}
	return hops
}
