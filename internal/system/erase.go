package system

import (
	"reflect"

	"github.com/muster-mc/muster/internal/codec"
	"github.com/muster-mc/muster/model"
)

// Of erases the state type of a model. It accepts every model, also one that cannot
// be checked: [System.Problem] and Refused say why, so that all such models are refused
// in one place, whoever made the system. Of is the only function that is generic and
// exported: every other package works on the System.
func Of[S any](m *model.Model[S]) *System {
	isNil := m == nil
	if isNil {
		// Problem says that there is no model. Until then the system must be one that can
		// be asked for its name and its actions.
		m = &model.Model[S]{}
	}
	s := &System{
		isNil:      isNil,
		Name:       m.Name,
		Actions:    make([]Action, len(m.Actions)),
		Properties: make([]Property, len(m.Properties)),
		Constraint: holds(m.Constraint), Terminal: holds(m.Terminal),
		AllowDeadlock: m.AllowDeadlock, Progress: m.Progress, Waits: waits(m.Waits), Picture: says(m.Picture),
		Symmetry: m.Symmetry, Code: m.Code, StateType: reflect.TypeFor[S](),
	}
	erase(&s.Init, &model.Action[S]{Name: InitName, Do: initOf(m)})
	for i := range m.Actions {
		erase(&s.Actions[i], &m.Actions[i])
	}
	for i := range m.Properties {
		eraseProperty(&s.Properties[i], &m.Properties[i])
	}
	if c, err := codec.For[S](); err != nil {
		s.Refused = err
	} else {
		// newExpander takes the system as an argument and does not capture s, for a copy
		// of the system can have other actions and properties.
		s.Codec = codecOf{c.Untyped}
		s.newExpander = func(s *System, actions []int, x *Expansion) Expander { return newExpander(s, c, actions, x) }
	}
	s.Watch = NewWatch(s.Codec)
	return s
}

// initOf returns the function that makes the initial states. A model without Init has
// one, the zero state. Init may write before it returns false, because there is nothing
// to take back in a state that it fills; actions may not, so the state becomes zero
// again and Init is an action like the others.
func initOf[S any](m *model.Model[S]) func(*S, *model.Choice) bool {
	if m.Init == nil {
		return func(*S, *model.Choice) bool { return true }
	}
	return func(s *S, c *model.Choice) bool {
		if m.Init(s, c) {
			return true
		}
		var zero S
		*s = zero
		return false
	}
}

// erase keeps the typed function of an action beside the erased one, for the expander.
func erase[S any](to *Action, a *model.Action[S]) {
	*to = Action{Name: a.Name, Do: does(a.Do), Fault: a.Fault, Fair: a.Fair, FairBy: a.FairBy, typed: a.Do}
}

// eraseProperty erases all functions that a property of any kind can have. It does not
// look at the kind: a property with the wrong functions has to reach Problem as it is.
func eraseProperty[S any](q *Property, p *model.Property[S]) {
	*q = Property{
		Name: p.Name, Kind: p.Kind, State: holds(p.State), Step: holdsOfStep(p.Step),
		Explain: says(p.Explain), ExplainStep: saysOfStep(p.ExplainStep),
		ExplainRun: saysOfRun(p.ExplainRun), typed: p.State, typedStep: p.Step,
	}
	if part := p.Part; part != nil {
		// The part is read by the model's own function into a variable of its type, so that
		// the engine needs to know neither type.
		q.Part = &Part{Type: part.Type, Read: func(s State, into any) { part.Read(s.(*S), into) }, Holds: part.Holds}
	}
	if f := p.Formula; f != nil {
		// The tree is made once. From here on formulas are told apart by their addresses:
		// see the atoms of internal/liveness.
		q.Formula = new(Formula)
		eraseFormula(q.Formula, f)
	}
	if i := p.Implication; i != nil {
		q.Implication = &Implication{holds(i.When), holds(i.Then)}
	}
	if i := p.ImplicationStep; i != nil {
		q.ImplicationStep = &ImplicationStep{holdsOfStep(i.When), holdsOfStep(i.Then), i.When, i.Then}
	}
}

// eraseFormula erases the predicates of a formula and of all its parts.
func eraseFormula[S any](g *Formula, f *model.Formula[S]) {
	*g = Formula{Op: f.Op, State: holds(f.State), Action: f.Action, Label: f.Label, Parts: make([]Formula, len(f.Parts))}
	for i := range f.Parts {
		eraseFormula(&g.Parts[i], &f.Parts[i])
	}
}

// The functions below forget the state type of a function, each of one form. Nil stays
// nil: a closure around nil would look like a function that the model has, and Problem
// and every test for a constraint would be wrong. Each closure asserts the type of its
// states and panics on a state of another system, which would be a bug of the engine.
//
// They are not inlined, because the compiler makes the closures anew for every place in
// which it inlines them, and all of it anew for every model.

//go:noinline
func does[S any](do func(*S, *model.Choice) bool) func(State, *model.Choice) bool {
	if do == nil {
		return nil
	}
	return func(s State, c *model.Choice) bool { return do(s.(*S), c) }
}

//go:noinline
func holds[S any](holds func(*S) bool) func(State) bool {
	if holds == nil {
		return nil
	}
	return func(s State) bool { return holds(s.(*S)) }
}

//go:noinline
func holdsOfStep[S any](holds func(before, after *S) bool) func(before, after State) bool {
	if holds == nil {
		return nil
	}
	return func(before, after State) bool { return holds(before.(*S), after.(*S)) }
}

//go:noinline
func says[S any](says func(*S) string) func(State) string {
	if says == nil {
		return nil
	}
	return func(s State) string { return says(s.(*S)) }
}

//go:noinline
func waits[S any](waits func(*S) []model.Wait) func(State) []model.Wait {
	if waits == nil {
		return nil
	}
	return func(s State) []model.Wait { return waits(s.(*S)) }
}

//go:noinline
func saysOfStep[S any](says func(before, after *S) string) func(before, after State) string {
	if says == nil {
		return nil
	}
	return func(before, after State) string { return says(before.(*S), after.(*S)) }
}

//go:noinline
func saysOfRun[S any](explain func() model.RunExplainer[S]) func() RunExplainer {
	if explain == nil {
		return nil
	}
	return func() RunExplainer {
		e := explain()
		return RunExplainer{func(s State) { e.See(s.(*S)) }, e.Say}
	}
}
