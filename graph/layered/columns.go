package layered

import (
	"math"
	"slices"
)

// assignColumns gives each item its x coordinate.
//
// It is the method of U. Brandes and B. Köpf, Fast and simple horizontal coordinate
// assignment, Graph Drawing 2001, LNCS 2265: items are aligned with their median
// neighbours into blocks, which are then pushed together. This is done four times,
// with the neighbours above and below, from the left and from the right, and each
// item gets the mean of the two middle results. The blocks are pushed together
// along the longest paths between them, rather than class by class, so that items
// of different widths cannot overlap.
func (s *sketch) assignColumns() {
	marked := s.conflicts()
	var results [4][]float64
	for i := range results {
		results[i] = s.orient(i < 2, i%2 == 1).columns(marked)
	}
	s.alignResults(&results)
	s.x = make([]float64, len(s.items))
	for v := range s.x {
		four := []float64{results[0][v], results[1][v], results[2][v], results[3][v]}
		slices.Sort(four)
		s.x[v] = (four[1] + four[2]) / 2
	}
}

// alignResults moves all results to the one that is least wide: those from the left
// to its left border, those from the right to its right border.
func (s *sketch) alignResults(results *[4][]float64) {
	var left, right [4]float64
	narrowest := 0
	for i, x := range results {
		left[i], right[i] = s.extent(x)
		if right[i]-left[i] < right[narrowest]-left[narrowest] {
			narrowest = i
		}
	}
	for i, x := range results {
		shift := left[narrowest] - left[i]
		if i%2 == 1 {
			shift = right[narrowest] - right[i]
		}
		for v := range x {
			x[v] += shift
		}
	}
}

// extent is where the leftmost item begins and where the rightmost ends.
func (s *sketch) extent(x []float64) (left, right float64) {
	left, right = math.Inf(1), math.Inf(-1)
	for v, t := range s.items {
		left, right = min(left, x[v]-t.left), max(right, x[v]+t.right)
	}
	return left, right
}

// conflicts are the links, from an item to one below, that cross an inner link: one
// between two bends. Inner links have the right of way, so that long edges are
// straight.
func (s *sketch) conflicts() map[[2]int]bool {
	marked := map[[2]int]bool{}
	for l := range len(s.layers) - 1 {
		upper, lower := s.layers[l], s.layers[l+1]
		from, left := 0, 0 // the first item right of the inner link before, and that link's upper place
		for i, v := range lower {
			right := len(upper)
			if u := s.innerLink(v); u >= 0 {
				right = s.items[u].place
			} else if i < len(lower)-1 {
				continue
			}
			for _, w := range lower[from : i+1] {
				s.markOutside(w, left, right, marked)
			}
			from, left = i+1, right
		}
	}
	return marked
}

// markOutside marks the links of an item upwards that lead past the inner links on
// its two sides, and are not inner links themselves.
func (s *sketch) markOutside(v, left, right int, marked map[[2]int]bool) {
	for _, u := range s.items[v].up {
		isInner := s.items[u].isBend() && s.items[v].isBend()
		if p := s.items[u].place; (p < left || p > right) && !isInner {
			marked[[2]int{u, v}] = true
		}
	}
}

// innerLink is the bend that a bend is linked with above, -1 if there is none.
func (s *sketch) innerLink(v int) int {
	if t := &s.items[v]; t.isBend() && s.items[t.up[0]].isBend() {
		return t.up[0]
	}
	return -1
}

// view is a sketch as it is, upside down, mirrored, or both.
type view struct {
	*sketch
	layers     [][]int
	place      []int
	isMirrored bool
	isUpright  bool
}

func (s *sketch) orient(isUpright, isMirrored bool) *view {
	o := &view{sketch: s, layers: s.order(), place: make([]int, len(s.items)), isUpright: isUpright, isMirrored: isMirrored}
	if !isUpright {
		slices.Reverse(o.layers)
	}
	for _, layer := range o.layers {
		if isMirrored {
			slices.Reverse(layer)
		}
		for i, v := range layer {
			o.place[v] = i
		}
	}
	return o
}

