// Package system is a model as the engine sees it: names, and functions on states
// whose type it does not know.
//
// A [model.Model] is generic over the type of its states. An engine that is generic
// too is compiled once for every model. So [Of] erases the type, once, and the
// engine is compiled once for all of them. For each model the compiler makes only
// this package's generic part: closures that call the model's functions, a codec,
// and an [Expander], which has the one loop that runs actions on many states.
package system

import (
	"reflect"

	"github.com/muster-mc/muster/model"
)

// State is a state of a model: a *S, where S is the model's state type, made by
// the [Codec] of the model's System.
type State = any

// System is a model without its state type. The fields are those of
// [model.Model]; a function is nil where the model's is.
type System struct {
	Name       string
	Init       Action // never nil: it makes the initial states from a zero state
	Actions    []Action
	Properties []Property

	Constraint, Terminal    func(State) bool
	AllowDeadlock, Progress bool
	Waits                   func(State) []model.Wait
	Picture                 func(State) string

	Symmetry  []model.Symmetry
	Code      []model.Code
	StateType reflect.Type

	// Codec encodes the states. It is nil if they cannot be encoded, for the
	// reason Refused.
	Codec   Codec
	Refused error

	// Beyond lets steppers go on from states outside the constraint. A constraint bounds a
	// search, and not the log of a real system.
	Beyond bool

	// Watch knows what code of the model its steppers run. Systems that run in different
	// goroutines need a watch each: see Watched.
	Watch *Watch

	isNil       bool // there is no model
	newExpander func(s *System, actions []int, x *Expansion) Expander
}

// NewExpander makes an expander that tries these actions, which are places in
// Actions, and works on an expansion.
func (s *System) NewExpander(actions []int, x *Expansion) Expander {
	return s.newExpander(s, actions, x)
}

// Action is a [model.Action].
type Action struct {
	Name   string
	Do     func(State, *model.Choice) bool
	Fault  string
	Fair   model.Fairness
	FairBy []string

	typed any // the model's function, which the expander calls in place of Do, or nil
}

// Doing returns the action with another function.
func (a Action) Doing(do func(State, *model.Choice) bool) Action {
	a.Do, a.typed = do, nil
	return a
}

// Property is a [model.Property].
type Property struct {
	Name string
	Kind model.Kind

	State       func(State) bool
	Step        func(before, after State) bool
	Explain     func(State) string
	ExplainStep func(before, after State) string
	ExplainRun  func() RunExplainer

	Part            *Part
	Formula         *Formula
	Implication     *Implication
	ImplicationStep *ImplicationStep

	typed, typedStep any // the model's State and Step functions, or nil
}

// RunExplainer is a [model.RunExplainer].
type RunExplainer struct {
	See func(State)
	Say func() string
}

// IsImplication reports whether the property has a left side, which may never be
// true.
func (p *Property) IsImplication() bool { return p.Implication != nil || p.ImplicationStep != nil }

// IsReachable reports whether the property claims that some state is reachable.
func (p *Property) IsReachable() bool { return p.Kind == model.KindReachable }

// IsTemporal reports whether the property is about whole runs.
func (p *Property) IsTemporal() bool { return p.Kind.IsTemporal() }

// Part is a [model.Part].
type Part struct {
	Type  reflect.Type
	Read  func(s State, part any)
	Holds func(part any) bool
}

// Implication is a [model.Implication].
type Implication struct{ When, Then func(State) bool }

// ImplicationStep is a [model.ImplicationStep].
type ImplicationStep struct {
	When, Then func(before, after State) bool

	typedWhen, typedThen any // the model's functions, or nil
}

// Formula is a [model.Formula].
type Formula struct {
	Op     model.Op
	State  func(State) bool
	Action string
	Parts  []Formula
	Label  string
}

// InitName is what traces call the step to an initial state.
const InitName = "Init"

// Watched returns the system with a watch of its own.
func (s *System) Watched() *System { return s.WatchedBy(NewWatch(s.Codec)) }

// WatchedBy returns the system with another watch.
func (s *System) WatchedBy(w *Watch) *System {
	watched := *s
	watched.Watch = w
	return &watched
}

// GoingBeyond returns the system with steppers that go on from states outside the constraint.
func (s *System) GoingBeyond() *System {
	beyond := *s
	beyond.Beyond = true
	return &beyond
}

// Named returns the system under another name.
func (s *System) Named(name string) *System {
	named := *s
	named.Name = name
	return &named
}
