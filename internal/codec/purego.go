//go:build purego

package codec

import "reflect"

// With the build tag purego, the reference replaces the compiled program.

type (
	ref     = reflect.Value
	machine = reference
	space   = reference
)

// refTo returns the variable that a pointer points to.
func refTo[S any](s *S) ref { return reflect.ValueOf(s).Elem() }

func refAt(v reflect.Value) ref { return v }

// compile returns the reference, which needs no program.
func compile(s *shape) *machine { return &reference{s} }

// newSpace returns the reference itself: it has no storage, since it allocates memory for
// each state.
func newSpace(m *machine) space { return *m }

// isFlat reports false: without unsafe, memory cannot serve as an encoding.
func (t reference) isFlat() bool { return false }

// view is never called, since no type is flat.
func (t reference) view(ref) []byte { return nil }

// stateIn is never called, since no type is flat.
func stateIn[S any](*uint64) *S { return nil }
