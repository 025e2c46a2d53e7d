package explore

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/muster-mc/muster/internal/number"
	"github.com/muster-mc/muster/internal/search"
	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

// grapher makes a graph by a search with a queue and a map. It uses the stepper and not
// the search of the engine, because a graph needs every step and the text of every state.
// A state is kept as a string, because it is a key of the map and an entry of the list,
// and a string serves both with one piece of memory.
type grapher struct {
	*system.Stepper
	space   system.Space
	options GraphOptions
	graph   Graph

	states []string       // encoded, in the order in which they were met
	number map[string]int // of a state
	nodeOf []int          // by state
	depth  []int          // by state
	nodes  map[string]int // by what the view shows
	edges  map[[2]int]*GraphEdge

	spots  map[string]*spot               // by path
	used   map[string]bool                // the fields of the view that some state has
	values map[string]map[string]struct{} // by field
	marks  map[string][]int               // the places in the trace, by what the view shows
}

func newGrapher(m *system.System, o GraphOptions) *grapher {
	actions := search.Actions(m, o.WithoutFaults)
	g := &grapher{
		Stepper: system.NewStepper(m, actions), space: m.Codec.New(), options: o,
		graph:  Graph{Model: m.Name, View: append([]string{}, o.View...), Edges: []GraphEdge{}},
		number: map[string]int{}, nodes: map[string]int{}, edges: map[[2]int]*GraphEdge{},
		spots: map[string]*spot{}, used: map[string]bool{}, values: map[string]map[string]struct{}{}, marks: map[string][]int{},
	}
	if o.Trace != nil {
		for i, s := range o.Trace.Steps {
			key := keyOf(g.shown(s.State.Leaves()))
			g.marks[key] = append(g.marks[key], i+1)
		}
	}
	return g
}

// shown is what the view shows of a state.
func (g *grapher) shown(leaves []trace.Leaf) []trace.Leaf {
	shown := []trace.Leaf{}
	for _, l := range leaves {
		if g.spotOf(l).isShown {
			shown = append(shown, l)
		}
	}
	return shown
}

// spot is what is known of all leaves with one path. To find out whether a path belongs
// to a field of the view takes a look at the text, so it is done once for each path and
// not for each leaf of each state.
type spot struct {
	field   string
	isShown bool
}

func (g *grapher) spotOf(l trace.Leaf) *spot {
	p := g.spots[l.Path]
	if p == nil {
		p = &spot{l.Field(), len(g.options.View) == 0}
		for _, field := range g.options.View {
			if l.In(field) {
				p.isShown, g.used[field] = true, true
			}
		}
		g.spots[l.Path] = p
	}
	return p
}

// keyOf quotes paths and values, so that no two lists of leaves have the same key,
// whatever a String method returns.
func keyOf(leaves []trace.Leaf) string {
	var b strings.Builder
	for _, l := range leaves {
		b.WriteString(strconv.Quote(l.Path))
		b.WriteString(strconv.Quote(l.Value))
	}
	return b.String()
}

// explore meets all states, in the order of a search. The list of states is the queue,
// and grows while it is gone through. Breadth first makes the depth of a node that of its
// first state.
func (g *grapher) explore(ctx context.Context) error {
	g.Cancelled = func() bool { return ctx.Err() != nil }
	err := g.expand(-1)
	for i := 0; i < len(g.states) && err == nil; i++ {
		if err = ctx.Err(); err == nil {
			err = g.expand(i)
		}
	}
	g.graph.States = len(g.states)
	return err
}

