package model

// Model describes a system: where it starts, what can happen, and what must be
// true. The zero value of every field but Name, Actions and Properties is
// useful.
type Model[S any] struct {
	// Name is what reports call the model.
	Name string

	// Init makes the initial states. It is called with a zero state and fills
	// it in; every combination of answers to what it asks is one initial
	// state. Returning false rejects a combination. Nil means one initial
	// state, the zero value of S.
	Init func(s *S, c *Choice) bool

	// Actions are everything that can happen, in the order in which they are
	// tried.
	Actions []Action[S]

	// Properties are what is checked. A model needs at least one.
	Properties []Property[S]

	// Constraint bounds the space that is explored. A state for which it is
	// false is generated and its properties are checked, but it is neither
	// counted nor expanded (TLC's CONSTRAINT). Nil bounds nothing.
	Constraint func(s *S) bool

	// Terminal says which states may have no successor. Any other state
	// without one is a deadlock, which is a violation. Nil permits none.
	Terminal func(s *S) bool

	// AllowDeadlock turns the deadlock check off.
	AllowDeadlock bool

	// Progress demands of every run that it goes on as long as any action can
	// change the state: weak fairness of all actions together. It is for
	// properties about whole runs; see [Fairness].
	Progress bool

	// Waits says who cannot go on in a state, and what for. Reports show it of a
	// deadlock, and of a run that never ends as far as it is true in every state of
	// the loop. It changes no verdict. Nil says nothing.
	Waits func(s *S) []Wait

	// Picture draws a state, for a look that says what the state is: as SVG, as HTML or
	// as a table of HTML. The explorer shows it in a frame where no script runs and
	// nothing is loaded, with a style sheet for both colour schemes: text and lines have
	// the colours of the page, and the classes good, bad, warn, dim, accent and fill are
	// colours with a meaning. Texts that are not the model's own, such as messages, must
	// be escaped. Picture must only read the state; it changes no verdict. Nil draws
	// nothing.
	Picture func(s *S) string

	// Symmetry lists the types whose values are interchangeable. A search then
	// visits one state of all those that differ in nothing but the names of such
	// values; see [Symmetry]. Several types are independent of each other.
	Symmetry []Symmetry

	// Code is the real code that the state has references to; see package inplace.
	Code []Code

	_ struct{}
}

// Action is one named kind of step.
type Action[S any] struct {
	// Name is what traces and coverage call the action. It must be unique in
	// the model.
	Name string

	// Do takes the step. It is given a private copy of the state, changes it
	// in place and returns true; or it returns false, before changing
	// anything, when the action is not enabled. It must be deterministic: the
	// same state and the same answers give the same result.
	Do func(s *S, c *Choice) bool

	// Fault names the kind of fault that this action injects, such as "crash"
	// or "message loss", so that a run can leave that kind out. Empty for the
	// steps of the protocol itself.
	Fault string

	// Fair is what every run owes to the action. It is for properties about
	// whole runs; see [Fairness].
	Fair Fairness

	// FairBy names the arguments that WeakEach and StrongEach tell apart. Nil
	// means all of them. Of several answers under one name, a trace and FairBy call
	// the second name#2, the third name#3 and so on.
	FairBy []string

	_ struct{}
}
