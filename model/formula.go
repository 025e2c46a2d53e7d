package model

import "fmt"

// Op is how a formula is made of its parts.
type Op string

// The ways to make a formula.
const (
	OpHolds    Op = "holds"    // State is true now
	OpHappens  Op = "happens"  // the next step is one of Action
	OpNot      Op = "not"      // of one part
	OpAnd      Op = "and"      // of any number of parts
	OpOr       Op = "or"       // of any number of parts
	OpNext     Op = "next"     // of one part
	OpUntil    Op = "until"    // of two parts
	OpGlobally Op = "globally" // of one part
	OpFinally  Op = "finally"  // of one part
)

// Formula is a claim about a run from some point on, in linear temporal logic.
// A run is a sequence of states, each different from the one before, that goes
// on for ever, or ends in a state in which it stays for ever; explore/LIVENESS.md
// says it exactly. [Temporal] makes a property of a formula: that it is true of
// every run from its beginning. What is claimed of a state, of what comes later or
// happens again and again, and premises of the latter kind, can be of any size; other
// formulas have a limit, which LIVENESS.md tells too.
//
//	Globally(IfThen(Holds(asked), Until(Holds(waiting), Happens[State]("Answer"))))
type Formula[S any] struct {
	Op     Op
	State  func(s *S) bool // of OpHolds
	Action string          // of OpHappens
	Parts  []Formula[S]

	// Label tells parts of one formula apart, such as node=1: see [ForAll].
	Label string

	_ struct{}
}

// Holds is true where the state satisfies the predicate, which must only read it.
func Holds[S any](holds func(s *S) bool) Formula[S] {
	return Formula[S]{Op: OpHolds, State: holds}
}

// Happens is true where the next step is one of this action that changes the
// state.
func Happens[S any](action string) Formula[S] {
	return Formula[S]{Op: OpHappens, Action: action}
}

// Not is true where f is not.
func Not[S any](f Formula[S]) Formula[S] { return combine(OpNot, f) }

// And is true where each of the formulas is.
func And[S any](list ...Formula[S]) Formula[S] { return combine(OpAnd, list...) }

// Or is true where one of the formulas is.
func Or[S any](list ...Formula[S]) Formula[S] { return combine(OpOr, list...) }

// IfThen is true where g is, or f is not.
func IfThen[S any](f, g Formula[S]) Formula[S] { return Or(Not(f), g) }

// Next is true where f is after one step. A run that stays in its last state for
// ever steps from that state to itself.
func Next[S any](f Formula[S]) Formula[S] { return combine(OpNext, f) }

// Until is true where g is true now or later, and f until then.
func Until[S any](f, g Formula[S]) Formula[S] { return combine(OpUntil, f, g) }

// Globally is true where f is true now and at every later point.
func Globally[S any](f Formula[S]) Formula[S] { return combine(OpGlobally, f) }

// Finally is true where f is true now or at some later point.
func Finally[S any](f Formula[S]) Formula[S] { return combine(OpFinally, f) }

// ForAll is true where claim(i) is for every i from 0 to n-1. When one of them
// is violated, the report says which, by the name of the index: node=1.
func ForAll[S any](name string, n int, claim func(i int) Formula[S]) Formula[S] {
	all := Formula[S]{Op: OpAnd}
	for i := range n {
		f := claim(i)
		f.Label = fmt.Sprintf("%s=%d", name, i)
		all.Parts = append(all.Parts, f)
	}
	return all
}

func combine[S any](op Op, parts ...Formula[S]) Formula[S] {
	return Formula[S]{Op: op, Parts: parts}
}
