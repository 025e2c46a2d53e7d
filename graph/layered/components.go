package layered

import "math"

// component is a connected part of a graph, with nodes and edges numbered anew.
type component struct {
	nodes          []Size
	edges          []Edge
	nodeOf, edgeOf []int // the numbers in the whole graph
	drawing        Drawing
}

// components are the connected parts, in the order of their first nodes.
func (g Graph) components() []*component {
	beside := make([][]int, len(g.Nodes))
	for _, e := range g.Edges {
		beside[e.From] = append(beside[e.From], e.To)
		beside[e.To] = append(beside[e.To], e.From)
	}
	var all []*component
	number := make([]int, len(g.Nodes)) // of the node in its component
	owner := make([]*component, len(g.Nodes))
	for v := range g.Nodes {
		if owner[v] == nil {
			c := &component{}
			all = append(all, c)
			claim(c, v, beside, owner)
		}
		c := owner[v]
		number[v] = len(c.nodes)
		c.nodes, c.nodeOf = append(c.nodes, g.Nodes[v]), append(c.nodeOf, v)
	}
	for i, e := range g.Edges {
		c := owner[e.From]
		c.edges = append(c.edges, Edge{number[e.From], number[e.To], e.Label})
		c.edgeOf = append(c.edgeOf, i)
	}
	return all
}

// claim makes c the owner of a node and of all nodes that are connected with it.
func claim(c *component, v int, beside [][]int, owner []*component) {
	owner[v] = c
	for open := []int{v}; len(open) > 0; {
		v, open = open[len(open)-1], open[:len(open)-1]
		for _, w := range beside[v] {
			if owner[w] == nil {
				owner[w] = c
				open = append(open, w)
			}
		}
	}
}

// layOut takes a component through all steps.
func (c *component) layOut() {
	isReversed := c.cycleEdges()
	layers := c.assignLayers(isReversed)
	s := c.bend(layers, isReversed)
	s.orderLayers()
	s.assignColumns()
	c.drawing = s.draw()
}

// pack puts the drawings of components into rows, a row about as long as is good
// for a picture that is wider than high.
func (d *Drawing) pack(components []*component) {
	const ratio = 1.6 // of width and height
	area, longest := 0.0, 0.0
	for _, c := range components {
		area += (c.drawing.Width + nodeGap) * (c.drawing.Height + nodeGap)
		longest = max(longest, c.drawing.Width)
	}
	longest = max(longest, math.Sqrt(area*ratio))
	x, y, height := margin, margin, 0.0
	for _, c := range components {
		if x > margin && x+c.drawing.Width > margin+longest {
			x, y, height = margin, y+height+2*layerGap, 0
		}
		d.add(c, Point{x, y})
		d.Width = max(d.Width, x+c.drawing.Width+margin)
		x += c.drawing.Width + nodeGap
		height = max(height, c.drawing.Height)
		d.Height = y + height + margin
	}
}

// add puts the drawing of a component at a place in that of the graph.
func (d *Drawing) add(c *component, at Point) {
	for i, n := range c.drawing.Nodes {
		d.Nodes[c.nodeOf[i]] = n.plus(at)
	}
	for i, r := range c.drawing.Edges {
		for j := range r.Curve {
			r.Curve[j] = r.Curve[j].plus(at)
		}
		r.Label = r.Label.plus(at)
		d.Edges[c.edgeOf[i]] = r
	}
}

func (p Point) plus(q Point) Point { return Point{p.X + q.X, p.Y + q.Y} }
