package model

import "reflect"

// Kind is how a property is to be read.
type Kind string

// The kinds of property.
const (
	KindAlways     Kind = "always"      // true in every reachable state
	KindAlwaysStep Kind = "always-step" // true of every step between reachable states
	KindReachable  Kind = "reachable"   // true in at least one reachable state

	KindEventually Kind = "eventually" // true at some point of every run
	KindLeadsTo    Kind = "leads-to"   // whenever the first is true, the second is, then or later
	KindRecurs     Kind = "recurs"     // true again and again in every run
	KindSettles    Kind = "settles"    // true from some point on in every run
	KindTemporal   Kind = "temporal"   // a formula that is true of every run
)

// Property is a named claim about a model. Make one with [Always],
// [AlwaysStep] or [Reachable], or, about whole runs, with [Eventually],
// [LeadsTo], [Recurs], [Settles] or [Temporal].
type Property[S any] struct {
	// Name must be unique in the model.
	Name string

	// Kind says which of the functions below is set, and how it is read.
	Kind Kind

	// State is the predicate of a KindAlways or KindReachable property. It
	// must not change the state.
	State func(s *S) bool

	// Step is the predicate of a KindAlwaysStep property. It must change
	// neither state.
	Step func(before, after *S) bool

	// Explain says, in a line, what is wrong with a state that breaks the
	// property, ExplainStep what is wrong with a step. Nil explains nothing.
	Explain     func(s *S) string
	ExplainStep func(before, after *S) string

	// ExplainRun makes an explanation of a run, for a property whose violation the
	// last state alone does not explain. See [Property.ExplainedRun].
	ExplainRun func() RunExplainer[S]

	// Part is set by [AlwaysOf].
	Part *Part[S]

	// Formula is what a property about whole runs claims of every run.
	Formula *Formula[S]

	// Implication is set by [Implies], ImplicationStep by [ImpliesStep].
	Implication     *Implication[S]
	ImplicationStep *ImplicationStep[S]

	_ struct{}
}

// RunExplainer is an explanation in the making: what it sees of a run, and what it says.
type RunExplainer[S any] struct {
	// See is called with each state of the run in order. Fields with the tag
	// muster:"-" have the values that the action left there. It must not keep the state,
	// which changes after the call.
	See func(s *S)

	// Say says what is wrong with the run that was seen, in lines. An empty text leaves
	// the explanation to Explain and ExplainStep.
	Say func() string
}

// Part is the part of a state that a property reads, for an engine that
// remembers verdicts. Make one with [AlwaysOf].
type Part[S any] struct {
	Type  reflect.Type         // of the part
	Read  func(s *S, part any) // puts the part of s where part points
	Holds func(part any) bool  // the verdict on the part that part points to
}

// Always claims that holds is true in every reachable state: an invariant.
func Always[S any](name string, holds func(s *S) bool) Property[S] {
	return Property[S]{Name: name, Kind: KindAlways, State: holds}
}

// AlwaysOf is [Always] for a property that is expensive and reads little of the
// state, such as whether a history is linearizable. It claims that holds is true
// of what read returns of every reachable state. Many states have the same part,
// so an engine may remember its verdicts; since holds is given nothing but the
// part, that changes how long a run takes and nothing else. The part must be of
// a type that is admissible as a state.
func AlwaysOf[S, P any](name string, read func(s *S) P, holds func(part *P) bool) Property[S] {
	whole := Always(name, func(s *S) bool {
		part := read(s)
		return holds(&part)
	})
	whole.Part = &Part[S]{
		Type:  reflect.TypeFor[P](),
		Read:  func(s *S, part any) { *part.(*P) = read(s) },
		Holds: func(part any) bool { return holds(part.(*P)) },
	}
	return whole
}

// AlwaysStep claims that holds is true of every step, from the state before it
// to the state after it. Steps that change nothing and steps to a state
// outside the Constraint are checked too.
func AlwaysStep[S any](name string, holds func(before, after *S) bool) Property[S] {
	return Property[S]{Name: name, Kind: KindAlwaysStep, Step: holds}
}

// Reachable claims that some reachable state satisfies reached. It guards
// against a model in which nothing happens: a space that was exhausted without
// meeting such a state violates the property.
func Reachable[S any](name string, reached func(s *S) bool) Property[S] {
	return Property[S]{Name: name, Kind: KindReachable, State: reached}
}

// Explained returns the property with an Explain function: what is wrong with a
// state that breaks it, or, for a step, with the state after it.
func (p Property[S]) Explained(explain func(s *S) string) Property[S] {
	p.Explain = explain
	return p
}

// IsImplication reports whether the property has a left side, which may never be
// true.
func (p *Property[S]) IsImplication() bool { return p.Implication != nil || p.ImplicationStep != nil }

// ExplainedStep returns the property with an ExplainStep function: what is wrong
// with a step that breaks it.
func (p Property[S]) ExplainedStep(explain func(before, after *S) string) Property[S] {
	p.ExplainStep = explain
	return p
}

// ExplainedRun returns the property with an ExplainRun function: it is called once for each
// run that a report shows, and what it returns is given the states of that run. So an
// explanation can tell more than the last state knows, such as the history of clients'
// calls.
func (p Property[S]) ExplainedRun(explain func() RunExplainer[S]) Property[S] {
	p.ExplainRun = explain
	return p
}
