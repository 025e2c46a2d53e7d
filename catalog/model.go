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

// named is the checker of a model under its entry's name: so it is called in the
// report, and so it is found again from a checkpoint.
type named struct {
	checker  explore.Checker
	entry    Entry
	settings Settings
}

// Name is the entry's: a constructor that serves several entries may give all
// its models one name.
func (n named) Name() string { return n.entry.Name }

func (n named) Entry() Entry { return n.entry }

func (n named) Settings() Settings { return n.settings }

func (n named) Actions() []Action {
	m := n.checker.System
	list := make([]Action, len(m.Actions))
	for i, a := range m.Actions {
		list[i] = Action{a.Name, a.Fault, a.Fair}
	}
	return list
}

func (n named) Properties() []Property {
	m := n.checker.System
	list := make([]Property, len(m.Properties))
	for i, p := range m.Properties {
		list[i] = Property{p.Name, p.Kind}
	}
	if !m.AllowDeadlock {
		list = append(list, Property{explore.Deadlock, KindDeadlock})
	}
	return list
}

func (n named) Check(ctx context.Context, o explore.Options) (*explore.Report, error) {
	return n.checker.Check(ctx, n.configured(o))
}

func (n named) Resume(ctx context.Context, o explore.Options) (*explore.Report, error) {
	return n.checker.Resume(ctx, n.configured(o))
}

func (n named) Simulate(ctx context.Context, o explore.SimulateOptions) (*explore.Simulation, error) {
	o.Parameters = n.parameters()
	return n.checker.Simulate(ctx, o)
}

func (n named) Graph(ctx context.Context, o explore.GraphOptions) (*explore.Graph, error) {
	return n.checker.Graph(ctx, o)
}

func (n named) configured(o explore.Options) explore.Options {
	o.Parameters = n.parameters()
	return o
}

func (n named) Replay(ctx context.Context, t *trace.Trace) (Walk, error) {
	w, err := n.checker.Replay(ctx, t)
	if w == nil {
		return nil, err // not an interface of a nil pointer
	}
	return w, err
}

// parameters are the settings as a report has them.
func (n named) parameters() map[string]any {
	all := n.entry.Values(n.settings.With)
	if n.settings.Bug != "" {
		all["bug"] = n.settings.Bug
	}
	return all
}

func (n named) Audit(ctx context.Context, o audit.Options) (*audit.Report, error) {
	o.Parameters = n.parameters()
	return audit.Of(ctx, n.checker, o)
}