// expand makes the successors of a state; of -1, the initial states. The steps are
// collected before they are connected: a label runs the action once more on the stepper's
// work copy, in which Successors hands out the states.
func (g *grapher) expand(from int) (err error) {
	if from >= 0 {
		g.Enter([]byte(g.states[from]))
	} else {
		g.Begin()
	}
	type step struct {
		to, action int
		answers    []int
	}
	var steps []step
	g.Successors(func(action int, answers []int, s system.State) bool {
		var to int
		to, err = g.meet(from, s)
		steps = append(steps, step{to, action, answers})
		return err == nil
	})
	for _, s := range steps {
		if err == nil && from >= 0 && s.to >= 0 {
			g.connect(from, s.to, s.action, s.answers)
		}
	}
	// No step leads on from a state outside the constraint either, but that is no end of
	// the model's own.
	if from >= 0 && len(steps) == 0 && !g.IsOutside() {
		g.graph.Nodes[g.nodeOf[from]].End = true
	}
	return err
}

// meet finds the number of a state, which is new perhaps; -1 if it is outside the
// constraint, and no part of the trace. The number is looked up first, because most steps
// lead to a known state, and the leaves of a state take far longer than its encoding. A
// state outside the constraint is a node if the trace comes there: a property may be
// violated there, and the reader wants to see where.
func (g *grapher) meet(from int, s system.State) (int, error) {
	encoded := string(g.space.Append(nil, s))
	if number, known := g.number[encoded]; known {
		return number, nil
	}
	leaves := g.ValueOf(s).Leaves()
	shown := g.shown(leaves)
	key := keyOf(shown)
	if g.isOutside(s) && g.marks[key] == nil {
		return -1, nil
	}
	// A part of a graph would look like a whole one, so there is none.
	if len(g.states) == g.options.MaxStates {
		return 0, &ModelError{g.System.Name, fmt.Sprintf("it has more than %s, too many for a graph", number.Count(g.options.MaxStates, "state"))}
	}
	number := len(g.states)
	g.number[encoded] = number
	g.states = append(g.states, encoded)
	depth := 1
	if from >= 0 {
		depth = g.depth[from] + 1
	}
	g.depth = append(g.depth, depth)
	for _, l := range leaves {
		g.count(l)
	}
	node := g.node(key, shown, depth)
	g.nodeOf = append(g.nodeOf, node)
	n := &g.graph.Nodes[node]
	n.States++
	n.Initial = n.Initial || from < 0
	g.judge(n, s)
	return number, nil
}

// A constraint that panics counts as false, as in a stepper.
func (g *grapher) isOutside(s system.State) (outside bool) {
	if g.System.Constraint == nil {
		return false
	}
	defer func() { outside = recover() != nil || outside }()
	g.System.Watch.Call("Constraint", s, func() { outside = !g.System.Constraint(s) })
	return outside
}

// count notes a value of a field.
func (g *grapher) count(l trace.Leaf) {
	field := g.spotOf(l).field
	if g.values[field] == nil {
		g.values[field] = map[string]struct{}{}
		g.graph.Fields = append(g.graph.Fields, GraphField{Name: field})
	}
	g.values[field][l.Value] = struct{}{}
}

// node finds the node of a state, which is new perhaps.
func (g *grapher) node(key string, shown []trace.Leaf, depth int) int {
	if i, known := g.nodes[key]; known {
		return i
	}
	i := len(g.graph.Nodes)
	g.nodes[key] = i
	g.graph.Nodes = append(g.graph.Nodes, GraphNode{Leaves: shown, Depth: depth, Trace: g.marks[key]})
	return i
}

// judge notes the invariants that a state breaks. A node of several states breaks an
// invariant if one of them does.
func (g *grapher) judge(n *GraphNode, s system.State) {
	for i := range g.System.Properties {
		p := &g.System.Properties[i]
		if p.Kind == model.KindAlways && !slices.Contains(n.Violates, p.Name) && g.breaks(p, s) {
			n.Violates = append(n.Violates, p.Name)
		}
	}
}

// breaks: the state violates the invariant. One that panics says nothing.
func (g *grapher) breaks(p *system.Property, s system.State) (broken bool) {
	defer func() { _ = recover() }()
	g.System.Watch.Call("property "+p.Name, s, func() { broken = !p.State(s) })
	return broken
}
