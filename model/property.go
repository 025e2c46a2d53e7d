package model

// Kind is how a property is to be read.
type Kind string

// The kinds of property.
const (
	KindAlways     Kind = "always"      // true in every reachable state
	KindAlwaysStep Kind = "always-step" // true of every step between reachable states
	KindReachable  Kind = "reachable"   // true in at least one reachable state
)

// Property is a named claim about a model. Make one with [Always],
// [AlwaysStep] or [Reachable].
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

	_ struct{}
}

// Always claims that holds is true in every reachable state: an invariant.
func Always[S any](name string, holds func(s *S) bool) Property[S] {
	return Property[S]{Name: name, Kind: KindAlways, State: holds}
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

// ExplainedStep returns the property with an ExplainStep function: what is wrong
// with a step that breaks it.
func (p Property[S]) ExplainedStep(explain func(before, after *S) string) Property[S] {
	p.ExplainStep = explain
	return p
}
