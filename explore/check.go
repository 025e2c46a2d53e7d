package explore

import (
	"context"

	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

// Check explores every reachable state of a model and checks its properties.
//
// The report's verdict is Violated if any property was found to be violated;
// Incomplete if nothing was found, but a limit or the context ended the run
// before every state was visited; and Holds otherwise.
//
// The error is for what makes a verdict impossible: a [*ModelError] for a model
// or options that cannot be used, a [*ContractError] for a model that breaks
// the rules of package model, a [*CheckpointError] or a [*WorkDirError] for a
// directory that cannot be used.
func Check[S any](ctx context.Context, m *model.Model[S], o Options) (*Report, error) {
	return Of(m).Check(ctx, o)
}

// Resume goes on with the run whose checkpoint is in the directory
// Options.Checkpoint, and keeps its own checkpoints there. The report is that of
// a run which was never interrupted, but for Seconds and Bytes.
//
// The model, Parameters, Properties, WithoutFaults, KeepGoing, Traces and Seed must be
// those of the interrupted run, and only a run that was begun with Explain can be
// explained. A checkpoint that is another run's, or is damaged, is refused with a
// [*CheckpointError] that names the difference, and is left as it is. What an action
// does is code, and cannot be compared: after the model has changed, begin again.
// Limits count from the beginning of the first run, but for Timeout, and may be others
// than before.
func Resume[S any](ctx context.Context, m *model.Model[S], o Options) (*Report, error) {
	return Of(m).Resume(ctx, o)
}

// Checker is a model whose state type is forgotten, for programs that have models of
// several types: Check(ctx, m, o) is short for Of(m).Check(ctx, o). Make one with [Of].
type Checker struct {
	// System is the model as the engine sees it. Its type is internal.
	System *system.System
}

// Of returns a checker of a model.
func Of[S any](m *model.Model[S]) Checker { return Checker{system.Of(m)} }

// Named returns the checker under another name of the model.
func (c Checker) Named(name string) Checker { return Checker{c.System.Named(name)} }

// Check explores the model: see [Check].
func (c Checker) Check(ctx context.Context, o Options) (*Report, error) {
	return explore(ctx, c.System, o, (*run).begin)
}

// Resume goes on with a run: see [Resume].
func (c Checker) Resume(ctx context.Context, o Options) (*Report, error) {
	return explore(ctx, c.System, o, (*run).resume)
}

// Simulate walks through the model at random: see [Simulate].
func (c Checker) Simulate(ctx context.Context, o SimulateOptions) (*Simulation, error) {
	return simulateSystem(ctx, c.System, o)
}

// Graph makes the state graph: see [GraphOf].
func (c Checker) Graph(ctx context.Context, o GraphOptions) (*Graph, error) {
	return graphOf(ctx, c.System, o)
}

// Replay runs a trace again, or begins a walk: see [Replay].
func (c Checker) Replay(ctx context.Context, t *trace.Trace) (*Path, error) {
	return replay(ctx, c.System, t)
}
