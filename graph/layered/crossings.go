package layered

import (
	"cmp"
	"slices"
)

// Limits of the search for an order.
const (
	idleMax     = 8         // sweeps without an improvement
	sweepsMax   = 48        // sweeps in all
	itemsMax    = 1_000_000 // items in all sweeps, so that a large graph has fewer of them
	exchangeMax = 8         // passes of exchanges after one sweep
)

// orderLayers orders the items of each layer so that few links cross.
//
// It goes through the layers down and up, again and again, and orders each by the
// neighbours that its items have in the layer before: by their median (Gansner et
// al. 1993, section 3) or their mean (Sugiyama et al. 1981). Then it exchanges
// items side by side where that saves a crossing. The best order of all is taken.
func (s *sketch) orderLayers() {
	s.firstOrder()
	best, fewest := s.order(), s.crossings()
	sweeps := max(2, min(sweepsMax, itemsMax/len(s.items)))
	for i, idle := 0, 0; i < sweeps && idle < idleMax && fewest > 0; i++ {
		s.sweep(i%2 == 0, i%4 < 2)
		s.exchange()
		idle++
		if n := s.crossings(); n < fewest {
			best, fewest, idle = s.order(), n, 0
		}
	}
	s.setOrder(best)
}

// firstOrder is that of a depth-first search, which draws a tree without a
// crossing.
func (s *sketch) firstOrder() {
	reached := make([]bool, len(s.items))
	var visit func(v int)
	visit = func(v int) {
		if reached[v] {
			return
		}
		reached[v] = true
		s.items[v].place = len(s.layers[s.items[v].layer])
		s.layers[s.items[v].layer] = append(s.layers[s.items[v].layer], v)
		for _, w := range s.items[v].down {
			visit(w)
		}
	}
	tops := make([]int, len(s.nodes))
	for v := range tops {
		tops[v] = v
	}
	slices.SortStableFunc(tops, func(v, w int) int { return cmp.Compare(s.items[v].layer, s.items[w].layer) })
	for _, v := range tops {
		visit(v)
	}
}

func (s *sketch) order() [][]int {
	o := make([][]int, len(s.layers))
	for l, layer := range s.layers {
		o[l] = slices.Clone(layer)
	}
	return o
}

func (s *sketch) setOrder(o [][]int) {
	s.layers = o
	for _, layer := range s.layers {
		s.setPlaces(layer)
	}
}

func (s *sketch) setPlaces(layer []int) {
	for i, v := range layer {
		s.items[v].place = i
	}
}

// sweep orders all layers but the first, downwards or upwards.
func (s *sketch) sweep(isDown, isMedian bool) {
	for i := range s.layers {
		if isDown {
			s.sort(i, isMedian, func(t *item) []int { return t.up })
		} else {
			s.sort(len(s.layers)-1-i, isMedian, func(t *item) []int { return t.down })
		}
	}
}

// sort orders a layer by the items' neighbours on one side. An item that has none
// stays where it is, and equal items keep their order.
func (s *sketch) sort(l int, isMedian bool, side func(*item) []int) {
	var moved []int
	key := map[int]float64{}
	for _, v := range s.layers[l] {
		if places := s.places(side(&s.items[v])); len(places) > 0 {
			moved = append(moved, v)
			key[v] = centre(places, isMedian)
		}
	}
	slices.SortStableFunc(moved, func(v, w int) int { return cmp.Compare(key[v], key[w]) })
	for i, v := range s.layers[l] {
		if len(side(&s.items[v])) > 0 {
			s.layers[l][i], moved = moved[0], moved[1:]
		}
	}
	s.setPlaces(s.layers[l])
}

// places are where items are in their layer, from left to right.
func (s *sketch) places(items []int) []int {
	p := make([]int, len(items))
	for i, v := range items {
		p[i] = s.items[v].place
	}
	slices.Sort(p)
	return p
}

// centre is the mean or the median of places. Of an even number, the median is
// between the two in the middle, nearer to the side where the places are dense.
func centre(places []int, isMedian bool) float64 {
	n := len(places)
	middle := float64(places[n/2])
	switch {
	case !isMedian:
		sum := 0
		for _, p := range places {
			sum += p
		}
		return float64(sum) / float64(n)
	case n%2 == 1:
		return middle
	case n == 2:
		return float64(places[0]+places[1]) / 2
	}
	before := float64(places[n/2-1])
	left, right := before-float64(places[0]), float64(places[n-1])-middle
	if left+right == 0 {
		return (before + middle) / 2
	}
	return (before*right + middle*left) / (left + right)
}

// exchange swaps items side by side as long as that saves crossings.
func (s *sketch) exchange() {
	for range exchangeMax {
		isBetter := false
		for _, layer := range s.layers {
			isBetter = s.exchangeIn(layer) || isBetter
		}
		if !isBetter {
			return
		}
	}
}

func (s *sketch) exchangeIn(layer []int) (isBetter bool) {
	if len(layer) < 2 {
		return false
	}
	above, below := make([][]int, len(layer)), make([][]int, len(layer))
	for i, v := range layer {
		above[i], below[i] = s.places(s.items[v].up), s.places(s.items[v].down)
	}
	for i := range len(layer) - 1 {
		j := i + 1
		now := inversions(above[i], above[j]) + inversions(below[i], below[j])
		then := inversions(above[j], above[i]) + inversions(below[j], below[i])
		if then < now {
			layer[i], layer[j] = layer[j], layer[i]
			above[i], above[j] = above[j], above[i]
			below[i], below[j] = below[j], below[i]
			isBetter = true
		}
	}
	s.setPlaces(layer)
	return isBetter
}

// inversions is how many pairs of links cross when one item is left of another and
// their neighbours have these places.
func inversions(left, right []int) int {
	n, smaller := 0, 0
	for _, p := range left {
		for smaller < len(right) && right[smaller] < p {
			smaller++
		}
		n += smaller
	}
	return n
}

// crossings is the number of pairs of links that cross, with the method of W.
// Barth, P. Mutzel and M. Jünger, Simple and efficient bilayer cross counting,
// Journal of Graph Algorithms and Applications 8(2), 2004: it goes along the upper
// layer, and counts in a tree of sums the links so far that end further right.
func (s *sketch) crossings() int {
	n := 0
	for l := range len(s.layers) - 1 {
		sums := make([]int, len(s.layers[l+1])+1)
		links := 0
		for _, v := range s.layers[l] {
			places := s.places(s.items[v].down)
			for _, p := range places {
				n += links - sumTo(sums, p+1)
			}
			for _, p := range places {
				addAt(sums, p+1)
			}
			links += len(places)
		}
	}
	return n
}

// sumTo and addAt are the operations of a Fenwick tree, which counts from 1.
func sumTo(sums []int, i int) int {
	n := 0
	for ; i > 0; i -= i & -i {
		n += sums[i]
	}
	return n
}

func addAt(sums []int, i int) {
	for ; i < len(sums); i += i & -i {
		sums[i]++
	}
}
