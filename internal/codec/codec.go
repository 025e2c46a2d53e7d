package codec

import "reflect"

// A Codec encodes and decodes the states of one type. It never changes, so any
// number of goroutines may use it.
type Codec[S any] struct {
	shape   *shape
	machine *machine
}

// For compiles the codec of a state type. The error is a [*RefusedError].
func For[S any]() (*Codec[S], error) {
	s, err := shapeOf(reflect.TypeFor[S]())
	if err != nil {
		return nil, err
	}
	return &Codec[S]{shape: s, machine: compile(s)}, nil
}

// Size returns the size of an encoding if all states have the same, else -1.
func (c *Codec[S]) Size() int { return c.shape.size() }

// Flat reports whether the encoding of a state is its memory, byte for byte.
func (c *Codec[S]) Flat() bool { return c.machine.isFlat() }

// View returns the memory of a state, which is its encoding. It is only for
// types that are flat, and panics for others.
func (c *Codec[S]) View(s *S) []byte {
	if !c.Flat() {
		panic("codec: View of a state type that is not flat: " + c.shape.typ.String())
	}
	return c.machine.view(refTo(s))
}

// New returns a space for one state. It is cheap: a space gets its memory when
// it needs it.
func (c *Codec[S]) New() *Space[S] { return &Space[S]{newSpace(c.machine)} }

// A Space encodes, decodes and copies, and owns the memory behind the one
// state that it last decoded or copied. It is for one goroutine at a time.
type Space[S any] struct {
	space space
}

// Append appends the encoding of a state, which may be in any space or none.
func (p *Space[S]) Append(dst []byte, s *S) []byte {
	return p.space.append(dst, refTo(s))
}

// Decode overwrites s with the state that src starts with the encoding of, and
// returns what follows. If there is none, ok is false and s holds nothing of
// use. Nothing refers to src afterwards.
func (p *Space[S]) Decode(s *S, src []byte) (rest []byte, ok bool) {
	return p.space.replace(refTo(s), src)
}

// Copy overwrites dst with a deep copy of src, which must not be in this space.
func (p *Space[S]) Copy(dst, src *S) {
	p.space.clone(refTo(dst), refTo(src))
}
