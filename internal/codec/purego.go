//go:build purego

package codec

import "reflect"

// With the build tag purego, the reference replaces the compiled program.

type (
	ref     = reflect.Value
	machine = reference
	space   = reference
)

func refTo[S any](s *S) ref { return reflect.ValueOf(s).Elem() }

func refAt(v reflect.Value) ref { return v }

func compile(s *shape) *machine { return &reference{s} }

func newSpace(m *machine) space { return *m }

func (t reference) isFlat() bool { return false }

// view is never called, since no type is flat.
func (t reference) view(ref) []byte { return nil }

// stateIn is never called, since no type is flat.
func stateIn[S any](*uint64) *S { return nil }
