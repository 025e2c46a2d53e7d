package digraph

import (
	"errors"
	"math/bits"
)

// ErrTooLarge is a search for which there is no memory.
var ErrTooLarge = errors.New("what is left of the graph when it is trimmed does not fit in memory")

// part is what is left of a graph in files when it was trimmed: a graph in memory,
// with numbers of its own.
type part struct {
	search *Search // the same search in it
	nodes  []uint32
	live   Bits     // the same, as a set
	before []uint32 // how many of them are before each word of live
}

// cut makes the part of the graph that cycles are in. An edge that leads out of it
// becomes one to Nowhere, for what matters about it is only that it is possible.
func (s *Search) cut(reader *Reader) (*part, error) {
	live, err := trimAll(reader, s.Inside)
	if err != nil {
		return nil, err
	}
	if s.Room > 0 && s.partBytes(reader, live) > s.Room {
		return nil, ErrTooLarge
	}
	p := &part{live: live}
	for _, word := range live {
		p.before = append(p.before, uint32(len(p.nodes)))
		for range bits.OnesCount64(word) {
			p.nodes = append(p.nodes, 0)
		}
	}
	p.fill(s, reader)
	return p, reader.err
}

// partBytes is what the part and a search in it take.
func (s *Search) partBytes(reader *Reader, live Bits) uint64 {
	const edge, node = 8, 4 + 4 + 4 + 12 + 4 + 4 // its name and start; a rank, a place on the path and the stack; a component
	n := uint64(0)
	for i := range live.All {
		n += node + edge*uint64(len(reader.Targets(i)))
	}
	return n
}

// fill makes the graph, and the sets of the search.
func (p *part) fill(s *Search, reader *Reader) {
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

func (p *part) add(c *Chunk, s *Search, reader *Reader, node uint32) {
	to, labels := reader.Edges(node)
	for i, t := range to {
		switch {
		case t != Nowhere && p.live.Has(t):
			c.Add(p.number(t), labels.At(i))
		case s.Fairness.DemandOf[labels.At(i)] >= 0: // a condition is about steps that are taken
			c.Add(Nowhere, labels.At(i))
		}
	}
}

// number is what a node is called in the part.
func (p *part) number(node uint32) uint32 {
	return p.before[node/64] + uint32(bits.OnesCount64(p.live[node/64]&(1<<(node%64)-1)))
}

// of is a set, in the part.
func (p *part) of(set Bits) Bits {
	b := NewBits(len(p.nodes))
	for i, node := range p.nodes {
		if set.Has(node) {
			b.Add(uint32(i))
		}
	}
	return b
}

// whole is a set of the part, in the whole graph.
func (p *part) whole(set Bits) Bits {
	b := make(Bits, len(p.live))
	for i := range set.All {
		b.Add(p.nodes[i])
	}
	return b
}

// loop is a way round, in the whole graph.
func (p *part) loop(hops []Hop) []Hop {
	for i, h := range hops {
		hops[i].To = p.nodes[h.To]
	}
	return hops
}
