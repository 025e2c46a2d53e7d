package digraph

import (
	"encoding/binary"
	"sync"

	"github.com/muster-mc/muster/internal/spill"
)

// store keeps the chunks for which there is no memory. Each one is a record of a file.
// Once the file is open, all further chunks go to it. Workers set chunks at the same
// time, so what they share is under the mutex. Each place is written by the worker that
// has the chunk.
type store struct {
	mutex  sync.Mutex
	room   uint64 // bytes of edges that may be in memory
	used   uint64 // bytes of edges that are in memory
	open   func() (*spill.File, error)
	file   *spill.File
	places []spill.Place // the record of each chunk; its size is 0 if the chunk is in memory
	labels []uint32      // replacements for the labels in the file, or nil
}

// Spill limits the memory of edges to room bytes; the others go to a file. The first
// call must precede the first edge. Later calls change the limit.
func (g *Graph) Spill(room uint64, open func() (*spill.File, error)) {
	if g.store != nil {
		g.store.room = room
		return
	}
	g.store = &store{room: room, open: open, places: make([]spill.Place, len(g.chunks))}
}

// InMemory returns the size of the edges in memory, or 0 if Spill was not called.
func (g *Graph) InMemory() uint64 {
	if g.store == nil {
		return 0
	}
	return g.store.used
}

// IsSpilled reports whether a part of the graph is in a file.
func (g *Graph) IsSpilled() bool { return g.store != nil && g.store.file != nil }

// set stores a chunk in memory or in the file.
func (s *store) set(in *edges, i int, c *Chunk, nodes int, m *allocator) error {
	// A chunk is set again if more of its nodes turn out to be relevant. Its record is
	// then read, merged, and appended to the file as a new record; the old one is
	// garbage.
	old := *in
	if s.places[i].Size() > 0 {
		if err := s.read(i, &old, nil); err != nil {
			return err
		}
	}
	if s.isOpen() {
		m = nil // the edges are only written, so they need not be in a shared block
	}
	e := c.over(&old, nodes, m)
	// A shared block stays in memory, so a chunk that was cut from it frees nothing.
	freed := in.bytes()
	if in.cut {
		freed = 0
	}
	// The difference may be negative. Unsigned numbers wrap around, and the sum in take
	// comes out right.
	file, err := s.take(e.bytes() - freed)
	if err != nil {
		return err
	}
	if file == nil && s.places[i].Size() == 0 {
		*in = e
		return nil
	}
	*in = edges{}
	s.places[i], err = file.Append(e.record())
	return err
}

// isOpen reports whether new chunks go to the file.
func (s *store) isOpen() bool {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.file != nil
}

// take reserves bytes of memory. If there are too few, it returns the file.
func (s *store) take(bytes uint64) (*spill.File, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.file == nil && s.used+bytes <= s.room {
		s.used += bytes
		return nil, nil
	}
	var err error
	if s.file == nil {
		s.file, err = s.open()
	}
	return s.file, err
}

// bytes returns the size of the edges.
func (e *edges) bytes() uint64 { return 4*uint64(len(e.start)+len(e.to)) + e.label.bytes() }

// record returns the edges as bytes: the length of the start list, the start list, the
// targets, the labels, each a little-endian word. The number of edges follows from the
// size. Labels are always wide in a file, so that there is one format. The record is made
// in memory, because a place has one checksum for all of it.
func (e *edges) record() []byte {
	r := make([]byte, 0, 4*(1+len(e.start)+2*len(e.to)))
	r = binary.LittleEndian.AppendUint32(r, uint32(len(e.start)))
	for _, list := range [][]uint32{e.start, e.to} {
		for _, x := range list {
			r = binary.LittleEndian.AppendUint32(r, x)
		}
	}
	for i := range e.to {
		r = binary.LittleEndian.AppendUint32(r, e.label.At(i))
	}
	return r
}

// read reads a chunk from the file, into the memory of into. A nil buffer means that
// no other chunk will be read.
func (s *store) read(i int, into *edges, buffer *[]byte) error {
	if buffer == nil {
		buffer = new([]byte)
	}
	data, err := s.file.Read(s.places[i], *buffer)
	if err != nil {
		return err
	}
	*buffer = data
	nodes := int(binary.LittleEndian.Uint32(data))
	words := data[4:]
	n := (len(words)/4 - nodes) / 2
	next := func(list []uint32, count int) []uint32 {
		list = list[:0]
		for range count {
			list = append(list, binary.LittleEndian.Uint32(words))
			words = words[4:]
		}
		return list
	}
	into.start, into.to = next(into.start, nodes), next(into.to, n)
	into.label = Labels{wide: next(into.label.wide, n)}
	if s.labels != nil {
		for i, l := range into.label.wide {
			into.label.wide[i] = s.labels[l]
		}
	}
	return nil
}

// Reader reads edges from memory and from the file. It keeps the last chunk from the
// file, so reading nodes in order is fast, and searches in a file go through nodes in
// ascending or descending order for that reason. One goroutine may use it.
//
// An error is kept in err instead of being returned for each node: the nodes then look
// as if they had no edges, and the caller must test err before it believes a result.
type Reader struct {
	graph   *Graph
	held    edges
	chunk   int // the index of held, -1 at first
	buffer  []byte
	spilled bool  // some chunks are in a file
	err     error // set if a chunk could not be read; its nodes then have no edges
}

// NewReader returns a reader of the graph.
func (g *Graph) NewReader() *Reader { return &Reader{graph: g, chunk: -1, spilled: g.IsSpilled()} }

// Edges returns the targets and labels of a node's edges. They are valid until the
// next call.
func (r *Reader) Edges(node uint32) (to []uint32, label Labels) {
	s, i := r.graph.store, int(node>>chunkBits)
	if s == nil || s.places[i].Size() == 0 {
		return r.graph.Edges(node)
	}
	if r.chunk != i && r.err == nil {
		r.err = s.read(i, &r.held, &r.buffer)
		r.chunk = i
	}
	if r.err != nil {
		return nil, Labels{}
	}
	return r.held.of(node)
}

// Targets returns the targets of a node's edges. They are valid until the next call.
func (r *Reader) Targets(node uint32) []uint32 {
	if !r.spilled {
		return r.graph.Targets(node)
	}
	to, _ := r.Edges(node)
	return to
}
