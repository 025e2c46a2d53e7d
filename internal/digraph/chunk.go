package digraph

// Chunk is edges of ChunkNodes nodes in the making. They are made by calling Begin
// for a node, and then Add for each of its edges; nodes come in any order.
type Chunk struct {
	from, end [ChunkNodes]uint32 // of each node's edges, from one on; 0 where none was begun
	to        []uint32
	label     []uint32
	labels    uint32 // all of them together, by or
	node      uint32 // the one begun last
	open      bool   // its end is not known yet
}

// Begin starts a node.
func (c *Chunk) Begin(node uint32) {
	c.close()
	c.node, c.open = node%ChunkNodes, true
	c.from[c.node] = uint32(len(c.to)) + 1
}

// close ends the node begun last.
func (c *Chunk) close() {
	if c.open {
		c.end[c.node], c.open = uint32(len(c.to))+1, false
	}
}

// Add adds an edge to the node begun last.
func (c *Chunk) Add(to, label uint32) {
	c.to = append(c.to, to)
	c.label = append(c.label, label)
	c.labels |= label
}

// Again takes back the edges of the node begun last.
func (c *Chunk) Again() {
	n := c.from[c.node] - 1
	c.to, c.label, c.open = c.to[:n], c.label[:n], true
}

// Reset empties the chunk for new use.
func (c *Chunk) Reset() {
	clear(c.from[:])
	c.to, c.label, c.labels, c.open = c.to[:0], c.label[:0], 0, false
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
func (c *Chunk) over(old *edges, nodes int, m *memory) edges {
	if len(old.start) > 0 {
		m = nil // what takes the place of others has memory of its own
	}
	c.close()
	n := 0
	for i := range uint32(nodes) {
		to, _, begun := c.of(i)
		if !begun {
			to, _ = old.of(i)
		}
		n += len(to)
	}
	all := m.words(n + nodes + 1)
	e := edges{to: all[:0:n], start: all[n:], label: m.labels(n, c.labels > narrowMax || old.label.wide != nil), cut: m != nil}
	for i := range uint32(nodes) {
		if to, label, begun := c.of(i); begun {
			e.to = append(e.to, to...)
			for _, l := range label {
				e.label.add(l)
			}
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
