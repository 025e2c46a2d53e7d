package layered

import "math"

// assignLayers gives each node a layer, so that edges lead to a higher one, the
// reversed edges to a lower one, and the sum of their lengths is least.
//
// It is the network simplex method of E. R. Gansner, E. Koutsofios, S. C. North
// and K.-P. Vo, A technique for drawing directed graphs, IEEE Transactions on
// Software Engineering 19(3), 1993, section 2.
func (c *component) assignLayers(isReversed []bool) []int {
	s := newSimplex(len(c.nodes), c.arcs(isReversed))
	s.longestPaths()
	s.tightTree()
	// A pivot that moves no node can be undone by a later one, so there has to be a
	// limit. Every pivot leaves a valid assignment.
	for range 8*len(c.nodes) + 8 {
		if !s.pivot() {
			break
		}
	}
	lowest := math.MaxInt
	for _, l := range s.layer {
		lowest = min(lowest, l)
	}
	for v := range s.layer {
		s.layer[v] -= lowest
	}
	return s.layer
}

// arc is all edges from one node to another.
type arc struct {
	tail, head int
	weight     int
}

// arcs are the edges without loops, downwards, with several between the same nodes
// as one.
func (c *component) arcs(isReversed []bool) []arc {
	var arcs []arc
	at := map[[2]int]int{}
	for i, e := range c.edges {
		pair := e.downwards(isReversed[i])
		if e.From == e.To {
			continue
		}
		if _, known := at[pair]; !known {
			at[pair] = len(arcs)
			arcs = append(arcs, arc{tail: pair[0], head: pair[1]})
		}
		arcs[at[pair]].weight++
	}
	return arcs
}

// downwards is the upper and the lower node of an edge.
func (e Edge) downwards(isReversed bool) [2]int {
	if isReversed {
		return [2]int{e.To, e.From}
	}
	return [2]int{e.From, e.To}
}

// simplex is an assignment of layers, and a spanning tree of arcs that are tight:
// as short as they may be. Each step replaces one arc of the tree.
type simplex struct {
	arcs   []arc
	beside [][]int // by node: the arcs from it and to it
	layer  []int
	inTree []bool // by arc

	// The tree as the last walk saw it, by node.
	parent []int // the arc to the parent, -1 at the root
	order  []int // the nodes, parents before children
	first  []int // place in order
	last   []int // place after the last descendant
}

func newSimplex(nodes int, arcs []arc) *simplex {
	s := &simplex{arcs: arcs, beside: make([][]int, nodes), layer: make([]int, nodes), inTree: make([]bool, len(arcs)),
		parent: make([]int, nodes), first: make([]int, nodes), last: make([]int, nodes)}
	for i, a := range arcs {
		s.beside[a.tail] = append(s.beside[a.tail], i)
		s.beside[a.head] = append(s.beside[a.head], i)
	}
	return s
}

// longestPaths puts each node directly below the lowest of its predecessors.
func (s *simplex) longestPaths() {
	missing := make([]int, len(s.layer)) // arcs to the node from nodes without a layer
	for _, a := range s.arcs {
		missing[a.head]++
	}
	var ready []int
	for v, n := range missing {
		if n == 0 {
			ready = append(ready, v)
		}
	}
	for i := 0; i < len(ready); i++ {
		for _, j := range s.beside[ready[i]] {
			a := s.arcs[j]
			if a.tail != ready[i] {
				continue
			}
			s.layer[a.head] = max(s.layer[a.head], s.layer[a.tail]+1)
			if missing[a.head]--; missing[a.head] == 0 {
				ready = append(ready, a.head)
			}
		}
	}
}

// slack is how much longer an arc is than it has to be.
func (s *simplex) slack(a arc) int { return s.layer[a.head] - s.layer[a.tail] - 1 }

