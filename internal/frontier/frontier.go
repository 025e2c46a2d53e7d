// Package frontier holds encoded states between the level that made them and
// the level that expands them.
//
// States are written one after the other into slabs of memory without pointers
// and cut into fragments of a few hundred, the unit in which work is handed
// out. A slab whose fragments have all been expanded is used again. A fragment
// for which there is no memory is kept in a file until it is its turn.
package frontier

import (
	"slices"
	"sync"
	"sync/atomic"

	"github.com/muster-mc/muster/internal/pages"
	"github.com/muster-mc/muster/internal/spill"
)

const (
	slabBytes = 1 << 20

	// The first slabs are smaller: a small model takes little.
	slabsFirst = 2
	firstBytes = 64 << 10

	// slabsLeast is how many slabs what there is for states is cut into: each
	// writer holds one that it has not filled.
	slabsLeast = 32

	// fragmentBytes ends a fragment of large states early.
	fragmentBytes = 64 << 10
)

// Fragment is some states of a level, in order.
type Fragment struct {
	Data   []byte // their encodings, one after the other, unless they are in a file
	States int

	slab  *slab       // nil if that is not where the states are
	file  *spill.File // or nil
	place spill.Place // in the file
}

// Release says that the fragment's states are no longer needed.
func (f Fragment) Release() {
	if f.slab != nil {
		f.slab.release()
	}
}

// Bytes returns how many bytes the states have.
func (f *Fragment) Bytes() int {
	if f.file != nil {
		return f.place.Size()
	}
	return len(f.Data)
}

// Spill moves the states to a file.
func (f *Fragment) Spill(to *spill.File) error {
	place, err := to.Append(f.Data)
	if err != nil {
		return err
	}
	f.Release()
	f.Data, f.slab, f.file, f.place = nil, nil, to, place
	return nil
}

// IsSpilled reports whether the states are in a file.
func (f *Fragment) IsSpilled() bool { return f.file != nil }

// Read appends the states to data.
func (f *Fragment) Read(data []byte) ([]byte, error) {
	if f.file == nil {
		return append(data, f.Data...), nil
	}
	data = slices.Grow(data, f.place.Size())
	got, err := f.file.Read(f.place, data[len(data):])
	return data[:len(data)+len(got)], err
}

// Pool recycles slabs among all writers of a search.
type Pool struct {
	mutex sync.Mutex
	free  []*slab
	arena pages.Arena
	made  int // slabs that were
	size  int // of a slab; zero for slabBytes
	bytes atomic.Int64
	idle  atomic.Int64 // how much of that is free
}

// For makes slabs smaller if so many bytes are all that there is for states. It is
// to be called before there is any slab.
func (p *Pool) For(bytes uint64) {
	for p.size = slabBytes; p.size > fragmentBytes && uint64(p.size) > bytes/slabsLeast; {
		p.size /= 2
	}
}

// slabSize is how large slabs are, but for those of a single large state.
func (p *Pool) slabSize() int {
	if p.size > 0 {
		return p.size
	}
	return slabBytes
}

// Bytes returns how much memory the slabs take, those in use and those kept
// for later.
func (p *Pool) Bytes() uint64 { return uint64(p.bytes.Load()) }

// InUse returns how much memory the slabs take that are in use.
func (p *Pool) InUse() uint64 { return uint64(max(0, p.bytes.Load()-p.idle.Load())) }

// slab is a piece of memory that fragments are cut from. It is held by each of
// them, and by the writer until it is full.
type slab struct {
	pool *Pool
	data []byte
	held atomic.Int64
}

func (p *Pool) get(least int) *slab {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	size := p.slabSize()
	if last := len(p.free) - 1; last >= 0 && least <= size {
		s := p.free[last]
		p.free = p.free[:last]
		p.idle.Add(-int64(size))
		s.held.Store(1)
		return s
	}
	if p.made++; p.made <= slabsFirst {
		size = firstBytes
	}
	s := &slab{pool: p, data: p.memory(max(least, size))}
	p.bytes.Add(int64(len(s.data)))
	s.held.Store(1)
	return s
}

// memory returns memory for a slab: in large pages, unless slabs are small because
// there is little, or this one is of no use later.
func (p *Pool) memory(size int) []byte {
	if size != slabBytes {
		return make([]byte, size)
	}
	return p.arena.Alloc(size)
}

// Free gives the memory back. No fragment may be used any more, nor may the pool.
func (p *Pool) Free() { p.arena.Free() }

// release gives the slab back when nobody holds it any more. One of unusual size, a
// first one or made for a single large state, is left to the garbage collector.
func (s *slab) release() {
	if s.held.Add(-1) > 0 {
		return
	}
	if len(s.data) != s.pool.slabSize() {
		s.pool.bytes.Add(-int64(len(s.data)))
		return
	}
	s.pool.mutex.Lock()
	s.pool.free = append(s.pool.free, s)
	s.pool.idle.Add(int64(len(s.data)))
	s.pool.mutex.Unlock()
}

// Writer cuts what it is given into fragments. It is used by one goroutine.
type Writer struct {
	pool  *Pool
	most  int // states of a fragment
	slab  *slab
	start int // of the fragment being written
	end   int
	count int
	done  []Fragment
}

// NewWriter returns a writer of fragments of at most so many states, which takes
// its slabs from the pool.
func NewWriter(p *Pool, most int) *Writer { return &Writer{pool: p, most: most} }

// Add writes one encoded state.
func (w *Writer) Add(state []byte) {
	if w.slab == nil || w.end+len(state) > len(w.slab.data) {
		w.cut()
		w.leave()
		w.slab = w.pool.get(len(state))
	}
	copy(w.slab.data[w.end:], state)
	w.end += len(state)
	w.count++
	if w.count == w.most || w.end-w.start >= fragmentBytes {
		w.cut()
	}
}

// Take ends the fragment being written and appends all since the last Take to
// to.
func (w *Writer) Take(to []Fragment) []Fragment {
	w.cut()
	to = append(to, w.done...)
	w.done = w.done[:0]
	return to
}

func (w *Writer) cut() {
	if w.count == 0 {
		return
	}
	w.slab.held.Add(1)
	w.done = append(w.done, Fragment{Data: w.slab.data[w.start:w.end:w.end], States: w.count, slab: w.slab})
	w.start, w.count = w.end, 0
}

// leave gives up the slab: it is full.
func (w *Writer) leave() {
	if w.slab != nil {
		w.slab.release()
	}
	w.slab, w.start, w.end = nil, 0, 0
}
