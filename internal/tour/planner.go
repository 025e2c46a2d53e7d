package tour

import "slices"

// Planner finds ways to goals that are open: greedily, always to the nearest one.
type Planner struct {
	Graph *Graph
	Goals *Goals

	avoided []bool  // by edge; nil if there is none
	bound   []int32 // by place: the nearest open goal is at least so many edges away
	way     []int32
}

// NewPlanner returns a planner.
func NewPlanner(g *Graph, goals *Goals) *Planner {
	places := g.Nodes()
	if goals.byPair != nil {
		places *= len(g.System.Actions) + 2
	}
	p := &Planner{Graph: g, Goals: goals, bound: make([]int32, places)}
	for i := range p.bound {
		p.bound[i] = 1
	}
	return p
}

// Nearest returns a shortest way from a node, which was reached by an action or by none,
// -1, to a goal that is open, in at most so many edges: the places of its edges, and
// the last one reaches the goal. It returns nil if there is none. The result is valid
// until the next call.
//
// It is depth-first search with a limit that grows by one (Korf, Depth-First
// Iterative-Deepening, 1985). Goals are closed and never opened again, so the distance to
// the nearest one only grows, and a bound that one search has found holds for all later
// ones (Korf, LRTA*, 1990). A place that leads to no goal raises its own bound, so all
// searches of a suite together visit a place in vain at most so often as a test is long.
// A breadth-first search for each goal took minutes for the edges of 20,000 states.
func (p *Planner) Nearest(node, last, most int) []int32 {
	if p.Goals.Left() == 0 {
		return nil
	}
	start := p.place(int32(node), last)
	for int(p.bound[start]) <= most {
		p.way = p.way[:0]
		if p.reach(int32(node), last, p.bound[start]) {
			slices.Reverse(p.way)
			return p.way
		}
	}
	return nil
}

// reach finds a goal that is exactly so many edges away, if there is one, and appends the
// way to it, its last edge first. That no goal is nearer is known: of the start by its
// bound, and so of every node on the way, which is why its bound can be raised before its
// edges are looked at. That ends cycles, too.
func (p *Planner) reach(node int32, last int, distance int32) bool {
	place := p.place(node, last)
	p.bound[place] = distance
	for i := p.Graph.from[node]; i < p.Graph.from[node+1]; i++ {
		if !p.isUsable(i) {
			continue
		}
		if distance == 1 {
			if p.Goals.isOpen(i, last) {
				p.way = append(p.way, i)
				return true
			}
			continue
		}
		e := p.Graph.edges[i]
		action := p.Graph.Labels[e.Label].Action
		if p.bound[p.place(e.To, action)] < distance && p.reach(e.To, action, distance-1) {
			p.way = append(p.way, i)
			return true
		}
	}
	p.bound[place] = distance + 1
	return false
}

// place is what a search tells apart: a node, and where pairs are wanted the action by
// which it was reached, for other pairs begin there.
func (p *Planner) place(node int32, last int) int {
	if p.Goals.byPair == nil {
		return int(node)
	}
	return int(node)*(len(p.Graph.System.Actions)+2) + last + 1
}

func (p *Planner) isUsable(edge int32) bool {
	return !p.Graph.outside[p.Graph.edges[edge].To] && (p.avoided == nil || !p.avoided[edge])
}

// Tour returns a test: the edges of a run from Root, with at most so many steps after
// Init, and notes what it covers. It returns nil if no goal is left that is near enough.
func (p *Planner) Tour(most int) []Edge {
	var run []Edge
	node, last := Root, -1
	for {
		way := p.Nearest(node, last, most+1-len(run))
		if way == nil {
			return run
		}
		for _, i := range way {
			e := p.Graph.edges[i]
			p.cover(i, last)
			run = append(run, e)
			node, last = int(e.To), p.Graph.Labels[e.Label].Action
		}
	}
}

// cover notes that a step was taken.
func (p *Planner) cover(edge int32, last int) {
	var few [5]int32
	for _, goal := range p.Goals.reached(few[:0], edge, last) {
		p.Goals.close(goal)
	}
}
