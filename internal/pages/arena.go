package pages

import (
	"reflect"
	"sync"
)

const (
	// plainBytes is how much an Arena allocates from Go's memory before it maps
	// a large page, so that a small search takes little.
	plainBytes = 128 << 10

	// blockFirst is the size of the first block of Chunks, for the same reason.
	// Each block is twice as large as its predecessor, up to blockMax.
	blockFirst = 64 << 10
	blockMax   = 8 * Huge

	// blockAdvised is the size from which a block of Chunks is advised to be in
	// large pages: a smaller block may not contain a whole one.
	blockAdvised = 2 * Huge
)

// Arena allocates slices of bytes from mapped blocks of large pages and frees
// all of them together. The zero Arena is ready for use. Goroutines may share it.
type Arena struct {
	mutex     sync.Mutex
	rest      []byte // the unused end of the last block
	allocated int    // bytes, since the last Free
	blockSize int    // bytes of the last block
	blocks    []Mapping
}

// Alloc returns n zeroed bytes without spare capacity.
func (a *Arena) Alloc(n int) []byte {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	if a.allocated += n; a.allocated <= plainBytes || n > Huge {
		return make([]byte, n)
	}
	if len(a.rest) < n && !a.addBlock() {
		return make([]byte, n)
	}
	data := a.rest[:n:n]
	a.rest = a.rest[n:]
	return data
}

// addBlock maps a block twice as large as the last one. The unused part of a
// block takes no memory, because the system provides pages on the first write.
func (a *Arena) addBlock() bool {
	a.blockSize = min(max(2*a.blockSize, Huge), blockMax)
	data, m, ok := Bytes(uint64(a.blockSize))
	if ok {
		a.rest, a.blocks = data, append(a.blocks, m)
	}
	return ok
}

// Free releases the memory of all slices that the arena has allocated. The
// caller must not use them any more. The arena is then as new.
func (a *Arena) Free() {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	for _, m := range a.blocks {
		m.Release()
	}
	a.rest, a.blocks, a.allocated, a.blockSize = nil, nil, 0, 0
}

// Chunks allocates slices of E from blocks of Go's memory that are large enough
// for large pages: the first write to such a block costs a fraction of the first
// writes to many small allocations. The garbage collector frees a block once
// none of its slices is in use. The zero value is ready for use. Goroutines may
// share it.
type Chunks[E any] struct {
	mutex     sync.Mutex
	rest      []E // the unused end of the last block
	blockSize int // bytes of the last block
}

// Alloc returns n zeroed elements without spare capacity. A slice of more than a
// large page gets memory of its own.
func (c *Chunks[E]) Alloc(n int) []E {
	size := int(reflect.TypeFor[E]().Size())
	if n*size > Huge {
		return make([]E, n)
	}
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if len(c.rest) < n {
		c.blockSize = min(max(2*c.blockSize, blockFirst, n*size), blockMax)
		c.rest = make([]E, c.blockSize/size)
		if c.blockSize >= blockAdvised {
			advise(c.rest)
		}
	}
	data := c.rest[:n:n]
	c.rest = c.rest[n:]
	return data
}
