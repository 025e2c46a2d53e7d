package layered

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// drawComponents makes the components of a random graph of nodes without a size.
func drawComponents(t *rapid.T, nodes int) []*component {
	g := Graph{Nodes: make([]Size, rapid.IntRange(1, nodes).Draw(t, "nodes"))}
	node := rapid.IntRange(0, len(g.Nodes)-1)
	for range rapid.IntRange(0, 3*nodes).Draw(t, "edges") {
		e := Edge{From: node.Draw(t, "from"), To: node.Draw(t, "to")}
		g.Edges = append(g.Edges, e)
	}
	return g.components()
}

// The reversed edges, and only they, lead up to a layer above.
func TestLayersAreInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		for _, c := range drawComponents(t, 20) {
			isReversed := c.cycleEdges()
			layers := c.assignLayers(isReversed)
			if slices.Min(layers) != 0 {
				t.Errorf("layers begin with %d", slices.Min(layers))
			}
			for i, e := range c.edges {
				if pair := e.downwards(isReversed[i]); e.From != e.To && layers[pair[0]] >= layers[pair[1]] {
					t.Errorf("%v, reversed %v, leads from layer %d to %d", e, isReversed[i], layers[e.From], layers[e.To])
				}
			}
		}
	})
}

// No edge is reversed where there is no cycle.
func TestNothingIsReversedInVain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		for _, c := range drawComponents(t, 20) {
			c.edges = slices.DeleteFunc(c.edges, func(e Edge) bool { return e.From <= e.To })
			if slices.Contains(c.cycleEdges(), true) {
				t.Errorf("an edge is reversed in %v", c.edges)
			}
		}
	})
}

// The network simplex method finds the least sum of lengths, as does trying all
// assignments.
func TestLengthsAreLeast(t *testing.T) {
	for seed := range uint64(40) {
		for _, c := range randomGraph(seed, 6, 10).components() {
			isReversed := c.cycleEdges()
			got := c.lengthOf(c.assignLayers(isReversed), isReversed)
			want := c.leastLength(make([]int, len(c.nodes)), 0, isReversed)
			if got != want {
				t.Errorf("seed %d: the edges are %d layers long in sum, and could be %d: %v", seed, got, want, c.edges)
			}
		}
	}
}

func randomGraph(seed uint64, nodes, edges int) Graph {
	r := rand.New(rand.NewPCG(seed, 0))
	g := Graph{Nodes: make([]Size, nodes)}
	for range edges {
		g.Edges = append(g.Edges, Edge{From: r.IntN(nodes), To: r.IntN(nodes)})
	}
	return g
}

// leastLength tries all layers for the nodes from next on.
func (c *component) leastLength(layers []int, next int, isReversed []bool) int {
	if next == len(layers) {
		return c.lengthOf(layers, isReversed)
	}
	least := math.MaxInt
	for l := range layers {
		layers[next] = l
		least = min(least, c.leastLength(layers, next+1, isReversed))
	}
	return least
}

// lengthOf is the sum of the edges' lengths without loops, or the largest number if
// one of them does not lead down.
func (c *component) lengthOf(layers []int, isReversed []bool) int {
	sum := 0
	for i, e := range c.edges {
		if e.From == e.To {
			continue
		}
		pair := e.downwards(isReversed[i])
		if layers[pair[0]] >= layers[pair[1]] {
			return math.MaxInt
		}
		sum += layers[pair[1]] - layers[pair[0]]
	}
	return sum
}

// sketchOf takes a component as far as its bends.
func sketchOf(c *component) *sketch {
	isReversed := c.cycleEdges()
	return c.bend(c.assignLayers(isReversed), isReversed)
}

