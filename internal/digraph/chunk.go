package digraph

// Chunk is edges of ChunkNodes nodes in the making. They are made by calling Begin
// for a node, and then Add for each of its edges; nodes come in any order.
type Chunk struct {
	from, end [ChunkNodes]uint32 // of each node's edges, from one on; 0 where none was begun
	to        []uint32
	label     []uint32
	node      uint32 // the one begun last
}

// Begin starts a node.
func (c *Chunk) Begin(node uint32) {
	c.node = node % ChunkNodes
	c.from[c.node] = uint32(len(c.to)) + 1
	c.end[c.node] = c.from[c.node]
}

// Add adds an edge to the node begun last.
func (c *Chunk) Add(to, label uint32) {
	c.to = append(c.to, to)
	c.label = append(c.label, label)
	c.end[c.node]++
}

// Again takes back the edges of the node begun last.
func (c *Chunk) Again() {
	n := c.from[c.node] - 1
	c.to, c.label = c.to[:n], c.label[:n]
	c.end[c.node] = c.from[c.node]
}

// Reset empties the chunk for new use.
func (c *Chunk) Reset() {
	clear(c.from[:])
	c.to, c.label = c.to[:0], c.label[:0]
}

// of returns a node's edges, and whether it was begun.
func (c *Chunk) of(node uint32) (to, label []uint32, begun bool) {
	from, end := c.from[node], c.end[node]
	if from == 0 {
		return nil, nil, false
	}
	return c.to[from-1 : end-1], c.label[from-1 : end-1], true
}

// over returns the edges of so many nodes without room to spare: those that were
// begun, and where none were, the old ones.
func (c *Chunk) over(old *edges, nodes int) edges {
	n := 0
	for i := range uint32(nodes) {
		to, _, begun := c.of(i)
		if !begun {
			to, _ = old.of(i)
		}
		n += len(to)
	}
	all := make([]uint32, 2*n+nodes+1)
	e := edges{to: all[:0:n], label: all[n : n : 2*n], start: all[2*n:]}
	for i := range uint32(nodes) {
		to, label, begun := c.of(i)
		if !begun {
			to, label = old.of(i)
		}
		e.to, e.label = append(e.to, to...), append(e.label, label...)
		e.start[i+1] = uint32(len(e.to))
	}
	return e
}
