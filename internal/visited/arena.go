package visited

import (
	"encoding/binary"
	"iter"
	"math/bits"
)

const (
	chunkBits  = 21 // the size of a large page
	chunkBytes = 1 << chunkBits
	chunkMask  = chunkBytes - 1

	// firstBytes is the size of the first chunk, so that a small model takes little
	// memory. Each chunk is twice as large as the one before it, up to chunkBytes.
	firstBytes = 1 << 10
)

// arena stores encoded states one after the other and never moves them. If the
// sizes of states vary, each state is preceded by its length. If states have
// numbers, each state is followed by its number.
//
// An arena consists of chunks, and every state is within one chunk. The place of a
// state is the index of its chunk and the offset in the chunk. A state larger than
// a chunk gets a chunk of its own.
type arena struct {
	size   int // of each state, or negative if sizes vary
	tail   int // bytes of a number, or 0
	chunks []chunk
	most   int // the largest number of chunks
	pool   *chunkPool
	next   uint64 // the size of the next chunk, unless a state is larger
	bytes  uint64
}

// chunk is memory for states, filled from the front.
type chunk struct {
	data   []byte
	used   uint64
	memory memory
}

// newArena returns an empty arena for states of the given size. States of no bytes
// are stored with their length, so that different states have different places.
func newArena(size, chunksMax int, from *chunkPool) arena {
	if size == 0 {
		size = -1
	}
	return arena{size: size, most: chunksMax, pool: from}
}

// put appends a state and returns its place. It reports false if the arena is full.
func (a *arena) put(state []byte) (place uint64, ok bool) {
	length := uint64(len(state) + a.tail)
	if a.size < 0 {
		length += lengthBytes(uint64(len(state)))
	}
	if !a.reserve(length) {
		return 0, false
	}
	last := len(a.chunks) - 1
	c := &a.chunks[last]
	place = uint64(last)<<chunkBits | c.used
	to := c.data[c.used:]
	if a.size < 0 {
		to = to[binary.PutUvarint(to, uint64(len(state))):]
	}
	clear(to[copy(to, state):][:a.tail])
	c.used += length
	return place, true
}

// lengthBytes returns the size of a length as a varint, which has 7 bits a byte.
func lengthBytes(length uint64) uint64 { return uint64(bits.Len64(length|1)+6) / 7 }

// reserve ensures that the last chunk has length free bytes. What is left at the end of a
// chunk stays unused, since a state is never in two. It reports false if the arena has the
// largest number of chunks.
func (a *arena) reserve(length uint64) bool {
	n := len(a.chunks)
	if n > 0 && a.chunks[n-1].used+length <= uint64(len(a.chunks[n-1].data)) {
		return true
	}
	if n == a.most {
		return false
	}
	for a.next = max(a.next, firstBytes); a.next < min(length, chunkBytes); {
		a.next *= 2
	}
	size := max(a.next, length)
	data, m := a.pool.allocate(size)
	a.chunks = append(a.chunks, chunk{data: data, memory: m})
	a.bytes += size
	a.next = min(2*a.next, chunkBytes)
	return true
}

// at returns the state at a place.
func (a *arena) at(place uint64) []byte {
	if a.size >= 0 {
		return a.chunks[place>>chunkBits].data[place&chunkMask:][:a.size]
	}
	state, _ := a.split(a.chunks[place>>chunkBits].data[place&chunkMask:])
	return state
}

// number returns the bytes of the number of the state at a place.
func (a *arena) number(place uint64) []byte {
	at := a.chunks[place>>chunkBits].data[place&chunkMask:]
	if a.size >= 0 {
		return at[a.size:][:numberBytes]
	}
	_, rest := a.split(at)
	return at[len(at)-len(rest)-numberBytes:][:numberBytes]
}

// numberBytes is the size of the number of a state.
const numberBytes = 4

// split returns the first state of data, and the data after its number.
func (a *arena) split(data []byte) (state, rest []byte) {
	if a.size >= 0 {
		return data[:a.size], data[a.size+a.tail:]
	}
	length, n := uint64(data[0]), 1
	if length >= 0x80 {
		length, n = binary.Uvarint(data)
	}
	end := uint64(n) + length
	return data[n:end], data[end+uint64(a.tail):]
}

// all yields the states in the order of insertion. The index of a state is not kept, so
// states are found from front to back.
func (a *arena) all() iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		for _, c := range a.chunks {
			var state []byte
			for data := c.data[:c.used]; len(data) > 0; {
				state, data = a.split(data)
				if !yield(state) {
					return
				}
			}
		}
	}
}

// free releases the memory. States must not be used any more.
func (a *arena) free() {
	for _, c := range a.chunks {
		c.memory.release()
	}
	a.chunks, a.bytes, a.next = nil, 0, 0
}
