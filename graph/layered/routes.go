package layered

import (
	"cmp"
	"math"
	"slices"
)

const (
	tipRoom   = 10.0 // above and below nodes, where edges go straight and have their tips
	portInset = 10.0 // between the corner of a node and the ends of edges
	portGap   = 14.0 // between the ends of edges, if there is room
	gapMax    = 48.0 // between layers, for links that lead far to the side
	steepness = 12.0 // how far to the side a link may lead for each pixel of the gap
)

// router places layers and draws the edges of a sketch.
type router struct {
	*sketch
	start, end  []float64 // by edge: where its upper and its lower end are
	top, bottom []float64 // by layer
}

// draw makes the drawing of a component, with its corner at (0, 0).
func (s *sketch) draw() Drawing {
	left, right := s.extent(s.x)
	for v := range s.x {
		s.x[v] -= left
	}
	r := &router{sketch: s, start: make([]float64, len(s.edges)), end: make([]float64, len(s.edges))}
	r.placeEnds()
	r.placeLayers()
	d := Drawing{Width: right - left, Height: r.bottom[len(r.bottom)-1] - tipRoom, Edges: make([]Route, len(s.edges))}
	for v := range s.nodes {
		d.Nodes = append(d.Nodes, r.at(v))
	}
	for e, chain := range s.chains {
		if len(chain) > 0 {
			d.Edges[e] = Route{Label: r.at(s.labels[e]), Curve: r.curve(e)}
		}
	}
	for v := range s.nodes {
		s.drawLoops(v, d.Nodes[v], d.Edges)
	}
	return d
}

func (r *router) at(v int) Point {
	l := r.items[v].layer
	return Point{r.x[v], (r.top[l] + r.bottom[l]) / 2}
}

// placeEnds spreads the ends of edges along the borders of nodes, in the order of
// the bends that they lead to.
func (r *router) placeEnds() {
	for v, n := range r.nodes {
		t := &r.items[v]
		r.spread(v, n.Width, t.down, r.start)
		r.spread(v, n.Width, t.up, r.end)
	}
}

// spread places the ends at one border of a node: each towards its bend, and then
// apart.
func (r *router) spread(v int, width float64, bends []int, ends []float64) {
	bends = slices.Clone(bends)
	slices.SortFunc(bends, func(a, b int) int { return cmp.Compare(r.items[a].place, r.items[b].place) })
	half := max(0, width/2-portInset)
	gap := portGap
	if len(bends) > 1 {
		gap = min(gap, 2*half/float64(len(bends)-1))
	}
	next := -half
	for _, b := range bends {
		at := max(next, towards(r.x[b]-r.x[v], half))
		ends[r.items[b].edge] = r.x[v] + at
		next = at + gap
	}
	next = half
	for _, b := range slices.Backward(bends) {
		at := min(next, ends[r.items[b].edge]-r.x[v])
		ends[r.items[b].edge] = r.x[v] + at
		next = at - gap
	}
}

// towards is where an edge ends whose bend is so far aside of a node's axis: above
// or below the bend if it is near, and the nearer to half the farther it is.
func towards(aside, half float64) float64 {
	near := half / 2
	beyond := math.Abs(aside) - near
	if beyond <= 0 {
		return aside
	}
	return math.Copysign(near+near*beyond/(beyond+half), aside)
}

// placeLayers stacks the layers. The gap between two is higher if links have to go
// far to the side.
func (r *router) placeLayers() {
	aside := make([]float64, len(r.layers)) // the farthest between a layer and the next
	for e, chain := range r.chains {
		for i := range len(chain) - 1 {
			from, to := r.link(e, i)
			l := r.items[chain[i]].layer
			aside[l] = max(aside[l], math.Abs(to-from))
		}
	}
	y := -tipRoom // no edge is above the first layer
	for l := range r.layers {
		r.top = append(r.top, y)
		r.bottom = append(r.bottom, y+r.height(l))
		y = r.bottom[l] + max(layerGap, min(gapMax, aside[l]/steepness))
	}
}

func (r *router) height(l int) float64 {
	highest := 0.0
	for _, v := range r.layers[l] {
		highest = max(highest, r.items[v].height)
	}
	if l%2 == 0 {
		highest += 2 * tipRoom
	}
	return highest
}

// link is the x coordinates at the two ends of a link of an edge.
func (r *router) link(edge, i int) (from, to float64) {
	chain := r.chains[edge]
	from, to = r.x[chain[i]], r.x[chain[i+1]]
	if i == 0 {
		from = r.start[edge]
	}
	if i == len(chain)-2 {
		to = r.end[edge]
	}
	return from, to
}

// curve is the course of an edge: straight down where it passes a layer, so that it
// meets nothing there, and from one side to the other between layers.
func (r *router) curve(edge int) []Point {
	chain := r.chains[edge]
	upper, lower := chain[0], chain[len(chain)-1]
	c := course{{r.start[edge], r.at(upper).Y + r.nodes[upper].Height/2}}
	for i, v := range chain[1:] {
		u := chain[i]
		from, to := r.link(edge, i)
		c.line(Point{from, r.bottom[r.items[u].layer]})
		c.bow(Point{to, r.top[r.items[v].layer]})
	}
	c.line(Point{r.end[edge], r.at(lower).Y - r.nodes[lower].Height/2})
	if r.isReversed[edge] {
		slices.Reverse(c)
	}
	return c
}

// course is a chain of cubic Bézier curves.
type course []Point

func (c *course) last() Point { return (*c)[len(*c)-1] }

// line goes straight to a point.
func (c *course) line(to Point) {
	if from := c.last(); from != to {
		*c = append(*c, between(from, to, 1./3), between(from, to, 2./3), to)
	}
}

// bow goes to a point, and starts and ends upright. Two bows between the same
// heights cross where straight lines would.
func (c *course) bow(to Point) {
	from := c.last()
	middle := (from.Y + to.Y) / 2
	*c = append(*c, Point{from.X, middle}, Point{to.X, middle}, to)
}

func between(from, to Point, share float64) Point {
	return Point{from.X + share*(to.X-from.X), from.Y + share*(to.Y-from.Y)}
}
