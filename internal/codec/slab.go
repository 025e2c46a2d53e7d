package codec

// A Slab is states of a flat type one after the other, each in words of its own:
// what is left of a state's last word is zero. So two states are the same if
// their words are.
type Slab[S any] struct {
	Words  []uint64 // of all states
	Stride int      // words of each state, at least one
	States []*S     // the states in Words
	Views  [][]byte // their encodings, which are their memory
}

// NewSlab returns so many zero states. It is only for types that are flat, and
// panics for others.
func (c *Codec[S]) NewSlab(states int) Slab[S] {
	if !c.Flat() {
		panic("codec: NewSlab of a state type that is not flat: " + c.shape.typ.String())
	}
	slab := Slab[S]{Stride: max(1, (c.Size()+7)/8)}
	slab.Words = make([]uint64, states*slab.Stride)
	for i := range states {
		s := stateIn[S](&slab.Words[i*slab.Stride])
		slab.States = append(slab.States, s)
		slab.Views = append(slab.Views, c.View(s))
	}
	return slab
}
