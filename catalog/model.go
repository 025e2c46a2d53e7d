package catalog

import (
	"context"
	"fmt"

	"github.com/muster-mc/muster/audit"
	"github.com/muster-mc/muster/conform"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

// Model is a model whose state type is erased.
type Model interface {
	Name() string
	Actions() []Action

	// Properties returns the checked properties, including freedom from deadlock.
	Properties() []Property

	// Entry returns the entry that made the model.
	Entry() Entry

	// Settings returns the settings of the model, with a value for every parameter.
	Settings() Settings

	// Interchangeable returns what the model says of interchangeable values.
	Interchangeable() explore.Interchangeable

	// Check explores the model; see [explore.Check]. The report has the parameters
	// of the model, and the name of the seeded bug, if there is one.
	Check(context.Context, explore.Options) (*explore.Report, error)

	// Resume continues a run from its checkpoint; see [explore.Resume].
	Resume(context.Context, explore.Options) (*explore.Report, error)

	// Simulate takes random walks through the model; see [explore.Simulate].
	Simulate(context.Context, explore.SimulateOptions) (*explore.Simulation, error)

	// Audit checks the properties by mutants of the model; see [audit.Run].
	Audit(context.Context, audit.Options) (*audit.Report, error)

	// Graph returns the state graph; see [explore.GraphOf].
	Graph(context.Context, explore.GraphOptions) (*explore.Graph, error)

	// Conform compares logs of a real system with the model; see [conform.Check]. The
	// entry must say how; see [Entry.HasLog].
	Conform(context.Context, []conform.Input, conform.Options) (*conform.Report, error)

	// Checker returns the model as the engine has it, for the explorer.
	Checker() explore.Checker

	// Replay repeats a trace, or starts a walk; see [explore.Replay].
	Replay(context.Context, *trace.Trace) (Walk, error)

	// Reproduce writes the run to a violation as a test of real code; see
	// [explore.Reproduce].
	Reproduce(context.Context, explore.PropertyReport) ([]byte, error)
}

// Walk is an [explore.Walk] whose state type is erased.
type Walk interface {
	Trace() *trace.Trace
	Next() []trace.Step
	NextOf(action string, may func(trace.Step) bool) (list []trace.Step, places []int)
	Take(i int) bool
	Close(loop int) error
	Outside() bool
	Findings() []explore.PropertyReport
	Attend(context.Context, func()) error
}

// Action describes an action of a model.
type Action struct {
	Name  string
	Fault string
	Fair  model.Fairness
}

// Property describes a property of a model.
type Property struct {
	Name string
	Kind model.Kind
}

// KindDeadlock is the kind of the property that every state has a successor, except
// terminal states. Every model has this property, unless it opts out.
const KindDeadlock model.Kind = "deadlock"

// named is the checker of a model under its entry's name. Reports have this name, and
// a checkpoint is resumed by it.
type named struct {
	checker  explore.Checker
	entry    Entry
	settings Settings
}

// Name returns the name of the entry. The model itself may have another name, if one
// constructor serves several entries.
func (n named) Name() string { return n.entry.Name }

func (n named) Checker() explore.Checker { return n.checker }

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

func (n named) Interchangeable() explore.Interchangeable { return n.checker.Interchangeable() }

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

func (n named) Conform(ctx context.Context, logs []conform.Input, o conform.Options) (*conform.Report, error) {
	l := n.entry.details().log
	if l == nil {
		return nil, fmt.Errorf("%s: the entry does not say how a log is read", n.Name())
	}
	r, err := l.bind(n.settings).Check(ctx, logs, o)
	if r != nil {
		r.Model = n.Name()
	}
	return r, err
}

func (n named) configured(o explore.Options) explore.Options {
	o.Parameters = n.parameters()
	return o
}

func (n named) Replay(ctx context.Context, t *trace.Trace) (Walk, error) {
	w, err := n.checker.Replay(ctx, t)
	if w == nil {
		return nil, err // an interface with a nil pointer would not be nil
	}
	return w, err
}

func (n named) Reproduce(ctx context.Context, p explore.PropertyReport) ([]byte, error) {
	return n.checker.Reproduce(ctx, p)
}

// parameters returns the settings in the form that reports have.
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
