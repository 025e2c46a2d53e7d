package digraph

import "math/bits"

// components finds strongly connected components by Pearce's variant of Tarjan's
// algorithm, which needs one word a node. It has its own stacks instead of
// recursion, because a path can be as long as the number of nodes.
type components struct {
	graph *Graph
	visit func(nodes []uint32) // called with each component that has a cycle; nodes is valid during the call
	rank  []uint32             // unseen, done, or the rank of the oldest node on the path that the node reaches
	next  uint32               // the next rank to assign
	stack []uint32             // nodes whose component is not finished
	path  []step               // from the root to the node before the current one

	barred func(node, label uint32) bool // edges that are not followed, nil for none

	stopped bool // no further components are of interest
}

// step is a node on the path.
type step struct {
	node uint32
	edge uint32 // index of the next edge to follow
	rank uint32 // the node's position in the order of discovery
}

const (
	unseen = 0          // zero, so that a new slice of ranks has only unseen nodes
	done   = ^uint32(0) // also of nodes that are not searched; as the largest rank, it never wins a minimum
)

// newComponents returns a search of the nodes of live. Other nodes are done from the
// start, so no test for live is needed while edges are followed.
func newComponents(g *Graph, live Bits, visit func([]uint32)) *components {
	c := &components{graph: g, visit: visit, rank: make([]uint32, g.nodes)}
	for i := range c.rank {
		if !live.Has(uint32(i)) {
			c.rank[i] = done
		}
	}
	return c
}

// again searches the subgraph of the given nodes, which were done. All other nodes
// that they reach are done too and so are not entered: the components that are found
// are those of the subgraph.
func (c *components) again(nodes []uint32) {
	for _, n := range nodes {
		c.rank[n] = unseen
	}
	for _, n := range nodes {
		c.from(n)
	}
}

// from finds all components that are reachable from a node and were not found yet.
// When it returns, every node that it met is done, unless the search was stopped.
func (c *components) from(root uint32) {
	if c.rank[root] != unseen || c.stopped {
		return
	}
	// Ranks may begin anew with each root, which keeps them below the number of nodes.
	c.next = unseen + 1 // all nodes discovered earlier are done
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
		// What recursion would do on return: the parent reaches all that the child
		// reaches. The rank of a finished component is done and changes nothing.
		if n := len(c.path); n > 0 {
			before := c.path[n-1].node
			c.rank[before] = min(c.rank[before], c.rank[node])
		}
	}
}

// meet assigns a rank to a discovered node.
func (c *components) meet(node uint32) step {
	s := step{node: node, rank: c.next}
	c.rank[node] = c.next
	c.next++
	return s
}

// descend follows the edges of a node up to the first one to an unseen node.
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
		// The next call for this node continues behind the edge to the child.
		if r == unseen {
			rank[at.node], at.edge = oldest, uint32(i+1)
			return to, true
		}
		oldest = min(oldest, r)
	}
	rank[at.node] = oldest
	return 0, false
}

// finish ends a node whose edges were all followed. If the node reaches no older
// node of the path, it is the root of a component, which consists of it and the
// nodes above it on the stack.
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
	// A node alone has no cycle, unless an edge leads back to it.
	if len(nodes) > 1 || c.leadsBack(nodes[0]) {
		c.visit(nodes)
	}
	c.stack = c.stack[:first]
}

// leadsBack reports whether an edge of a node leads to the node itself. Only a graph of
// orbits has such edges: a step to another state of the same orbit.
func (c *components) leadsBack(node uint32) bool {
	targets, labels := c.graph.Edges(node)
	for i, to := range targets {
		if to == node && (c.barred == nil || !c.barred(node, labels.At(i))) {
			return true
		}
	}
	return false
}

// trim removes from inside most of the nodes from which no cycle is reachable. A
// node stays as long as one of its edges leads to a node that stays. Nodes are
// numbered in breadth-first order, so most edges go to larger numbers, and a sweep
// from the last node to the first removes most nodes at once. Sweeps are repeated
// while they pay.
func trim(g *Graph, inside Bits) Bits {
	live := inside.Clone()
	for left := live.Len(); left > 0; {
		removed := sweep(g, live)
		left -= removed
		if removed <= left/worthSweeping {
			break
		}
	}
	return live
}

// worthSweeping bounds the sweeps: another one pays if the last one has removed at
// least one node in worthSweeping, since a sweep is much cheaper than the search for
// components. Stopping early is sound: a node that stays costs time and changes no
// result.
const worthSweeping = 16

// sweep visits all nodes once, from the last to the first, and returns the number of
// nodes that it removed. The 64 nodes of a word are in one chunk. A node is removed only
// when its turn comes, so the nodes that a word has left are those at its beginning.
func sweep(g *Graph, live Bits) (removed int) {
	for word := len(live) - 1; word >= 0; word-- {
		if live[word] == 0 {
			continue
		}
		// The chunk is looked up once for 64 nodes.
		e := &g.chunks[word*64/ChunkNodes]
		for left := live[word]; left != 0; {
			i := bits.Len64(left) - 1
			left &^= 1 << i
			if !leadsOn(e.targets(uint32(word*64+i)), live) {
				live[word] &^= 1 << i
				removed++
			}
		}
	}
	return removed
}

// leadsOn reports whether a target is in live.
func leadsOn(targets []uint32, live Bits) bool {
	for _, to := range targets {
		if to != Nowhere && live.Has(to) {
			return true
		}
	}
	return false
}

// trimAll trims a graph whose edges may be in a file. It makes more sweeps than
// trim, because the remaining subgraph has to fit in memory.
func trimAll(r *Reader, inside Bits) (Bits, error) {
	// A sweep reads the whole file, yet each node that stays takes memory.
	const worthReading = 1 << 10
	live := inside.Clone()
	for left := live.Len(); left > 0; {
		removed := 0
		for i := r.graph.nodes - 1; i >= 0; i-- {
			if node := uint32(i); live.Has(node) && !leadsOn(r.Targets(node), live) {
				live.Remove(node)
				removed++
			}
		}
		if left -= removed; r.err != nil || removed <= left/worthReading {
			break
		}
	}
	return live, r.err
}
