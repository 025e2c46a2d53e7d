package model

// Implication is what [Implies] claims, in its two parts.
type Implication[S any] struct {
	When func(s *S) bool // the left side
	Then func(s *S) bool // the right side, asked only where the left one is true
}

// Implies claims that then is true in every reachable state in which when is. It
// is [Always] of both, and tells more: an engine counts the states to which the
// claim applies, and says so if there is none. Such a claim is true, but of
// nothing. Where it speaks of several things, "every node that holds the lock has
// a lease", when is whether there is such a thing.
func Implies[S any](name string, when, then func(s *S) bool) Property[S] {
	p := Always(name, func(s *S) bool { return !when(s) || then(s) })
	p.Implication = &Implication[S]{when, then}
	return p
}

// ImplicationStep is what [ImpliesStep] claims, in its two parts.
type ImplicationStep[S any] struct {
	When func(before, after *S) bool // the left side
	Then func(before, after *S) bool // the right side, asked only where the left one is true
}

// ImpliesStep claims that then is true of every step for which when is true: "a step
// that passes the lock on raises its token". It is [AlwaysStep] of both, as
// [Implies] is [Always] of both: an engine counts the steps to which the claim
// applies, those that change nothing or leave the Constraint too, and says so if
// there is none.
func ImpliesStep[S any](name string, when, then func(before, after *S) bool) Property[S] {
	p := AlwaysStep(name, func(before, after *S) bool { return !when(before, after) || then(before, after) })
	p.ImplicationStep = &ImplicationStep[S]{when, then}
	return p
}
