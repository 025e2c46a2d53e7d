// Package catalog gives models names, so that a command line can list them, set
// their parameters and seed their bugs. The state's type is erased here, and
// only here: everything before it is generic, everything after it is not.
//
// # An entry
//
// A model comes to the catalogue as a constructor from a Config:
//
//	type Config struct {
//		Workers int    `flag:"workers" default:"2" min:"1" max:"4" help:"workers that take jobs"`
//		Lossy   bool   `flag:"lossy" help:"let the network lose messages"`
//		Retry   string `flag:"retry" default:"never" oneof:"never once always" help:"when a job is tried again"`
//		Bug     string // the seeded bug, or ""
//	}
//
//	func New(c Config) *model.Model[State] {
//		c = catalog.Settle(c) // fill in the defaults
//		...
//	}
//
//	var Entry = catalog.Define("queue", "a job queue and its workers", New,
//		catalog.Bug{Name: "ack-early", Doc: "...", Breaks: "NoJobIsLost", Length: 5},
//		catalog.Fix{Name: "retry", Doc: "...", With: catalog.With{"retry": "always"}},
//	)
//
// Each field with a flag tag is a parameter: a flag of that name on the command
// line, with its range checked; see [Parameter] for the tags. The zero Config
// is the default configuration, for library users as on the command line; see
// [Settle] for how a parameter is set to zero all the same.
//
// What a programmer got wrong (a field that cannot be a parameter, a default
// out of range, a bug that nothing can seed) panics in [Define], and so when
// the program starts. What a user got wrong is an error from [Entry.Open]: an
// [UnknownError] or a [RangeError], which say what was got, what was wanted and
// what there is.
//
// # Bugs and fixes
//
// A model that never fails has not shown that it can. So an entry seeds defects
// into its model, names for each the property that it must break and the length
// of the shortest counterexample, and [Entry.Trials] puts all of them to the
// test, together with the settings that must repair the model.
package catalog

import "github.com/muster-mc/muster/model"

// Entry is a model that the command line knows by name. Make one with [Define].
type Entry struct {
	Name       string // such as lease, or with a group, ownership/zombie
	Summary    string // one line: what it models
	Parameters []Parameter
	Bugs       []Bug
	Fixes      []Fix

	build func(Settings) Model // from settings that are complete and in range
}

// With is parameters by name, as they are written on the command line.
type With map[string]string

// Bug is a defect that can be seeded into a model. It breaks the property it
// names, in a shortest counterexample of Length states.
type Bug struct {
	Name   string
	Doc    string // one line: what goes wrong
	Breaks string // the property
	Length int    // states in the shortest counterexample; 0 for a property that is never reached
	With   With   // the parameters that show it, where not the defaults
}

// Fix is a named setting of parameters under which every property holds: one
// way to repair what the entry's bugs break.
type Fix struct {
	Name string
	Doc  string
	With With
}

// Variant is a Bug or a Fix.
type Variant interface{ addTo(*Entry) }

func (b Bug) addTo(e *Entry) { e.Bugs = append(e.Bugs, b) }
func (f Fix) addTo(e *Entry) { e.Fixes = append(e.Fixes, f) }

// Define makes an entry from a model's constructor. The parameters are the
// fields of C that have a flag tag; see [Parameter]. It panics when the entry
// cannot work.
func Define[C, S any](name, summary string, build func(C) *model.Model[S], variants ...Variant) Entry {
	e := Entry{Name: name, Summary: summary, Parameters: parametersOf[C]()}
	for _, v := range variants {
		v.addTo(&e)
	}
	e.build = func(s Settings) Model {
		return erased[S]{build(configure[C](s)), e, s}
	}
	e.validate(hasBug[C]())
	return e
}
