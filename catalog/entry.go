// Package catalog gives models names, so that a command line can list them, set
// their parameters and seed their bugs. A model of the catalogue has no type
// parameter, so that one program can hold models with different state types.
//
// # An entry
//
// An entry is made from a constructor that takes a Config:
//
//	type Config struct {
//		Workers int    `flag:"workers" default:"2" min:"1" max:"4" help:"workers that take jobs"`
//		Lossy   bool   `flag:"lossy" help:"let the network lose messages"`
//		Retry   string `flag:"retry" default:"never" oneof:"never always" help:"when a lost message is sent again"`
//		Bug     string // the seeded bug, or ""
//	}
//
//	func New(c Config) *model.Model[State] {
//		c = catalog.Settle(c) // fill in the defaults
//		...
//	}
//
//	var Entry = catalog.Define("queue", "a job queue and its workers", New,
//		catalog.Bug{Name: "ack-early", Doc: "a worker acknowledges a job before the job has run",
//			Breaks: "NoJobIsLost", Length: 3},
//		catalog.Fix{Name: "retry", Doc: "what is lost is sent again",
//			With: catalog.With{"lossy": "true", "retry": "always"}},
//	)
//
// Each field with a flag tag is a parameter: a flag of that name on the command
// line, with its range checked; see [Parameter] for the tags. The zero Config
// is the default configuration, for users of the library as on the command line;
// [None] sets a parameter to zero.
//
// A mistake of the programmer is a panic: a field that cannot be a parameter, a
// default out of range, or a bug that the Config cannot seed. The panic comes when
// the entry is first asked for more than its name and summary, since checking all
// entries would slow the start of a program with many of them. A mistake of the user
// is an error from [Entry.Open]: an [UnknownError] or a [RangeError], which name the
// value, the permitted values and the nearest known name.
//
// # Bugs and fixes
//
// A model that never fails has not shown that it can. Therefore an entry lists
// defects that can be seeded into its model. Each names the property that it must
// break and the length of the shortest counterexample. [Entry.Trials] checks all of
// them, together with the settings that must repair the model.
//
// # Logs
//
// [Logs] among the variants says how a log of a real system is read as a run of the
// model, which [Model.Conform] looks for; see package conform.
package catalog

import (
	"fmt"
	"reflect"
	"runtime"
	"sync"

	"github.com/muster-mc/muster/conform"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/model"
)

// Entry is a model that the command line knows by name. [Define] makes one.
type Entry struct {
	Name    string // such as lease, or with a group, ownership/zombie
	Summary string // one line about the model

	details func() *details             // computed and validated on the first call
	build   func(Entry, Settings) Model // the settings must be complete and in range
}

// Parameters returns the parameters in the order of the Config's fields.
func (e Entry) Parameters() []Parameter { return e.details().parameters }

// Bugs returns the defects that can be seeded into the model.
func (e Entry) Bugs() []Bug { return e.details().bugs }

// Fixes returns the settings that repair the model.
func (e Entry) Fixes() []Fix { return e.details().fixes }

// With has the values of parameters by name, as on the command line.
type With map[string]string

// Bug is a defect that can be seeded into a model. It breaks the property Breaks with
// a shortest counterexample of Length states.
type Bug struct {
	Name   string
	Doc    string // one line: what goes wrong
	Breaks string // the property
	Length int    // states in the shortest counterexample; 0 for any number, and for a property that is never reached
	With   With   // the parameters under which the bug shows, unless the defaults
}

// Fix is a named setting of parameters under which every property holds: one
// way to repair what the entry's bugs break.
type Fix struct {
	Name string
	Doc  string
	With With
}

// Logged says how logs of a real system are compared with the model. [Logs] makes one.
type Logged struct {
	config reflect.Type
	bind   func(Settings) conform.Checker // the settings must be complete and in range
}

// Logs says how a log of a real system is read as a run of the model with a Config. The
// model of the log is the one that the constructor makes with the same Config.
func Logs[C, S any](bind func(C) conform.Log[S]) Logged {
	return Logged{reflect.TypeFor[C](), func(s Settings) conform.Checker { return conform.Of(bind(configure[C](s))) }}
}

// Variant is a Bug or a Fix, or says how logs are compared.
type Variant interface{ addTo(*details) }

func (b Bug) addTo(d *details)    { d.bugs = append(d.bugs, b) }
func (f Fix) addTo(d *details)    { d.fixes = append(d.fixes, f) }
func (l Logged) addTo(d *details) { d.log = &l }

// HasLog reports whether logs of a real system can be compared with the model.
func (e Entry) HasLog() bool { return e.details().log != nil }

// Define makes an entry from a model's constructor. The parameters are the
// fields of C that have a flag tag; see [Parameter]. Define panics if the name is
// invalid. The entry panics on first use if anything else is.
func Define[C, S any](name, summary string, build func(C) *model.Model[S], variants ...Variant) Entry {
	return define(name, summary, reflect.TypeFor[C](), pointerOf(build), variants,
		func(s Settings) explore.Checker { return explore.Of(build(configure[C](s))) })
}

// define is Define without the types of the Config and of the states, so that it is
// compiled once and not for every entry.
func define(name, summary string, config reflect.Type, build uintptr, variants []Variant, open func(Settings) explore.Checker) Entry {
	if !isGrouped(name) {
		panicf("model %q: want a name of small letters, digits and dashes", name)
	}
	return Entry{
		Name: name, Summary: summary,
		details: sync.OnceValue(func() *details { return detailsOf(name, config, build, variants) }),
		build:   func(e Entry, s Settings) Model { return named{open(s).Named(e.Name), e, s} },
	}
}

// Settings select a configuration of a model. The zero value is the default
// configuration.
type Settings struct {
	With With   // parameters by name
	Bug  string // the bug to seed; With has precedence over its parameters
	Fix  string // the fix to apply; With has precedence over its parameters
}

// Open makes the model with these settings. A parameter takes its value from
// the first of these that sets it: With, the fix, the bug, its default. An error
// is an [UnknownError], a [RangeError], or the constructor's objection to this
// combination of parameters.
func (e Entry) Open(s Settings) (Model, error) {
	with, err := e.details().complete(s)
	if err != nil {
		return nil, err
	}
	return e.make(Settings{With: with, Bug: s.Bug, Fix: s.Fix})
}

// Values converts parameters to ints, bools and strings. Values out of range are left
// out.
func (e Entry) Values(with With) map[string]any {
	all := map[string]any{}
	for _, p := range e.Parameters() {
		if value, err := p.Parse(with[p.Name]); err == nil {
			all[p.Name] = value
		}
	}
	return all
}

// make calls the constructor. A constructor refuses a combination of parameters by a
// panic; since the user has chosen the parameters, make returns an error. A runtime
// error is a defect of the constructor and passes through.
func (e Entry) make(s Settings) (m Model, err error) {
	defer func() {
		switch p := recover().(type) {
		case nil:
		case runtime.Error:
			panic(p)
		default:
			err = fmt.Errorf("%s: %v", e.Name, p)
		}
	}()
	return e.build(e, s), nil
}
