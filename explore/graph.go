package explore

import (
	"context"
	"fmt"

	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

// GraphOptions says what of a state graph is wanted. The zero value is all of it.
type GraphOptions struct {
	// View names the fields by which states are told apart, as trace.Leaf.In
	// understands them: states that agree on them are one node. Nil means all
	// fields.
	View []string

	// WithoutFaults names kinds of fault to leave out.
	WithoutFaults []string

	// Trace, if not nil, is a run whose nodes and edges are marked. Where it leaves
	// the model's constraint, its states are nodes nevertheless.
	Trace *trace.Trace

	// MaxStates is the most states; with more there is no graph. Zero means
	// GraphStatesMax.
	MaxStates int
}

// GraphStatesMax is how many states a graph is made of unless more are asked for.
const GraphStatesMax = 1_000_000

// Graph is the states that a model can reach and the steps between them, as far
// as a view tells them apart.
type Graph struct {
	Model  string       `json:"model"`
	View   []string     `json:"view"` // empty: every field
	States int          `json:"states"`
	Steps  int          `json:"steps"`
	Nodes  []GraphNode  `json:"nodes"` // in the order in which they were met
	Edges  []GraphEdge  `json:"edges"` // by the nodes' order, from and to
	Fields []GraphField `json:"fields"`
}

// GraphNode is the states that agree on the view.
type GraphNode struct {
	Leaves   []trace.Leaf `json:"leaves"`             // what the view shows of them
	States   int          `json:"states"`             // how many they are
	Depth    int          `json:"depth"`              // the level of the first of them; initial states are level 1
	Initial  bool         `json:"initial,omitempty"`  // one of them is an initial state
	End      bool         `json:"end,omitempty"`      // one of them has no successor
	Violates []string     `json:"violates,omitempty"` // invariants that one of them breaks
	Trace    []int        `json:"trace,omitempty"`    // the states of the trace that are here, counting from 1
}

// GraphEdge is the steps from one node to another, by the places in Nodes.
type GraphEdge struct {
	From    int      `json:"from"`
	To      int      `json:"to"`
	Actions []string `json:"actions"` // by name; where From and To are single states, with arguments
	Steps   int      `json:"steps"`
	Trace   bool     `json:"trace,omitempty"` // the trace goes along here
}

// GraphField is a field of the states, and how many values it has in them; of
// elements, all together.
type GraphField struct {
	Name   string `json:"name"`
	Values int    `json:"values"`
}

// GraphOf explores a model and makes its graph. It is for small spaces: it uses
// one processor, and keeps a text for each state. The error is a [*ModelError], a
// [*FieldError] for a view of what there is not, the context's, or a [*HungError].
func GraphOf[S any](ctx context.Context, m *model.Model[S], o GraphOptions) (*Graph, error) {
	return Of(m).Graph(ctx, o)
}

func graphOf(ctx context.Context, m *system.System, o GraphOptions) (*Graph, error) {
	if err := prepare(m, Options{WithoutFaults: o.WithoutFaults}); err != nil {
		return nil, err
	}
	if o.MaxStates == 0 {
		o.MaxStates = GraphStatesMax
	}
	m = m.Watched()
	g := newGrapher(m, o)
	var err error
	if hung := attendSteps(ctx, m, func() { err = g.explore(ctx) }); hung != nil {
		return nil, hung
	}
	if err == nil {
		err = ctx.Err() // some ways of the last states may be left out
	}
	if err != nil {
		return nil, err
	}
	return g.finish()
}

// FieldError is a view of a field that no state has.
type FieldError struct {
	Model, Field string
	Known        []string // those there are
}

func (e *FieldError) Error() string {
	return fmt.Sprintf("%s: no state has a field %q", e.Model, e.Field)
}
