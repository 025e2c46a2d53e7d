package digraph

import (
	"encoding/binary"
	"sync"

	"github.com/muster-mc/muster/internal/spill"
)

// store is where the chunks are for which there is no memory: each is a record of
// a file.
type store struct {
	mutex  sync.Mutex
	room   uint64 // bytes of edges that may be in memory
	used   uint64 // that are
	open   func() (*spill.File, error)
	file   *spill.File
	places []spill.Place // by chunk; of no size where it is in memory
	labels []uint32      // what labels in the file stand for, nil if for themselves
}

// Spill has edges go to a file when those in memory have more bytes than this. It
// is called before there are any, or again to change how much that is.
func (g *Graph) Spill(room uint64, open func() (*spill.File, error)) {
	if g.store != nil {
		g.store.room = room
		return
	}
	g.store = &store{room: room, open: open, places: make([]spill.Place, len(g.chunks))}
}

// InMemory returns how many bytes of edges are in memory, once Spill has said how
// many may be.
func (g *Graph) InMemory() uint64 {
	if g.store == nil {
		return 0
	}
	return g.store.used
}

// IsSpilled reports whether a part of the graph is in a file.
func (g *Graph) IsSpilled() bool { return g.store != nil && g.store.file != nil }

// set puts a chunk into memory or into the file.
func (s *store) set(in *edges, i int, c *Chunk, nodes int, m *memory) error {
	old := *in
	if s.places[i].Size() > 0 {
		if err := s.read(i, &old, nil); err != nil {
			return err
		}
	}
	if s.isOpen() {
		m = nil // it is written down and left to the garbage collector
	}
	e := c.over(&old, nodes, m)
	freed := in.bytes()
	if in.cut {
		freed = 0
	}
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

// isOpen reports whether what comes goes to the file.
func (s *store) isOpen() bool {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.file != nil
}

// take takes room in memory. Where there is none, it returns the file.
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

func (e *edges) bytes() uint64 { return 4*uint64(len(e.start)+len(e.to)) + e.label.bytes() }

// record is the edges as bytes.
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

// read reads a chunk, in the memory of what it is read into.
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

// Reader reads edges, wherever they are. Of those in a file it has one chunk in
// memory, so nodes are best asked for in order. It is for one goroutine.
type Reader struct {
	graph  *Graph
	held   edges
	chunk  int // that held is of, -1 at first
	buffer []byte
	err    error // why a chunk could not be read; its nodes then seem to have no edges
}

// NewReader returns a reader that has read nothing yet.
func (g *Graph) NewReader() *Reader { return &Reader{graph: g, chunk: -1} }

// Edges returns where a node's edges go, and their labels, until it is called
// again.
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

// Targets returns where a node's edges go, until it is called again.
func (r *Reader) Targets(node uint32) []uint32 {
	to, _ := r.Edges(node)
	return to
}
