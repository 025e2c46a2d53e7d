//go:build purego

package codec

import "reflect"

// Where nothing unsafe is wanted, the twin stands in for the compiled program.

type (
	ref     = reflect.Value
	machine = twin
	space   = twin
)

func refTo[S any](s *S) ref { return reflect.ValueOf(s).Elem() }

func refAt(v reflect.Value) ref { return v }

func compile(s *shape) *machine { return &twin{s} }

func newSpace(m *machine) space { return *m }

func (t twin) isFlat() bool { return false }

// view is never called, since no type is flat,
func (t twin) view(ref) []byte { return nil }

// nor is there a state in words.
func stateIn[S any](*uint64) *S { return nil }
