package codec

import "reflect"

// An Untyped is a codec for code that does not know the state type: a state is a
// pointer to one, in an interface. It never changes, so any number of goroutines may
// use it. Its methods panic if a state is not of the type.
type Untyped struct {
	shape   *shape
	machine *machine
	pointer reflect.Type // of the pointers to states
}

// untypedOf compiles the codec of a state type.
func untypedOf(t reflect.Type) (*Untyped, error) {
	s, err := shapeOf(t)
	if err != nil {
		return nil, err
	}
	return &Untyped{s, compile(s), reflect.PointerTo(t)}, nil
}

// Size returns the size of an encoding, or -1 if it depends on the state.
func (c *Untyped) Size() int { return c.shape.size() }

// Flat reports whether the encoding of a state is its memory, byte for byte.
func (c *Untyped) Flat() bool { return c.machine.isFlat() }

// Make returns a new zero state.
func (c *Untyped) Make() any { return reflect.New(c.shape.typ).Interface() }

// ViewOf is [Codec.View].
func (c *Untyped) ViewOf(s any) []byte { return c.viewAt(c.refOf(s)) }

// Open is [Codec.New].
func (c *Untyped) Open() *UntypedSpace {
	p := &UntypedSpace{codec: c}
	p.space.begin(c.machine)
	return p
}

// refOf returns the address of a state.
func (c *Untyped) refOf(s any) ref {
	v := reflect.ValueOf(s)
	if v.Type() != c.pointer {
		panic("codec: got a " + v.Type().String() + ", want a " + c.pointer.String())
	}
	return refBehind(v)
}

// viewAt returns the memory of a state of a flat type.
func (c *Untyped) viewAt(s ref) []byte {
	if !c.Flat() {
		panic("codec: View of a state type that is not flat: " + c.shape.typ.String())
	}
	return c.machine.view(s)
}

// An UntypedSpace is a [Space] for states in interfaces.
type UntypedSpace struct {
	codec *Untyped
	space space
}

// Append is [Space.Append].
func (p *UntypedSpace) Append(dst []byte, s any) []byte {
	return p.space.append(dst, p.codec.refOf(s))
}

// Decode is [Space.Decode].
func (p *UntypedSpace) Decode(s any, src []byte) (rest []byte, ok bool) {
	return p.space.replace(p.codec.refOf(s), src)
}

// Copy is [Space.Copy].
func (p *UntypedSpace) Copy(dst, src any) {
	p.space.clone(p.codec.refOf(dst), p.codec.refOf(src))
}

// A Slab holds states of a flat type one after the other. Each state starts at a
// word, and the unused bytes of its last word are zero: two states are the same
// if and only if their words are.
type Slab struct {
	Words  []uint64 // of all states
	Stride int      // words of each state, at least one
	States []any    // pointers to the states in Words
	Views  [][]byte // their encodings, which are their memory
}

// Slab returns a slab of zero states. Slab panics if the type is not flat.
func (c *Untyped) Slab(states int) Slab { return c.newSlab(states) }

func (c *Untyped) newSlab(states int) Slab {
	if !c.Flat() {
		panic("codec: NewSlab of a state type that is not flat: " + c.shape.typ.String())
	}
	slab := Slab{Stride: max(1, (c.Size()+7)/8)}
	slab.Words = make([]uint64, states*slab.Stride)
	for i := range states {
		s := stateOf(c.shape.typ, &slab.Words[i*slab.Stride])
		slab.States = append(slab.States, s)
		slab.Views = append(slab.Views, c.ViewOf(s))
	}
	return slab
}
