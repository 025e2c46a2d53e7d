package layered

import "slices"

// sketch is a component in layers: its nodes, and for each layer that an edge
// passes a bend. Layers with even numbers have the nodes, those between them have
// the labels.
type sketch struct {
	*component
	items  []item  // the nodes with their numbers, then the bends
	layers [][]int // items from left to right
	chains [][]int // by edge: its items from top to bottom, from node to node; none for a loop
	labels []int   // by edge: the bend with its label
	loops  [][]int // by node: the edges from it to itself

	isReversed []bool    // by edge: its chain begins where the edge ends
	x          []float64 // by item: the axis
}

// item is a node, or a bend of an edge.
type item struct {
	layer, place int     // the place is counted from the left
	left, right  float64 // how far it extends from its axis
	height       float64
	edge         int   // the edge of a bend, -1 for a node
	up, down     []int // the items that it is linked with in the layers above and below
}

func (i *item) isBend() bool { return i.edge >= 0 }

// bend cuts the edges into links from each layer to the next.
func (c *component) bend(layerOf []int, isReversed []bool) *sketch {
	s := &sketch{component: c, isReversed: isReversed, layers: make([][]int, 2*slices.Max(layerOf)+1),
		chains: make([][]int, len(c.edges)), labels: make([]int, len(c.edges)), loops: make([][]int, len(c.nodes))}
	for i, e := range c.edges {
		if e.From == e.To {
			s.loops[e.From] = append(s.loops[e.From], i)
		}
	}
	for v, n := range c.nodes {
		loops := s.loopsSize(v)
		s.items = append(s.items, item{layer: 2 * layerOf[v], edge: -1,
			left: n.Width / 2, right: n.Width/2 + loops.Width, height: max(n.Height, loops.Height)})
	}
	for i, e := range c.edges {
		if e.From != e.To {
			s.chain(i, e.downwards(isReversed[i]))
		}
	}
	s.placeLabels()
	return s
}

// chain makes the bends of an edge.
func (s *sketch) chain(edge int, ends [2]int) {
	upper, lower := ends[0], ends[1]
	chain := []int{upper}
	for l := s.items[upper].layer + 1; l < s.items[lower].layer; l++ {
		chain = append(chain, len(s.items))
		s.items = append(s.items, item{layer: l, edge: edge})
	}
	chain = append(chain, lower)
	for i, v := range chain[1:] {
		u := chain[i]
		s.items[u].down = append(s.items[u].down, v)
		s.items[v].up = append(s.items[v].up, u)
	}
	s.chains[edge] = chain
}

// placeLabels puts each label into the layer with the shortest row of labels among
// those that its edge passes. Short edges have no choice, so they come first.
func (s *sketch) placeLabels() {
	row := make([]float64, len(s.layers))
	for _, isLong := range []bool{false, true} {
		for e, chain := range s.chains {
			if len(chain) == 0 || len(chain) > 3 != isLong {
				continue
			}
			best := chain[1]
			for i := 1; i < len(chain)-1; i += 2 {
				if row[s.items[chain[i]].layer] < row[s.items[best].layer] {
					best = chain[i]
				}
			}
			s.label(e, best)
			row[s.items[best].layer] += s.edges[e].Label.Width + bendGap
		}
	}
}

// label makes room for the label of an edge at one of its bends.
func (s *sketch) label(edge, bend int) {
	size := s.edges[edge].Label
	s.labels[edge] = bend
	s.items[bend].left, s.items[bend].right, s.items[bend].height = size.Width/2, size.Width/2, size.Height
}
