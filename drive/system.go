package drive

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/muster-mc/muster/trace"
)

// System is a real system under test, or rather the few lines that connect one with the
// model. A new one is made for each test.
type System[S any] interface {
	// Do has the system take a step: an action of the model, with its arguments
	// (Arguments.Int and Arguments.Text read them). It returns once the system shows the
	// effect. The outcome is what the system has decided by itself:
	//
	//	nil        nothing: the step took place as it is
	//	Args       these arguments of the step had other values, or these ones
	//	Instead    another action took place
	//
	// The error Skip says that the system cannot be made to take the step here, and that
	// nothing has happened. Refused says that the system was asked and has declined; that
	// is right where the model does not permit the step, see Options.Refusals. Any other
	// error is a failure of the test.
	//
	// If the model has several initial states, Do is first called with the step Init; a
	// system that begins as it is returns Skip, and then any initial state is possible.
	Do(step trace.Step) (outcome any, err error)

	// Observe compares what the system shows with a state of the model, and returns what
	// is different. It is called after each step, once for each state that is still
	// possible, so it must not change the system.
	Observe(s *S) []Difference
}

// Skip is the error of a step that cannot be forced. Nothing went wrong, as with fs.SkipDir.
var Skip error = skip{}

type skip struct{}

func (skip) Error() string { return "the step cannot be forced" }

// Refused is the error of a step that the system declines.
var Refused error = refused{}

type refused struct{}

func (refused) Error() string { return "the system refuses the step" }

// Args are arguments by name. A value is compared with that of the model by its text, as
// a trace shows it.
type Args map[string]any

// Any is the value of an argument that the system has decided and does not tell.
var Any any = anyValue{}

type anyValue struct{}

// Instead is an action that took place in the place of the one that was asked for.
// Arguments that it does not name may have any value.
type Instead struct {
	Action string
	Args   Args
}

// String shows the outcome as a label is shown.
func (i Instead) String() string {
	if len(i.Args) == 0 {
		return i.Action
	}
	return i.Action + "(" + i.Args.String() + ")"
}

// String lists the arguments by name.
func (a Args) String() string {
	var words []string
	for _, name := range slices.Sorted(maps.Keys(a)) {
		words = append(words, name+"="+textOf(a[name]))
	}
	return strings.Join(words, ", ")
}

func textOf(v any) string {
	if v == Any {
		return "?"
	}
	return trace.ValueOf(v).String()
}

// Difference is a part of the state that a system shows otherwise than the model has it.
type Difference struct {
	Path  string // as in a trace, such as Jobs[1].Phase
	Model string
	Real  string
}

func (d Difference) String() string {
	return fmt.Sprintf("%s: %s in the model, %s in the real system", d.Path, d.Model, d.Real)
}

// Compare compares a part of the model's state with what the system shows of it, and
// returns the parts of it that differ, none if they are equal:
//
//	return append(drive.Compare("Length", int(s.Length), q.Len()),
//		drive.Compare("Jobs", s.Jobs, q.jobs())...)
//
// Values of one type are compared field by field, others as a trace shows them.
func Compare(path string, model, real any) []Difference {
	want, got := trace.ValueOf(model), trace.ValueOf(real)
	if want.Equal(got) || want.String() == got.String() {
		return nil
	}
	var list []Difference
	for _, c := range trace.Changes(want, got) {
		list = append(list, Difference{join(path, c.Path), orNone(c.Before), orNone(c.After)})
	}
	return list
}

// join joins two parts of a path. The second one may begin with an index.
func join(path, rest string) string {
	if path == "" || rest == "" || rest[0] == '[' {
		return path + rest
	}
	return path + "." + rest
}

// orNone is the text of an element that only one of two lists has.
func orNone(text string) string {
	if text == "" {
		return "none"
	}
	return text
}
