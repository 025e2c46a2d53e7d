package explore

import (
	"cmp"
	"maps"
	"slices"
)

// connect notes a step between two states. Without a view each node is one state, and a
// label with arguments names a step. With a view, an edge stands for the steps between
// many states, whose arguments would make the label long without telling more.
//
// The stepper must stand in the first state, because a label is made by running the
// action there. The actions of an edge stay in the order in which they were met, which is
// the same on every run.
func (g *grapher) connect(from, to, action int, answers []int) {
	g.graph.Steps++
	pair := [2]int{g.nodeOf[from], g.nodeOf[to]}
	e := g.edges[pair]
	if e == nil {
		e = &GraphEdge{From: pair[0], To: pair[1]}
		g.edges[pair] = e
	}
	e.Steps++
	label := g.Actions()[action].Name
	if len(g.options.View) == 0 {
		label = g.Label(action, answers)
	}
	if !slices.Contains(e.Actions, label) {
		e.Actions = append(e.Actions, label)
	}
}

// finish puts the graph in order. A name in the view is refused only here: a field may be
// there in some states alone, such as an entry of a map, so that all states must have
// been met. The edges come from a map, and are sorted because Go ranges over a map in any
// order.
func (g *grapher) finish() (*Graph, error) {
	for i := range g.graph.Fields {
		g.graph.Fields[i].Values = len(g.values[g.graph.Fields[i].Name])
	}
	for _, field := range g.options.View {
		if !g.used[field] {
			return nil, &FieldError{g.System.Name, field, g.fieldNames()}
		}
	}
	g.markEdges()
	for _, pair := range slices.SortedFunc(maps.Keys(g.edges), func(a, b [2]int) int {
		return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1]))
	}) {
		g.graph.Edges = append(g.graph.Edges, *g.edges[pair])
	}
	return &g.graph, nil
}

func (g *grapher) fieldNames() []string {
	var names []string
	for _, f := range g.graph.Fields {
		names = append(names, f.Name)
	}
	return names
}

// markEdges marks those between one state of the trace and the next. The place -1 stands
// for no node. No edge begins or ends there, so neither the first step of the trace nor a
// step to a state that the graph lacks marks one.
func (g *grapher) markEdges() {
	if g.options.Trace == nil {
		return
	}
	last := -1
	for _, s := range g.options.Trace.Steps {
		node, known := g.nodes[keyOf(g.shown(s.State.Leaves()))]
		if !known {
			node = -1
		}
		if e := g.edges[[2]int{last, node}]; e != nil {
			e.Trace = true
		}
		last = node
	}
}
