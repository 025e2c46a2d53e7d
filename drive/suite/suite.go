// Package suite makes suites of tests from a model: runs that together take every action,
// every pair of actions, every state or every edge of the model's graph.
//
// A test is a [trace.Trace]: what to do, step by step, and which state should be reached.
// Package drive runs such tests on a real system that is written in Go, and makes them
// while it runs. This package is for systems in other languages: the traces are written
// as JSON or ITF, and the command mc tests does just that. A system that decides something
// by itself, such as which job it hands out, needs drive: a fixed test cannot know.
//
//	s, err := suite.Make(ctx, m, suite.Options{Cover: suite.Edges, View: []string{"Holder"}})
//	for i, t := range s.All() { ... }
//
// # How tests are chosen
//
// The whole graph is made in memory. A test goes to the nearest goal that is still open,
// and from there to the next one, until no goal is left within the steps that the test may
// still have; then the next test begins. Such greedy tours are longer than the shortest
// ones, which are costly to find (the problem of the rural postman), and close to them in
// practice. The same options give the same tests.
package suite

import (
	"context"
	"errors"
	"iter"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/internal/tour"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

// Cover says what tests are to cover. Values can be added: Arguments | Pairs.
type Cover uint8

// What tests can cover. With Options.View, states that agree on its fields are one, and
// an edge is an action between two such.
const (
	Actions   = Cover(tour.Actions)   // every action
	Arguments = Cover(tour.Arguments) // every action with its arguments
	Pairs     = Cover(tour.Pairs)     // every action after every other, as far as the model permits
	States    = Cover(tour.States)    // every state
	Edges     = Cover(tour.Edges)     // every step from every state
)

// Kinds are the names of the values of Cover, in their order.
func Kinds() []string { return append([]string(nil), tour.Kinds...) }

// Options says what tests are wanted. The zero value is useful.
type Options struct {
	// Cover is what the tests are to cover. Zero means Arguments and Pairs, or with a
	// View Edges.
	Cover Cover

	// View names the fields by which states are told apart, as trace.Leaf.In understands
	// them. Nil means all fields.
	View []string

	// Seed chooses among tests that are as good. Zero is the model's own order.
	Seed uint64

	// MaxSteps is the most steps of a test, after Init. What is further away is missed.
	// Zero means 40.
	MaxSteps int

	// MaxStates is the most states of the graph; with more there are no tests. Zero means
	// a million.
	MaxStates int

	// WithoutFaults names kinds of fault to leave out.
	WithoutFaults []string

	_ struct{}
}

// Suite is a list of tests.
type Suite struct {
	Model    string     `json:"model"`
	States   int        `json:"states"` // of the model
	Tests    int        `json:"tests"`
	Steps    int        `json:"steps"` // of all tests, without Init
	Coverage []Coverage `json:"coverage"`

	graph *tour.Graph
	runs  [][]tour.Edge
}

// Coverage is what tests have covered of one kind of goals.
type Coverage struct {
	Kind    string   `json:"kind"` // one of Kinds
	Goals   int      `json:"goals"`
	Covered int      `json:"covered"`
	Missed  []string `json:"missed,omitempty"` // the first of the others
}

// Make makes the tests of a model. The error is an [*explore.ModelError], an
// [*explore.FieldError] for a view of what there is not, or the context's.
func Make[S any](ctx context.Context, m *model.Model[S], o Options) (*Suite, error) {
	return Of(ctx, explore.Of(m), o)
}

// Of is [Make] for a model whose state type is erased.
func Of(ctx context.Context, c explore.Checker, o Options) (*Suite, error) {
	g, goals, config, err := tour.Open(ctx, c.System, tour.Config{
		Cover: tour.Cover(o.Cover), View: o.View, Seed: o.Seed, MaxSteps: o.MaxSteps, MaxStates: o.MaxStates, WithoutFaults: o.WithoutFaults,
	})
	if err != nil {
		return nil, public(err)
	}
	s := &Suite{Model: c.System.Name, States: g.States(), graph: g}
	p := tour.NewPlanner(g, goals)
	for run := p.Tour(config.MaxSteps); run != nil; run = p.Tour(config.MaxSteps) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		s.runs = append(s.runs, run)
		s.Tests++
		s.Steps += len(run) - 1
	}
	s.Coverage = CoverageOf(goals.Coverage())
	return s, nil
}

// CoverageOf is for package drive, which counts in the same way.
func CoverageOf(list []tour.Coverage) []Coverage {
	var public []Coverage
	for _, c := range list {
		public = append(public, Coverage(c))
	}
	return public
}

// public turns the errors of the engine into those that callers know.
func public(err error) error {
	if p, ok := errors.AsType[*tour.ProblemError](err); ok {
		return &explore.ModelError{Model: p.Model, Problem: p.Problem}
	}
	if f, ok := errors.AsType[*tour.FieldError](err); ok {
		return &explore.FieldError{Model: f.Model, Field: f.Field, Known: f.Known}
	}
	return err
}

// All are the tests, numbered from 1. They are made one by one, for all states of a large
// suite would take much memory as values.
func (s *Suite) All() iter.Seq2[int, *trace.Trace] {
	return func(yield func(int, *trace.Trace) bool) {
		for i, run := range s.runs {
			if !yield(i+1, s.graph.Trace(run)) {
				return
			}
		}
	}
}
