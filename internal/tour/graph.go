// Package tour makes tests from the graph of a model: runs that together take every
// action, every pair of actions, or every edge, and the set of the states that a system
// may be in while it is driven along such a run.
//
// A [Graph] is the whole space of a model in memory. [Goals] are what tests are to cover,
// a [Planner] finds the way to the nearest goal that is still open, and [Tours] is a whole
// suite. A [Belief] is where a real system may be, as far as its answers tell.
package tour

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strconv"

	"github.com/muster-mc/muster/internal/number"
	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

// Graph is the states that a model can reach, and the steps between them. Nodes are
// numbered in the order of a breadth-first search. Node [Root] is before the first state;
// the steps from it are those of Init.
//
// A state outside of the model's constraint is a node without edges. No test is to go
// there, but a real system may.
type Graph struct {
	System *system.System
	Labels []Label

	states  []string // encoded, by node; of Root nothing
	outside []bool   // by node
	from    []int32  // by node: its edges are edges[from[n]:from[n+1]]
	edges   []Edge
}

// Root is the node before the first state.
const Root = 0

// Edge is a step: its label, as a place in Graph.Labels, and the node it leads to.
type Edge struct{ Label, To int32 }

// Label is an action with its arguments.
type Label struct {
	Action int        // as a place in System.Actions, or their number for Init
	Step   trace.Step // without a state
	Text   string     // as a trace shows it
}

// NewGraph explores a model. Actions are those that it may take, as places in the model's
// list. The error is a [*ProblemError] or that of the context.
func NewGraph(ctx context.Context, m *system.System, actions []int, maxStates int) (*Graph, error) {
	b := &builder{
		Graph: &Graph{System: m}, space: m.Codec.New(),
		number: map[string]int32{}, labels: map[string]int32{}, places: actions, max: maxStates,
	}
	var taken []system.Action
	for _, i := range actions {
		taken = append(taken, m.Actions[i])
	}
	b.Stepper = system.NewStepper(m, taken)
	b.Stepper.Cancelled = func() bool { return ctx.Err() != nil }
	b.states, b.outside = append(b.states, ""), append(b.outside, false)
	// Root is a node like others, with an encoding that nothing reads. So Init is a step like
	// others, and a run is a path from one node.
	//
	// The list of states is the queue, and grows while it is gone through.
	for n := 0; n < len(b.states); n++ {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if !b.expand(n) {
			return nil, &ProblemError{m.Name, fmt.Sprintf("it has more than %s, too many to make tests of its graph: take a smaller configuration, or allow more states", number.Count(maxStates, "state"))}
		}
	}
	// One entry more than nodes: the end of the last node's edges.
	b.from = append(b.from, int32(len(b.edges)))
	return b.Graph, ctx.Err()
}

// builder explores with the stepper of traces and not with the search of the engine,
// because every edge is wanted, and an edge needs the action's arguments.
type builder struct {
	*Graph
	*system.Stepper
	space  system.Space
	number map[string]int32 // of a state
	labels map[string]int32 // of a label's key
	places []int            // of the stepper's actions in the model's list
	max    int
	key    []byte
}

// expand makes the edges of a node. It reports false if there are too many states.
func (b *builder) expand(n int) bool {
	b.from = append(b.from, int32(len(b.edges)))
	if n == Root {
		b.Begin()
	} else if b.Enter([]byte(b.states[n])); b.outside[n] {
		return true
	}
	// The steps are collected before their labels are made: a label runs the action once
	// more, on the copy in which Successors hands out the states.
	type way struct {
		to      int32
		action  int
		answers []int
	}
	var ways []way
	fits := true
	b.Successors(func(action int, answers []int, s system.State) bool {
		var to int32
		to, fits = b.meet(s)
		ways = append(ways, way{to, action, answers})
		return fits
	})
	first := len(b.edges)
	for _, w := range ways {
		e := Edge{b.label(n, w.action, w.answers), w.to}
		if !contains(b.edges[first:], e) { // answers may differ in nothing that shows
			b.edges = append(b.edges, e)
		}
	}
	return fits
}

// contains compares with the edges of one node, which are few. Two different answers that lead to
// one state by one label are one step to whoever tests: they could not be told apart.
func contains(edges []Edge, e Edge) bool {
	for _, o := range edges {
		if o == e {
			return true
		}
	}
	return false
}