// above are the neighbours of an item in the layer before, from left to right.
func (o *view) above(v int) []int {
	u := o.items[v].up
	if !o.isUpright {
		u = o.items[v].down
	}
	u = slices.Clone(u)
	slices.SortFunc(u, func(a, b int) int { return o.place[a] - o.place[b] })
	return u
}

// gap is how far the axes of two items side by side have to be apart.
func (o *view) gap(v, w int) float64 {
	left, right := &o.items[v], &o.items[w]
	between := (left.gap() + right.gap()) / 2
	if o.isMirrored {
		return left.left + between + right.right
	}
	return left.right + between + right.left
}

func (i *item) gap() float64 {
	if i.isBend() {
		return bendGap
	}
	return nodeGap
}

// columns is the x coordinates that this view leads to.
func (o *view) columns(marked map[[2]int]bool) []float64 {
	root := o.align(marked)
	x := o.compact(root)
	result := make([]float64, len(root))
	for v, r := range root {
		result[v] = x[r]
		if o.isMirrored {
			result[v] = -x[r]
		}
	}
	return result
}

// align makes blocks: an item is in one with its median neighbour above, if it has
// one, unless the link between them is marked or crosses that of an item further
// left. The blocks are told apart by their first items.
func (o *view) align(marked map[[2]int]bool) (root []int) {
	root = make([]int, len(o.items))
	for v := range root {
		root[v] = v
	}
	for _, layer := range o.layers {
		free := 0 // the first place above that is not crossed
		for _, v := range layer {
			above := o.above(v)
			for i := (len(above) - 1) / 2; i <= len(above)/2 && i < len(above) && root[v] == v; i++ {
				u := above[i]
				if o.place[u] >= free && !marked[[2]int{u, v}] && !marked[[2]int{v, u}] {
					root[v], free = root[u], o.place[u]+1
				}
			}
		}
	}
	return root
}

// compact gives each block the least coordinate that those left of it leave, and
// then pulls it to the right as far as those right of it let it, which shortens
// the links to them. The result is by the blocks' roots.
func (o *view) compact(root []int) []float64 {
	g := o.blocks(root)
	x := make([]float64, len(root))
	order := g.order()
	for _, b := range order {
		for _, n := range g.next[b] {
			x[n.block] = max(x[n.block], x[b]+n.gap)
		}
	}
	for _, b := range slices.Backward(order) {
		farthest := math.Inf(1)
		for _, n := range g.next[b] {
			farthest = min(farthest, x[n.block]-n.gap)
		}
		if len(g.next[b]) > 0 {
			x[b] = max(x[b], farthest)
		}
	}
	return x
}

// blockGraph says which blocks are directly right of a block in some layer.
type blockGraph struct {
	next   [][]neighbour
	before []int // how many are left of it
}

type neighbour struct {
	block int
	gap   float64
}

func (o *view) blocks(root []int) *blockGraph {
	g := &blockGraph{next: make([][]neighbour, len(root)), before: make([]int, len(root))}
	for _, layer := range o.layers {
		for i := range len(layer) - 1 {
			v, w := layer[i], layer[i+1]
			g.next[root[v]] = append(g.next[root[v]], neighbour{root[w], o.gap(v, w)})
			g.before[root[w]]++
		}
	}
	return g
}

// order is the blocks, each after those left of it.
func (g *blockGraph) order() []int {
	before := slices.Clone(g.before)
	var order []int
	for b, n := range before {
		if n == 0 {
			order = append(order, b)
		}
	}
	for i := 0; i < len(order); i++ {
		for _, n := range g.next[order[i]] {
			if before[n.block]--; before[n.block] == 0 {
				order = append(order, n.block)
			}
		}
	}
	return order
}