// tightTree makes a spanning tree. It takes in tight arcs as long as there are
// any, and then moves the tree towards the nearest node that is not in it.
func (s *simplex) tightTree() {
	reached := make([]bool, len(s.layer))
	tree := s.extend(nil, 0, reached)
	for len(tree) < len(s.layer) {
		nearest, outside, shift := math.MaxInt, 0, 0
		for _, a := range s.arcs {
			if reached[a.tail] == reached[a.head] || s.slack(a) >= nearest {
				continue
			}
			nearest = s.slack(a)
			outside, shift = a.head, nearest
			if reached[a.head] {
				outside, shift = a.tail, -nearest
			}
		}
		for _, v := range tree {
			s.layer[v] += shift
		}
		s.connect(outside, reached)
		tree = s.extend(tree, outside, reached)
	}
	s.walk()
}

// connect puts one tight arc from a node to the tree into the tree.
func (s *simplex) connect(v int, reached []bool) {
	for _, i := range s.beside[v] {
		if a := s.arcs[i]; s.slack(a) == 0 && reached[a.tail] != reached[a.head] {
			s.inTree[i] = true
			return
		}
	}
}

// extend adds a node to the tree and all that tight arcs connect with it.
func (s *simplex) extend(tree []int, v int, reached []bool) []int {
	reached[v] = true
	tree = append(tree, v)
	for at := len(tree) - 1; at < len(tree); at++ {
		for _, i := range s.beside[tree[at]] {
			a := s.arcs[i]
			if w := a.tail + a.head - tree[at]; s.slack(a) == 0 && !reached[w] {
				reached[w], s.inTree[i] = true, true
				tree = append(tree, w)
			}
		}
	}
	return tree
}

// walk goes through the tree from the first node and makes all of its arcs tight.
func (s *simplex) walk() {
	s.order = s.order[:0]
	s.parent[0] = -1
	s.descend(0)
}

func (s *simplex) descend(v int) {
	s.first[v] = len(s.order)
	s.order = append(s.order, v)
	for _, i := range s.beside[v] {
		if a := s.arcs[i]; s.inTree[i] && i != s.parent[v] {
			w, step := a.head, 1
			if w == v {
				w, step = a.tail, -1
			}
			s.parent[w], s.layer[w] = i, s.layer[v]+step
			s.descend(w)
		}
	}
	s.last[v] = len(s.order)
}

// pivot replaces the arc of the tree whose two sides gain most by moving apart.
func (s *simplex) pivot() bool {
	leaving := s.leaving()
	if leaving < 0 {
		return false
	}
	entering := s.entering(leaving)
	if entering < 0 {
		return false
	}
	s.inTree[s.parent[leaving]] = false
	s.inTree[entering] = true
	s.walk()
	return true
}

// leaving is the node whose arc to its parent has the lowest cut value, -1 if none
// is below zero. The cut value is the weight of the arcs between the two sides of
// the tree, those in the direction of the tree's arc less those against it. All
// arcs inside a subtree cancel out in the sum of its nodes' outgoing less their
// incoming weights, so that sum is the cut value.
func (s *simplex) leaving() int {
	net := make([]int, len(s.layer))
	for _, a := range s.arcs {
		net[a.tail] += a.weight
		net[a.head] -= a.weight
	}
	worst, lowest := -1, 0
	for i := len(s.order) - 1; i > 0; i-- {
		v := s.order[i]
		a := s.arcs[s.parent[v]]
		cut := net[v]
		if a.head == v {
			cut = -cut
		}
		if cut < lowest {
			worst, lowest = v, cut
		}
		net[a.tail+a.head-v] += net[v]
	}
	return worst
}

// entering is the arc with the least slack that leads the other way between the
// two sides of the tree than the arc from a node to its parent; -1 if none does.
func (s *simplex) entering(v int) int {
	tailInside := s.arcs[s.parent[v]].tail == v
	best, least := -1, math.MaxInt
	for i, a := range s.arcs {
		from, to := s.isBelow(a.tail, v), s.isBelow(a.head, v)
		if from != to && to == tailInside && s.slack(a) < least {
			best, least = i, s.slack(a)
		}
	}
	return best
}

// isBelow says whether w is v or one of its descendants in the tree.
func (s *simplex) isBelow(w, v int) bool {
	return s.first[v] <= s.first[w] && s.first[w] < s.last[v]
}
