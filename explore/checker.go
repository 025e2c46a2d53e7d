package explore

import (
	"context"

	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

// Checker is a model whose state type is forgotten, for programs that have models of
// several types. Check(ctx, m, o) is short for Of(m).Check(ctx, o), and so are
// the others.
type Checker struct{ System *system.System }

// Named returns the checker under another name of the model.
func (c Checker) Named(name string) Checker { return Checker{c.System.Named(name)} }

// Of returns a checker of a model.
func Of[S any](m *model.Model[S]) Checker { return Checker{system.Of(m)} }

// Check is [Check].
func (c Checker) Check(ctx context.Context, o Options) (*Report, error) {
	return launch(ctx, c.System, o, (*engine).keep)
}

// Resume is [Resume].
func (c Checker) Resume(ctx context.Context, o Options) (*Report, error) {
	return launch(ctx, c.System, o, (*engine).resume)
}

// Simulate is [Simulate].
func (c Checker) Simulate(ctx context.Context, o SimulateOptions) (*Simulation, error) {
	return simulateSystem(ctx, c.System, o)
}

// Graph is [GraphOf].
func (c Checker) Graph(ctx context.Context, o GraphOptions) (*Graph, error) {
	return graphOf(ctx, c.System, o)
}

// Replay is [Replay].
func (c Checker) Replay(ctx context.Context, t *trace.Trace) (*Path, error) {
	return replay(ctx, c.System, t)
}
