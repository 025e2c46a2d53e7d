// Package frontier stores the frontier of a breadth-first search: the encoded states
// of a level that the search has generated and not yet expanded.
//
// A [Writer] appends states to slabs of memory and divides them into fragments of a
// few hundred states, the unit of work for the search's workers. Slabs have no
// pointers, so the garbage collector does not scan them, however many states there
// are. A slab is reused once all its fragments have been expanded, so memory is
// bounded by two levels. A fragment can be moved to a file until its turn comes.
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

	// The first slabs are smaller, so that a small model takes little memory.
	slabsFirst = 2
	firstBytes = 64 << 10

	// slabsLeast is the smallest number of slabs that the memory for states is
	// divided into, since each writer holds a slab that is not full.
	slabsLeast = 32

	// fragmentBytes is the size at which a fragment ends even if it has few states.
	fragmentBytes = 64 << 10
)

// Fragment is a sequence of states of a level. It is a small value that is copied freely.
// The states behind it are shared: the slab counts the fragments that still need it.
type Fragment struct {
	Data   []byte // the encodings of the states, unless they are in a file
	States int

	slab  *slab       // the owner of Data, or nil
	file  *spill.File // the file that has the states, or nil
	place spill.Place // the position in the file
}

// Release ends the use of the fragment's memory. It must be called once for each
// fragment, and Data must not be used after it: the slab may be filled anew at once.
func (f Fragment) Release() {
	if f.slab != nil {
		f.slab.release()
	}
}

// Split divides the states of a fragment, which must be in memory: the first ones,
// whose encodings have the given length together, and the rest. Both parts must be
// released in place of the fragment.
func (f Fragment) Split(states, length int) (first, rest Fragment) {
	first, rest = f, f
	first.Data, first.States = f.Data[:length:length], states
	rest.Data, rest.States = f.Data[length:], f.States-states
	if f.slab != nil {
		f.slab.held.Add(1)
	}
	return first, rest
}

// Load returns the fragment with its states in memory. A fragment that comes from a file
// has memory of its own, which the garbage collector takes: it has no slab to release.
func (f Fragment) Load() (Fragment, error) {
	if f.file == nil {
		return f, nil
	}
	data, err := f.Read(nil)
	return Fragment{Data: data, States: f.States}, err
}

// Bytes returns the size of the states.
func (f *Fragment) Bytes() int {
	if f.file != nil {
		return f.place.Size()
	}
	return len(f.Data)
}

// Spill moves the states to a file. After an error the fragment still has its states in
// memory.
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

// Pool recycles slabs among all writers of a search. The zero Pool is ready for use. A
// worker takes the mutex once for each slab, and a slab has thousands of states.
type Pool struct {
	mutex sync.Mutex
	free  []*slab
	arena pages.Arena
	made  int          // number of slabs that were allocated
	size  int          // bytes of a slab, or zero for slabBytes
	bytes atomic.Int64 // of all slabs
	idle  atomic.Int64 // of the free slabs
}

// For chooses the size of slabs for the given memory for states. It must be called
// before the first slab is allocated.
func (p *Pool) For(bytes uint64) {
	for p.size = slabBytes; p.size > fragmentBytes && uint64(p.size) > bytes/slabsLeast; {
		p.size /= 2
	}
}

// slabSize returns the usual size of a slab.
func (p *Pool) slabSize() int {
	if p.size > 0 {
		return p.size
	}
	return slabBytes
}

// Bytes returns the size of all slabs, in use and free.
func (p *Pool) Bytes() uint64 { return uint64(p.bytes.Load()) }

// InUse returns the size of the slabs in use.
func (p *Pool) InUse() uint64 { return uint64(max(0, p.bytes.Load()-p.idle.Load())) }

// slab is memory for fragments, with a count of references. The writer's own reference
// keeps the slab from being reused while all fragments that were cut from it so far have
// been released already.
type slab struct {
	pool *Pool
	data []byte
	held atomic.Int64 // the number of its fragments, and one while a writer fills it
}

// get returns a slab of at least the given size. A state that is larger than a slab gets
// one of its size, which is not kept when it is free.
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

// memory returns memory for a slab. Only slabs of the full size come from the arena,
// because its memory is not freed one by one.
func (p *Pool) memory(size int) []byte {
	if size != slabBytes {
		return make([]byte, size)
	}
	return p.arena.Alloc(size)
}

// Free releases the memory. The caller must not use the pool or any fragment any more.
func (p *Pool) Free() { p.arena.Free() }

// release drops a reference. After the last one the slab becomes free, except that a
// slab of another size is left to the garbage collector: one of the first slabs, or
// one for a single large state.
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

// Writer stores states and divides them into fragments. One goroutine may use it.
type Writer struct {
	pool  *Pool
	most  int // the largest number of states of a fragment
	slab  *slab
	start int        // the start of the current fragment in the slab
	end   int        // the end of the current fragment in the slab
	count int        // the states of the current fragment
	done  []Fragment // the finished fragments since the last Take
}

// NewWriter returns a writer that takes slabs from a pool. Its fragments have at most
// the given number of states.
func NewWriter(p *Pool, most int) *Writer { return &Writer{pool: p, most: most} }

// Add appends an encoded state. A state is never divided between slabs, so a reader finds
// each state in one piece. What is left at the end of a slab stays unused.
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

// Take ends the current fragment, and appends to to all fragments since the last Take. It
// keeps the slab: the next states follow in it.
func (w *Writer) Take(to []Fragment) []Fragment {
	w.cut()
	to = append(to, w.done...)
	w.done = w.done[:0]
	return to
}

// cut ends the current fragment, if it has states. The capacity ends with the fragment,
// so that nothing that is appended to its data can reach the next one.
func (w *Writer) cut() {
	if w.count == 0 {
		return
	}
	w.slab.held.Add(1)
	w.done = append(w.done, Fragment{Data: w.slab.data[w.start:w.end:w.end], States: w.count, slab: w.slab})
	w.start, w.count = w.end, 0
}

// leave drops the writer's reference to a full slab.
func (w *Writer) leave() {
	if w.slab != nil {
		w.slab.release()
	}
	w.slab, w.start, w.end = nil, 0, 0
}
