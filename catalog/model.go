package catalog

import (
	"context"

	"github.com/muster-mc/muster/audit"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

// Model is a model whose state type is forgotten.
type Model interface {
	Name() string
	Actions() []Action

	// Properties are what is checked, freedom from deadlock included.
	Properties() []Property

	// Entry is where the model comes from.
	Entry() Entry

	// Settings are those it was made with: every parameter has its value.
	Settings() Settings

	// Check explores the model; see [explore.Check]. The report's parameters
	// are the model's, and bug, if one was seeded.
	Check(context.Context, explore.Options) (*explore.Report, error)

	// Resume goes on with a run that left a checkpoint; see [explore.Resume].
	Resume(context.Context, explore.Options) (*explore.Report, error)

	// Simulate walks through the model at random; see [explore.Simulate].
	Simulate(context.Context, explore.SimulateOptions) (*explore.Simulation, error)

	// Audit puts the model's properties on trial; see [audit.Run].
	Audit(context.Context, audit.Options) (*audit.Report, error)
	// Graph makes the state graph; see [explore.GraphOf].
	Graph(context.Context, explore.GraphOptions) (*explore.Graph, error)

	// Replay runs a trace again, or begins a walk; see [explore.Replay].
	Replay(context.Context, *trace.Trace) (Walk, error)
}

// Walk is an [explore.Walk] whose state type is forgotten.
type Walk interface {
	Trace() *trace.Trace
	Next() []trace.Step
	Take(i int) bool
	Outside() bool
	Findings() []explore.PropertyReport
}

// Action is what can be said of an action without its state type.
type Action struct {
	Name  string
	Fault string
	Fair  model.Fairness
}

// Property is what can be said of a property without its state type.
type Property struct {
	Name string
	Kind model.Kind
}

// KindDeadlock is the kind of the property that every state but a terminal one
// has a successor. Each model has it, unless it opts out.
const KindDeadlock model.Kind = "deadlock"

type erased[S any] struct {
	m        *model.Model[S]
	entry    Entry
	settings Settings
}

// Name is the entry's: a constructor that serves several entries may give all
// its models one name.
func (e erased[S]) Name() string { return e.entry.Name }

func (e erased[S]) Entry() Entry { return e.entry }

func (e erased[S]) Settings() Settings { return e.settings }

func (e erased[S]) Actions() []Action {
	list := make([]Action, len(e.m.Actions))
	for i, a := range e.m.Actions {
		list[i] = Action{a.Name, a.Fault, a.Fair}
	}
	return list
}

func (e erased[S]) Properties() []Property {
	list := make([]Property, len(e.m.Properties))
	for i, p := range e.m.Properties {
		list[i] = Property{p.Name, p.Kind}
	}
	if !e.m.AllowDeadlock {
		list = append(list, Property{explore.Deadlock, KindDeadlock})
	}
	return list
}

func (e erased[S]) Check(ctx context.Context, o explore.Options) (*explore.Report, error) {
	return explore.Check(ctx, e.named(), e.configured(o))
}

func (e erased[S]) Resume(ctx context.Context, o explore.Options) (*explore.Report, error) {
	return explore.Resume(ctx, e.named(), e.configured(o))
}

func (e erased[S]) Simulate(ctx context.Context, o explore.SimulateOptions) (*explore.Simulation, error) {
	o.Parameters = e.parameters()
	return explore.Simulate(ctx, e.named(), o)
}

func (e erased[S]) Graph(ctx context.Context, o explore.GraphOptions) (*explore.Graph, error) {
	return explore.GraphOf(ctx, e.named(), o)
}

// named is the model under the entry's name: so it is called in the report, and
// so it is found again from a checkpoint.
func (e erased[S]) named() *model.Model[S] {
	m := *e.m
	m.Name = e.Name()
	return &m
}

func (e erased[S]) configured(o explore.Options) explore.Options {
	o.Parameters = e.parameters()
	return o
}

func (e erased[S]) Replay(ctx context.Context, t *trace.Trace) (Walk, error) {
	w, err := explore.Replay(ctx, e.m, t)
	if w == nil {
		return nil, err // not an interface of a nil pointer
	}
	return w, err
}

// parameters are the settings as a report has them.
func (e erased[S]) parameters() map[string]any {
	all := e.entry.Values(e.settings.With)
	if e.settings.Bug != "" {
		all["bug"] = e.settings.Bug
	}
	return all
}

func (e erased[S]) Audit(ctx context.Context, o audit.Options) (*audit.Report, error) {
	o.Parameters = e.parameters()
	return audit.Run(ctx, e.named(), o)
}