// meet returns the node of a state, which is new perhaps.
func (b *builder) meet(s system.State) (node int32, fits bool) {
	b.key = b.space.Append(b.key[:0], s)
	if n, known := b.number[string(b.key)]; known {
		return n, true
	}
	if len(b.states) > b.max { // Root does not count
		return 0, false
	}
	n := int32(len(b.states))
	encoded := string(b.key)
	b.number[encoded] = n
	b.states = append(b.states, encoded)
	b.outside = append(b.outside, isOutside(b.Graph.System, s))
	return n, true
}

// isOutside asks the constraint. One that panics counts as false, as in a stepper.
func isOutside(m *system.System, s system.State) (outside bool) {
	if m.Constraint == nil {
		return false
	}
	defer func() { outside = recover() != nil || outside }()
	return !m.Constraint(s)
}

// label returns the label of a step from the stepper's state. Most arguments are numbers,
// and most labels are known, so that a label is looked up by a key that is cheap to make.
func (b *builder) label(node, action int, answers []int) int32 {
	arguments := system.ArgumentsOf(b.Actions()[action].Do, b.copied(), answers)
	// Actions may be left out, so a place in the stepper's list is not one in the model's. Labels
	// have the latter, which does not depend on what is left out.
	place := len(b.Graph.System.Actions)
	if node != Root {
		place = b.places[action]
	}
	b.key = appendKey(strconv.AppendInt(b.key[:0], int64(place), 10), arguments)
	if l, known := b.labels[string(b.key)]; known {
		return l
	}
	a := b.Actions()[action]
	step := trace.Step{Action: a.Name, Arguments: trace.ArgumentsOf(arguments), Fault: a.Fault}
	l := int32(len(b.Labels))
	b.labels[string(b.key)] = l
	b.Labels = append(b.Labels, Label{place, step, step.Label()})
	return l
}

// copied is a copy of the state, which an action may change.
func (b *builder) copied() system.State {
	s := b.Graph.System.Codec.Make()
	b.space.Copy(s, b.Stepper.State())
	return s
}

// appendKey tells arguments apart: those that are no number by their text with the values
// behind it, for different answers may have one text.
func appendKey(key []byte, arguments []model.Argument) []byte {
	for i, a := range arguments {
		key = append(strconv.AppendQuote(append(key, ' '), a.Name), '=')
		switch v := a.Value.(type) {
		case int:
			key = strconv.AppendInt(key, int64(v), 10)
		case bool:
			key = strconv.AppendBool(key, v)
		default:
			key = strconv.AppendQuote(key, trace.ArgumentsOf(arguments[i:i+1]).Exposed())
		}
	}
	return key
}

// Shuffle puts the edges of each node in an order that depends on the seed alone. It comes before
// the goals are made, because they know edges by their places.
func (g *Graph) Shuffle(seed uint64) {
	r := rand.New(rand.NewPCG(seed, 0))
	for n := range g.Nodes() {
		edges := g.Edges(n)
		r.Shuffle(len(edges), func(i, j int) { edges[i], edges[j] = edges[j], edges[i] })
	}
}

// Nodes is the number of nodes, Root included.
func (g *Graph) Nodes() int { return len(g.states) }

// Edges are the steps from a node.
func (g *Graph) Edges(node int) []Edge { return g.edges[g.from[node]:g.from[node+1]] }

// IsInit reports whether a label is one of Init.
func (g *Graph) IsInit(label int32) bool { return g.Labels[label].Action == len(g.System.Actions) }

// IsOutside reports whether a node is outside of the model's constraint.
func (g *Graph) IsOutside(node int) bool { return g.outside[node] }

// State returns a new copy of the state of a node. Root has none: it is the zero state.
func (g *Graph) State(node int) system.State {
	s := g.System.Codec.Make()
	if node != Root {
		system.Decode(g.System.Codec.New(), s, []byte(g.states[node]))
	}
	return s
}

// Trace returns a run as a trace: the labels and the nodes they lead to, from Init on.
func (g *Graph) Trace(run []Edge) *trace.Trace {
	t := &trace.Trace{}
	for _, e := range run {
		s := g.Labels[e.Label].Step
		t.AppendFault(s.Fault, s.Action, s.Arguments, trace.ValueOf(g.State(int(e.To))))
	}
	return t
}

// States is the number of states inside of the constraint.
func (g *Graph) States() (n int) {
	for node := range g.Nodes() {
		if node != Root && !g.outside[node] {
			n++
		}
	}
	return n
}
