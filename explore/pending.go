package explore

import (
	"github.com/muster-mc/muster/internal/codec"
	"github.com/muster-mc/muster/internal/fingerprint"
)

// pendingMax is how many successors wait to be hashed together. To read with
// wide loads what was just written with narrow stores stalls the processor
// until the stores have left its pipeline; after a few more successors they
// have.
const pendingMax = 16

// pending is successors that are not yet hashed. Those of a flat type wait in
// copies of their own; another type's are encoded and hashed at once.
type pending[S any] struct {
	work    *S // what the next action changes
	states  []S
	encoded [][]byte
	origins []origin
	prints  []fingerprint.Print
	count   int
}

func (p *pending[S]) init(c *codec.Codec[S]) {
	n := 1
	if c.Flat() {
		n = pendingMax
	}
	p.states, p.encoded = make([]S, n), make([][]byte, n)
	p.origins, p.prints = make([]origin, n), make([]fingerprint.Print, n)
	p.work = &p.states[0]
	if !c.Flat() {
		return
	}
	for i := range p.states {
		p.encoded[i] = c.View(&p.states[i])
	}
}

// push keeps the work copy, and reports whether it was the last one.
func (p *pending[S]) push(o origin) (full bool) {
	p.origins[p.count] = o
	p.count++
	if p.count == len(p.states) {
		return true
	}
	p.work = &p.states[p.count]
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
	p.work = &p.states[0]
}
