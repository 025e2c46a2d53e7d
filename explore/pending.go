package explore

import (
	"github.com/muster-mc/muster/internal/codec"
)

// pendingMax is how many successors wait to be dealt with together. To read with
// wide loads what was just written with narrow stores stalls the processor
// until the stores have left its pipeline; after a few more successors they
// have.
const pendingMax = 16

// pending is successors that are yet to be hashed. Those of a flat type wait in
// a slab; another type's are encoded and dealt with at once.
type pending[S any] struct {
	work    *S // what the next action changes
	states  []*S
	encoded [][]byte
	origins [pendingMax]origin
	keep    [pendingMax]uint8 // which of them go further
	count   int

	// Only of a flat type: the words of the states, and how many each has.
	words  []uint64
	stride int
}

func (p *pending[S]) init(c *codec.Codec[S]) {
	if c.Flat() {
		slab := c.NewSlab(pendingMax)
		p.states, p.encoded = slab.States, slab.Views
		p.words, p.stride = slab.Words, slab.Stride
	} else {
		p.states, p.encoded = []*S{new(S)}, make([][]byte, 1)
	}
	p.work = p.states[0]
}

// push keeps the work copy, and reports whether it was the last one.
func (p *pending[S]) push(o origin) (full bool) {
	p.origins[p.count] = o
	p.count++
	if p.count == pendingMax {
		return true
	}
	p.work = p.states[p.count]
	return false
}

// encode keeps the encoding of the work copy.
func (p *pending[S]) encode(space *codec.Space[S], o origin) {
	p.encoded[0] = space.Append(p.encoded[0][:0], p.work)
	p.origins[0] = o
	p.count = 1
}

func (p *pending[S]) clear() {
	p.count = 0
	p.work = p.states[0]
}
