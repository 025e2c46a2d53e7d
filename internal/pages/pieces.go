package pages

import (
	"reflect"
	"sync"
)

// Pieces cuts what is asked for from blocks that are large enough to be in large
// pages: to touch those first costs a fraction of what small ones do. The memory is
// Go's, so there is nothing to give back; a block stays as long as any of its
// pieces is in use. The zero value is ready, and may be shared.
type Pieces[E any] struct {
	mutex sync.Mutex
	rest  []E
	bytes int // of the last block
}

const (
	// blockFirst is how large the first block is. Each is twice as large as the one
	// before, up to blockMost: a small run takes little. Those of which most can be
	// in large pages are advised to be.
	blockFirst   = 64 << 10
	blockAdvised = 2 * Huge
	blockMost    = 8 * Huge
)

// Cut returns n zeroed elements without room to grow. A piece that is large for a
// block has memory of its own.
func (p *Pieces[E]) Cut(n int) []E {
	size := int(reflect.TypeFor[E]().Size())
	if n*size > Huge {
		return make([]E, n)
	}
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if len(p.rest) < n {
		p.bytes = min(max(2*p.bytes, blockFirst, n*size), blockMost)
		p.rest = make([]E, p.bytes/size)
		if p.bytes >= blockAdvised {
			advise(p.rest)
		}
	}
	piece := p.rest[:n:n]
	p.rest = p.rest[n:]
	return piece
}
