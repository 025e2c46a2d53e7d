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
// out of range, a bug that nothing can seed) panics when the entry is first asked
// for anything but its name and summary. A program with many entries starts at
// once because it never looks at those that it does not need; the commands list
// and bugs look at all. What a user got wrong is an error from [Entry.Open]: an
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

import (
	"reflect"
	"sync"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/model"
)

// Entry is a model that the command line knows by name. Make one with [Define].
type Entry struct {
	Name    string // such as lease, or with a group, ownership/zombie
	Summary string // one line: what it models

	details func() *details             // worked out once, when they are first asked for
	build   func(Entry, Settings) Model // from settings that are complete and in range
}

// Parameters are the entry's, in the order of the Config's fields.
func (e Entry) Parameters() []Parameter { return e.details().parameters }

// Bugs are the defects that can be seeded into the model.
func (e Entry) Bugs() []Bug { return e.details().bugs }

// Fixes are the settings that repair it.
func (e Entry) Fixes() []Fix { return e.details().fixes }

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
type Variant interface{ addTo(*details) }

func (b Bug) addTo(d *details) { d.bugs = append(d.bugs, b) }
func (f Fix) addTo(d *details) { d.fixes = append(d.fixes, f) }

// Define makes an entry from a model's constructor. The parameters are the
// fields of C that have a flag tag; see [Parameter]. It panics when the name
// cannot be one; what else cannot work panics when the entry is used.
func Define[C, S any](name, summary string, build func(C) *model.Model[S], variants ...Variant) Entry {
	if !isGrouped(name) {
		panicf("model %q: want a name of small letters, digits and dashes", name)
	}
	return Entry{
		Name: name, Summary: summary,
		details: sync.OnceValue(func() *details { return detailsOf(name, reflect.TypeFor[C](), variants) }),
		build: func(e Entry, s Settings) Model {
			return named{explore.Of(build(configure[C](s))).Named(e.Name), e, s}
		},
	}
}