// Crossings are counted as a comparison of all pairs of links counts them, and an
// order is never worse than the first.
func TestCrossingsAreCounted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		for _, c := range drawComponents(t, 12) {
			s := sketchOf(c)
			s.firstOrder()
			first := s.crossings()
			if want := s.crossingPairs(); first != want {
				t.Errorf("counted %d crossings, there are %d", first, want)
			}
			s = sketchOf(c)
			s.orderLayers()
			if n := s.crossings(); n > first || n != s.crossingPairs() {
				t.Errorf("there were %d crossings, there are %d, and %d are counted", first, s.crossingPairs(), n)
			}
		}
	})
}

func (s *sketch) crossingPairs() int {
	n := 0
	for _, layer := range s.layers {
		var links [][2]int // by the places of their ends
		for _, v := range layer {
			for _, w := range s.items[v].down {
				links = append(links, [2]int{s.items[v].place, s.items[w].place})
			}
		}
		for i, a := range links {
			for _, b := range links[:i] {
				if (a[0]-b[0])*(a[1]-b[1]) < 0 {
					n++
				}
			}
		}
	}
	return n
}

// Every item has one place in its layer.
func TestOrderHasEveryItem(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		for _, c := range drawComponents(t, 12) {
			s := sketchOf(c)
			s.orderLayers()
			items := 0
			for l, layer := range s.layers {
				for i, v := range layer {
					if s.items[v].layer != l || s.items[v].place != i {
						t.Errorf("item %d is in layer %d at %d, and says %d at %d", v, l, i, s.items[v].layer, s.items[v].place)
					}
				}
				items += len(layer)
			}
			if items != len(s.items) {
				t.Errorf("%d of %d items are in layers", items, len(s.items))
			}
		}
	})
}

// Some graphs can be drawn without a crossing, and are.
func TestNoCrossingWhereNoneIsNeeded(t *testing.T) {
	tree, grid := Graph{Nodes: make([]Size, 63)}, Graph{Nodes: make([]Size, 36)}
	for v := 1; v < len(tree.Nodes); v++ {
		tree.Edges = append(tree.Edges, Edge{From: (v - 1) / 2, To: v})
	}
	for v := range grid.Nodes {
		if v%6 < 5 {
			grid.Edges = append(grid.Edges, Edge{From: v, To: v + 1})
		}
		if v/6 < 5 {
			grid.Edges = append(grid.Edges, Edge{From: v, To: v + 6})
		}
	}
	for name, g := range map[string]Graph{"a tree": tree, "a grid": grid} {
		s := sketchOf(g.components()[0])
		s.orderLayers()
		if n := s.crossings(); n != 0 {
			t.Errorf("%s has %d crossings", name, n)
		}
	}
}

// The number of crossings in random graphs is pinned: a change is a finding.
// Without exchanges, 187 are left.
func TestFewEdgesCross(t *testing.T) {
	first, last := 0, 0
	for seed := range uint64(20) {
		for _, c := range randomGraph(seed, 20, 32).components() {
			s := sketchOf(c)
			s.firstOrder()
			first += s.crossings()
			s = sketchOf(c)
			s.orderLayers()
			last += s.crossings()
		}
	}
	if first != 639 || last != 180 {
		t.Errorf("of %d crossings %d are left; it was 180 of 639", first, last)
	}
}

// Edges are straight as long as they pass layers, unless two of them cross there.
func TestLongEdgesAreStraight(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		for _, c := range drawComponents(t, 12) {
			s := sketchOf(c)
			s.orderLayers()
			s.assignColumns()
			for v := range s.items {
				if u := s.innerLink(v); u >= 0 && s.x[u] != s.x[v] && !s.crossesInnerLink(u, v) {
					t.Errorf("the link from bend %d to bend %d goes from %v to %v", u, v, s.x[u], s.x[v])
				}
			}
		}
	})
}

func (s *sketch) crossesInnerLink(u, v int) bool {
	return slices.ContainsFunc(s.layers[s.items[v].layer], func(w int) bool {
		other := s.innerLink(w)
		return other >= 0 && (s.items[other].place-s.items[u].place)*(s.items[w].place-s.items[v].place) < 0
	})
}

