// Package predecessor remembers, for every state of a breadth-first search, which
// state it was first reached from, and as which of that state's successors.
//
// States are numbered in the order in which they were found, so parents never
// decrease, and two small differences written as varints say it all: two bytes
// a state as a rule. The log is only ever appended to. To read it, a chunk is
// decoded from its beginning, or from where it was read before. Chunks that are full
// can be kept in a file.
package predecessor

import (
	"encoding/binary"
	"slices"

	"github.com/muster-mc/muster/internal/pages"
	"github.com/muster-mc/muster/internal/spill"
)

// Link is how a state was first reached.
type Link struct {
	Parent  uint64 // the number of the state before
	Ordinal uint64 // which of its successors, counting from zero
}

// chunkBytes bounds the cost of a look-up: a chunk in a file is read whole. Smaller
// chunks would take more reads when a log is read in order, and more memory for the list
// of chunks.
const chunkBytes = 64 << 10

// Log is the links of all states in order of their numbers. The zero Log is empty and
// ready to use. Links are appended by one goroutine, and Part is for the others. A
// look-up moves the reader, so look-ups need that goroutine too.
type Log struct {
	// ChunkBytes is how much is written before a new chunk is begun; a look-up
	// decodes one chunk. Zero is as much as is usual.
	ChunkBytes int

	chunks []chunk
	stock  pages.Arena // what all but the first one's are cut from
	last   uint64      // the parent of the last link
	count  uint64
	bytes  uint64
	reader reader

	file    *spill.File // or nil
	spilled int         // chunks that are in it: the first ones
	filed   uint64      // their bytes
}

// A chunk can be decoded by itself, because it has the number and the parent from which
// its differences count. No chunk is empty, so the first numbers of the chunks grow, and
// a binary search finds the chunk of a state.
type chunk struct {
	first uint64 // the number of its first state
	base  uint64 // what the first difference is added to
	data  []byte // unless it is in the file
	place spill.Place
}

// Part is consecutive links, encoded by one worker while others encode theirs. The zero
// Part is empty; Reset empties one for new use. The first link's difference depends on
// the last parent of the part before, which another worker may be adding at the same
// time. So the difference is left out until the parts are appended in order.
type Part struct {
	first uint64 // the parent of the first link
	last  uint64 // the parent of the last link
	count uint64
	data  []byte // the links, without the first one's difference
	room  []byte // in a log, for what is not copied yet
	step  uint64 // the first one's difference there
}

// Reset empties the part. Fill must come before Reset, which forgets the room in the log.
// The memory of the links is kept.
func (p *Part) Reset() { p.count, p.data, p.room = 0, p.data[:0], nil }

// Add appends a link. Its parent must not be less than the last one's.
func (p *Part) Add(l Link) {
	if p.count == 0 {
		p.first = l.Parent
	} else {
		p.data = binary.AppendUvarint(p.data, l.Parent-p.last)
	}
	p.data = binary.AppendUvarint(p.data, l.Ordinal)
	p.last = l.Parent
	p.count++
}

// Append adds the links of a part to the log.
func (g *Log) Append(p *Part) {
	g.Reserve(p)
	p.Fill()
}

// Reserve is what must be done in order when a part is appended. The rest is Fill, which
// must come before the log is read, written to a file or given back. The room of a part
// stays where it is, although more is appended before it is filled: a chunk in the arena
// never grows beyond the memory that it was begun with. Two parts have no byte in common,
// so they need no lock.
func (g *Log) Reserve(p *Part) {
	if p.count == 0 {
		return
	}
	var first [binary.MaxVarintLen64]byte
	p.step = p.first - g.last
	size := binary.PutUvarint(first[:], p.step) + len(p.data)
	// A part goes into one chunk as a whole, so that Fill is a single copy.
	c := g.open(size)
	c.data = slices.Grow(c.data, size)[:len(c.data)+size]
	p.room = c.data[len(c.data)-size:]
	if len(g.chunks) == 1 { // which moves when it grows
		p.Fill()
	}
	g.bytes += uint64(size)
	g.last = p.last
	g.count += p.count
}

// Fill copies the links to where there is room for them. Parts may be filled at the
// same time. It is here that memory is written to for the first time, which takes
// longer than the copying.
func (p *Part) Fill() {
	if p.room != nil {
		copy(p.room[binary.PutUvarint(p.room, p.step):], p.data)
		p.room = nil
	}
}

// open returns the chunk to write to. The first one grows as it is needed, so that a
// small model takes little. A part that is larger than a chunk gets a chunk of its size.
func (g *Log) open(room int) *chunk {
	if n := len(g.chunks); n > 0 {
		if c := &g.chunks[n-1]; len(c.data)+room <= g.chunkBytes() {
			return c
		}
	}
	c := chunk{first: g.count, base: g.last}
	if len(g.chunks) > 0 {
		c.data = g.stock.Alloc(max(g.chunkBytes(), room))[:0]
	}
	g.chunks = append(g.chunks, c)
	return &g.chunks[len(g.chunks)-1]
}

func (g *Log) chunkBytes() int {
	if g.ChunkBytes > 0 {
		return g.ChunkBytes
	}
	return chunkBytes
}

// Len returns the number of links.
func (g *Log) Len() uint64 { return g.count }

// Bytes returns the size of the log.
func (g *Log) Bytes() uint64 { return g.bytes }

// InMemory returns how much of that is not in a file.
func (g *Log) InMemory() uint64 { return g.bytes - g.filed }

// Spill moves the chunks that are full to a file, the same one every time. The last chunk
// stays, because it is still written to, and a file is only appended to.
func (g *Log) Spill(file *spill.File) error {
	g.file = file
	for ; g.spilled < len(g.chunks)-1; g.spilled++ {
		c := &g.chunks[g.spilled]
		place, err := file.Append(c.data)
		if err != nil {
			return err
		}
		g.filed += uint64(len(c.data))
		// Its memory is given back by restock, because an arena is freed as a whole.
		c.data, c.place = nil, place
	}
	g.restock()
	return nil
}

// restock gives back the memory of all chunks but the last one, which moves. The copy
// keeps the capacity, so that the chunk does not move while parts are filled. The arena
// is freed only once nothing points into it.
func (g *Log) restock() {
	if len(g.chunks) == 0 {
		return
	}
	c := &g.chunks[len(g.chunks)-1]
	c.data = append(make([]byte, 0, cap(c.data)), c.data...)
	g.Free()
}

// Free gives memory back. Links that are only there may not be looked up any more. The
// reader is reset because its chunk may be in that memory.
func (g *Log) Free() {
	g.stock.Free()
	g.reader = reader{}
}

// dataOf returns what a chunk has. Data from a file is the caller's. Data from memory is
// the log's, and may move when the log grows.
func (g *Log) dataOf(i int) ([]byte, error) {
	if i < g.spilled {
		return g.file.Read(g.chunks[i].place, nil)
	}
	return g.chunks[i].data, nil
}
