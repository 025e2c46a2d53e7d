//go:build purego

package codec

import "reflect"

// With the build tag purego, the reference replaces the compiled program.

type (
	ref     = reflect.Value
	machine = reference
)

// A space has no storage, since the reference allocates memory for each state.
type space struct {
	reference
	kept []byte // the encoding of the state that is kept
}

// refTo returns the variable that a pointer points to.
func refTo[S any](s *S) ref { return reflect.ValueOf(s).Elem() }

func refAt(v reflect.Value) ref { return v }

// refBehind returns the variable that a pointer points to.
func refBehind(pointer reflect.Value) ref { return pointer.Elem() }

// compile returns the reference, which needs no program.
func compile(s *shape) *machine { return &reference{s} }

// begin makes a zero space one in which no state is kept.
func (p *space) begin(m *machine) { p.reference = *m }

// trust does nothing: the reference always looks.
func (p *space) trust() {}

// keep overwrites a state with the one at the start of src.
func (p *space) keep(v, _ ref, src []byte) (rest []byte, ok bool) {
	rest, ok = p.replace(v, src)
	p.kept = append(p.kept[:0], consumed(src, rest)...)
	return rest, ok
}

// restore decodes the kept state once more.
func restore[S any](p *space, s, _ *S) {
	if _, ok := p.replace(refTo(s), p.kept); !ok {
		panic("codec: Restore without a state that is kept")
	}
}

// distrust does nothing: restore relies on no notes.
func (p *space) distrust() {}

// isFlat reports false: without unsafe, memory cannot serve as an encoding.
func (t reference) isFlat() bool { return false }

// view is never called, since no type is flat.
func (t reference) view(ref) []byte { return nil }

// stateIn is never called, since no type is flat.
func stateIn[S any](*uint64) *S { return nil }

// stateOf is never called, since no type is flat.
func stateOf(reflect.Type, *uint64) any { return nil }