// Every block is as near to one right of it as it may be.
func TestBlocksTouch(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		for _, c := range drawComponents(t, 12) {
			s := sketchOf(c)
			s.orderLayers()
			o := s.orient(rapid.Bool().Draw(t, "upright"), rapid.Bool().Draw(t, "mirrored"))
			root := o.align(s.conflicts())
			x := o.compact(root)
			for b, next := range o.blocks(root).next {
				room := math.Inf(1)
				for _, n := range next {
					room = min(room, x[n.block]-n.gap-x[b])
				}
				if len(next) > 0 && math.Abs(room) > 1e-9 {
					t.Errorf("block %d could be %v further right", b, room)
				}
			}
		}
	})
}

// The results from the left begin at the left border of the least wide one, and
// those from the right end at its right border.
func TestResultsAreAligned(t *testing.T) {
	for seed := range uint64(20) {
		s := sketchOf(randomGraph(seed, 20, 32).components()[0])
		s.orderLayers()
		var results [4][]float64
		for i := range results {
			results[i] = s.orient(i < 2, i%2 == 1).columns(s.conflicts())
		}
		s.alignResults(&results)
		var left, right [4]float64
		for i, x := range results {
			left[i], right[i] = s.extent(x)
		}
		begin, end := slices.Max(left[:]), slices.Min(right[:])
		for i := range results {
			if i%2 == 0 && begin-left[i] > 1e-9 || i%2 == 1 && right[i]-end > 1e-9 {
				t.Errorf("seed %d: result %d goes from %v to %v, the least wide one from %v to %v", seed, i, left[i], right[i], begin, end)
			}
		}
	}
}

// Labels of edges that pass the same layers are in rows of equal length.
func TestLabelsAreSpread(t *testing.T) {
	g := Graph{Nodes: make([]Size, 4)}
	for v := range 3 {
		g.Edges = append(g.Edges, Edge{v, v + 1, Size{50, 20}}, Edge{0, 3, Size{50, 20}})
	}
	s := sketchOf(g.components()[0])
	labels := map[int]int{}
	for _, b := range s.labels {
		labels[s.items[b].layer]++
	}
	if labels[1] != 2 || labels[3] != 2 || labels[5] != 2 {
		t.Errorf("by layer there are %v labels, want two in each of 1, 3 and 5", labels)
	}
}

// The gap between layers grows with the way to the side.
func TestWideLinksAreNotFlat(t *testing.T) {
	g := Graph{Nodes: make([]Size, 12)}
	for v := 1; v < len(g.Nodes); v++ {
		g.Nodes[v] = Size{150, 20}
		g.Edges = append(g.Edges, Edge{From: 0, To: v})
	}
	d, err := Layout(g)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range d.Edges {
		start, end := e.Curve[0], e.Curve[len(e.Curve)-1]
		if flat := math.Abs(end.X-start.X) / (end.Y - start.Y); flat > steepness {
			t.Errorf("an edge goes from %v to %v, %v pixels to the side for each down", start, end, flat)
		}
	}
}

// Edges do not end in the same place of a node.
func TestEndsAreApart(t *testing.T) {
	for _, width := range []float64{30, 300} {
		g := Graph{Nodes: []Size{{width, 20}}}
		for v := 1; v < 8; v++ {
			g.Nodes = append(g.Nodes, Size{200, 20})
			g.Edges = append(g.Edges, Edge{From: 0, To: v})
		}
		d, err := Layout(g)
		if err != nil {
			t.Fatal(err)
		}
		var starts []float64
		for _, e := range d.Edges {
			starts = append(starts, e.Curve[0].X)
		}
		slices.Sort(starts)
		want := min(portGap, (width-2*portInset)/6) - 1e-9
		for i, x := range starts[1:] {
			if x-starts[i] < want {
				t.Errorf("at a node that is %v wide, edges start at %v", width, starts)
			}
		}
	}
}
