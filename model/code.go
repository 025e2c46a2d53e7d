package model

import "reflect"

// Code is real code that a model runs: tables of the values of Go types that a state
// refers to. Package inplace makes them; the methods are for the engine.
type Code interface {
	// Problem says why the code cannot be run, or nothing.
	Problem() string

	// Covers reports whether references of a type refer to this code.
	Covers(reference reflect.Type) bool

	// Begin prepares for a run, until end is called.
	Begin(CodeRun) (end func())

	// Bytes is the memory that the tables take.
	Bytes() uint64

	// Account is what the run has done with the code so far.
	Account() CodeAccount

	// Reproduce begins to write down a run as a program that calls the code itself. It
	// returns nil if the code has no source for that.
	Reproduce() CodeSource
}

// CodeRun is a run from the view of the code.
type CodeRun struct {
	Live  uint64 // bytes that objects may take which can be made again
	Exact bool   // whatever has one hash is compared byte by byte
}

// CodeAccount is what a run has done with real code.
type CodeAccount struct {
	Name string `json:"name"`

	// States is how many different values of the type there were. Steps is how many
	// different steps from one to another, each of which was run, and Asked is how often
	// the model has asked for a step. Both are zero for values that take no steps.
	States uint64 `json:"states"`
	Steps  uint64 `json:"steps,omitempty"`
	Asked  uint64 `json:"asked,omitempty"`

	Exact bool `json:"exact,omitempty"` // the values with one hash were compared byte by byte
}

// CodeSource writes down a run.
type CodeSource interface {
	// Preamble is the beginning of the program.
	Preamble() string

	// Watch has every call of the code that the model makes noted as statements, until
	// Rest is called.
	Watch(note func(statements string))
	Rest()
}

// CodeReference is a part of a state that refers to a value of real code.
type CodeReference interface{ RefersToCode() }

// Breach is the value of a panic that says that the model breaks a rule of the engine: real
// code that does not do the same every time, for example. It is an error of the model, and
// no finding about it.
type Breach struct{ Problem string }

func (b *Breach) Error() string { return b.Problem }
