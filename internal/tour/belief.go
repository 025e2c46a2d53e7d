package tour

import "slices"

// Belief is the states that a system may be in, as far as what was seen of it tells: the
// places where a run of the model may have come to. No two places have the same node: what a
// system can do next depends on the state alone, so one way to each node is enough to go on
// from, and to show.
type Belief []*Place

// Place is a node, and a way to it. The way is a list that is linked backwards, so the places of
// a belief share the ways that they have in common, and a step costs the same after any number
// of steps.
type Place struct {
	Node   int32
	Edge   int32  // by which it was reached, as the place of an edge; -1 at the start
	Before *Place // nil at the start
}

// Start is the belief before the first state.
func Start() Belief { return Belief{{Node: Root, Edge: -1}} }

// Last is the action by which the place was reached, or -1.
func (p *Place) Last(g *Graph) int {
	if p.Before == nil {
		return -1
	}
	return g.Labels[g.edges[p.Edge].Label].Action
}

// LabelOf is the label of the step to a place, which is not the start.
func (g *Graph) LabelOf(p *Place) int32 { return g.edges[p.Edge].Label }

// Run is the run to the place.
func (p *Place) Run(g *Graph) []Edge {
	var run []Edge
	for ; p.Before != nil; p = p.Before {
		run = append(run, g.edges[p.Edge])
	}
	slices.Reverse(run)
	return run
}

// Permits reports whether every state that is possible permits a step: only then the
// model says what becomes of it. A step that only leaves the model's constraint is not
// permitted, for no test goes there.
func (g *Graph) Permits(b Belief, label int32) bool {
	for _, p := range b {
		permits := func(e Edge) bool { return e.Label == label && !g.outside[e.To] }
		if !slices.ContainsFunc(g.Edges(int(p.Node)), permits) {
			return false
		}
	}
	return len(b) > 0
}

// After are the places to which the steps lead whose labels match.
func (g *Graph) After(b Belief, match func(label int32) bool) Belief {
	var after Belief
	seen := map[int32]bool{}
	for _, p := range b {
		after = g.step(after, seen, p, match)
	}
	return after
}

// Unseen adds to a belief the places to which hidden steps lead, any number of them: a hidden
// step may have happened, and nothing has shown it. The list grows while it is gone through,
// and ends because each node is added once.
func (g *Graph) Unseen(b Belief, isHidden func(label int32) bool) Belief {
	all := slices.Clone(b)
	seen := map[int32]bool{}
	for _, p := range all {
		seen[p.Node] = true
	}
	for i := 0; i < len(all); i++ {
		all = g.step(all, seen, all[i], isHidden)
	}
	return all
}

// step appends the places to which the matching steps from a place lead, but for nodes that were
// seen. Of two ways to a node the first one in the order of edges stays, so that the same
// answers of a system give the same belief.
func (g *Graph) step(to Belief, seen map[int32]bool, from *Place, match func(label int32) bool) Belief {
	for i := g.from[from.Node]; i < g.from[from.Node+1]; i++ {
		if e := g.edges[i]; !seen[e.To] && match(e.Label) {
			seen[e.To] = true
			to = append(to, &Place{e.To, i, from})
		}
	}
	return to
}

// Nodes are the nodes of a belief, in order. Two beliefs with the same nodes are one, whatever
// the ways that led there: what can happen next is the same.
func (b Belief) Nodes() []int32 {
	nodes := make([]int32, len(b))
	for i, p := range b {
		nodes[i] = p.Node
	}
	slices.Sort(nodes)
	return nodes
}
