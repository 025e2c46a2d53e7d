package layered

// cycleEdges are edges that break all cycles when they are reversed: those that
// lead back to a node on the path from the root of a depth-first search. The
// search starts at the nodes in their order, so a node that all others are
// reached from is above them all if it is the first.
func (c *component) cycleEdges() (isReversed []bool) {
	d := depthFirst{edges: c.edges, out: make([][]int, len(c.nodes)), state: make([]visit, len(c.nodes)), back: make([]bool, len(c.edges))}
	for i, e := range c.edges {
		d.out[e.From] = append(d.out[e.From], i)
	}
	for v := range c.nodes {
		if d.state[v] == unseen {
			d.visit(v)
		}
	}
	return d.back
}

type visit uint8

const (
	unseen visit = iota
	onPath       // between the root and the node at hand
	finished
)

type depthFirst struct {
	edges []Edge
	out   [][]int
	state []visit
	back  []bool
}

func (d *depthFirst) visit(v int) {
	d.state[v] = onPath
	for _, i := range d.out[v] {
		switch w := d.edges[i].To; d.state[w] {
		case unseen:
			d.visit(w)
		case onPath:
			d.back[i] = true
		}
	}
	d.state[v] = finished
}
