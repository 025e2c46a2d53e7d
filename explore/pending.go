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
	states  [pendingMax]*S // the same one everywhere unless the type is flat
	encoded [][]byte
	origins [pendingMax]origin
	keep    [pendingMax]uint8  // which of them go further
	slots   [pendingMax]uint32 // where recent has them
	count   uint

	// Only of a flat type: the words of the states, and how many each has.
	words  []uint64
	stride int
}

func (p *pending[S]) init(c *codec.Codec[S]) {
	if c.Flat() {
		slab := c.NewSlab(pendingMax)
		copy(p.states[:], slab.States)
		p.encoded = slab.Views
		p.words, p.stride = slab.Words, slab.Stride
	} else {
		s := new(S)
		for i := range p.states {
			p.states[i] = s
		}
		p.encoded = make([][]byte, 1)
	}
}

// work is the copy that the next action changes. It is found anew each time: to
// keep a pointer to it would be a write that the garbage collector wants to know
// of.
func (p *pending[S]) work() *S { return p.states[p.count%pendingMax] }

// view is the memory of the work copy, which is its encoding. Only of a flat type.
func (p *pending[S]) view() []byte { return p.encoded[p.count%pendingMax] }

// push keeps the work copy, and reports whether it was the last one.
func (p *pending[S]) push(o origin) (full bool) {
	n := p.count
	p.origins[n%pendingMax] = o
	p.count = n + 1
	return n+1 == pendingMax
}

// encode keeps the encoding of the work copy.
func (p *pending[S]) encode(space *codec.Space[S], o origin) {
	p.encoded[0] = space.Append(p.encoded[0][:0], p.work())
	p.origins[0] = o
	p.count = 1
}

func (p *pending[S]) clear() { p.count = 0 }
