package digraph

// components finds strongly connected components. It keeps one word a node, and
// its own stacks, for a path can be as long as there are nodes.
type components struct {
	graph *Graph
	visit func(nodes []uint32) // is given each component of two nodes or more
	rank  []uint32             // unseen, done, or in which order the oldest node was met that it leads back to
	next  uint32               // the next rank
	stack []uint32             // nodes whose component is not finished
	path  []step               // from the root to the node before the current one

	barred func(node, label uint32) bool // edges that are not followed, nil for none

	stopped bool // no further components are of interest
}

// step is a node on the path.
type step struct {
	node uint32
	edge uint32 // the next of its edges to follow
	rank uint32 // when it was met
}

const (
	unseen = 0
	done   = ^uint32(0) // or not in the part that is searched
)

// newComponents prepares a search among the nodes of live.
func newComponents(g *Graph, live Bits, visit func([]uint32)) *components {
	c := &components{graph: g, visit: visit, rank: make([]uint32, g.nodes)}
	for i := range c.rank {
		if !live.Has(uint32(i)) {
			c.rank[i] = done
		}
	}
	return c
}

// again makes these nodes, which were done, the part that is searched.
func (c *components) again(nodes []uint32) {
	for _, n := range nodes {
		c.rank[n] = unseen
	}
	for _, n := range nodes {
		c.from(n)
	}
}

// from finds all components that can be reached from a node and were not found
// yet.
func (c *components) from(root uint32) {
	if c.rank[root] != unseen || c.stopped {
		return
	}
	c.next = unseen + 1 // of what was met before, everything is done
	c.path = append(c.path[:0], c.meet(root))
	for len(c.path) > 0 && !c.stopped {
		at := &c.path[len(c.path)-1]
		if child, ok := c.descend(at); ok {
			c.path = append(c.path, c.meet(child))
			continue
		}
		node := at.node
		c.finish(*at)
		c.path = c.path[:len(c.path)-1]
		if n := len(c.path); n > 0 {
			before := c.path[n-1].node
			c.rank[before] = min(c.rank[before], c.rank[node])
		}
	}
}

func (c *components) meet(node uint32) step {
	s := step{node: node, rank: c.next}
	c.rank[node] = c.next
	c.next++
	return s
}

// descend follows a node's edges up to one that leads to an unseen node.
func (c *components) descend(at *step) (child uint32, ok bool) {
	targets, rank := c.graph.Targets(at.node), c.rank
	oldest := rank[at.node]
	var labels Labels
	if c.barred != nil {
		_, labels = c.graph.Edges(at.node)
	}
	for i := int(at.edge); i < len(targets); i++ {
		to := targets[i]
		if to == Nowhere || c.barred != nil && c.barred(at.node, labels.At(i)) {
			continue
		}
		r := rank[to]
		if r == unseen {
			rank[at.node], at.edge = oldest, uint32(i+1)
			return to, true
		}
		oldest = min(oldest, r)
	}
	rank[at.node] = oldest
	return 0, false
}

// finish is for a node whose edges were all followed. If it leads back to no node
// before it, it and what is on the stack above it are a component.
func (c *components) finish(at step) {
	c.stack = append(c.stack, at.node)
	if c.rank[at.node] < at.rank {
		return
	}
	first := len(c.stack) - 1
	for first > 0 && c.rank[c.stack[first-1]] >= at.rank {
		first--
	}
	nodes := c.stack[first:]
	for _, n := range nodes {
		c.rank[n] = done
	}
	if len(nodes) > 1 {
		c.visit(nodes)
	}
	c.stack = c.stack[:first]
}
