//go:build !purego

package codec

import (
	"reflect"
	"unsafe"
)

// A ref is the address of a state.
type ref = unsafe.Pointer

// refTo returns the address of a state.
func refTo[S any](s *S) ref { return unsafe.Pointer(s) }

// refAt returns the address of an addressable value.
func refAt(v reflect.Value) ref { return v.Addr().UnsafePointer() }

// refBehind returns the address that a pointer holds.
func refBehind(pointer reflect.Value) ref { return pointer.UnsafePointer() }

// isFlat reports whether the memory of a state is its encoding.
func (m *machine) isFlat() bool { return m.flat }

// view returns the memory of a state.
func (m *machine) view(s ref) []byte { return memory(s, m.mem) }

// stateIn returns the state at a word. This is safe for a flat type: it has no
// pointers for the garbage collector, and no field with a larger alignment than a
// word.
func stateIn[S any](word *uint64) *S { return (*S)(unsafe.Pointer(word)) }

// stateOf is stateIn for a type that is known only at run time.
func stateOf(t reflect.Type, word *uint64) any {
	return reflect.NewAt(t, unsafe.Pointer(word)).Interface()
}

// A space runs the program of a machine, and owns the memory behind the state
// that it last decoded or copied.
type space struct {
	*machine
	sorter
	arenas   []arena
	mapPools []mapPool
	strings  stringTable
	kept     keptState
	trusting bool // what is decoded is what append has made
}

// begin makes a zero space one whose storage is still empty.
func (p *space) begin(m *machine) {
	*p = space{machine: m, arenas: make([]arena, len(m.arenas)), mapPools: make([]mapPool, len(m.mapPools))}
	for i, elem := range m.arenas {
		p.arenas[i] = newArena(elem)
	}
	for i, typ := range m.mapPools {
		p.mapPools[i] = newMapPool(typ)
	}
}

// append appends the encoding of a state.
func (p *space) append(dst []byte, s ref) []byte {
	if len(p.sections) > 0 && p.kept.is && p.kept.sections.state == s {
		return p.appendSections(dst)
	}
	if len(p.write) == 1 && p.write[0].code == opShorts { // all of the state is short
		return p.encodeShorts(dst, &p.write[0], s)
	}
	return p.encode(dst, p.program, s)
}

// trust leaves out the checks that find out other bytes than append's.
func (p *space) trust() { p.trusting = true }

// replace overwrites a state with the one at the start of src.
func (p *space) replace(s ref, src []byte) (rest []byte, ok bool) {
	p.reset()
	p.kept.is = false
	return p.decode(p.program, s, src)
}

// clone overwrites a state with a copy of another.
func (p *space) clone(dst, src ref) {
	p.reset()
	p.kept.is = false
	p.copy(p.program, dst, src)
}

// reset makes all storage available again.
func (p *space) reset() {
	for i := range p.arenas {
		// The memory is not cleared: whoever takes it overwrites all of it.
		p.arenas[i].used, p.arenas[i].grown, p.arenas[i].filled = 0, false, false
	}
	for i := range p.mapPools {
		p.mapPools[i].reset()
	}
}

// A header has the layout of a slice variable. Its data has a pointer type, so
// that the garbage collector follows it and assignments run the write barrier.
type header struct {
	data     unsafe.Pointer
	len, cap int
}

// at returns the address of an element.
func (h *header) at(i int, elem *program) unsafe.Pointer {
	return unsafe.Add(h.data, uintptr(i)*elem.mem)
}

// An arena allocates memory for values of one type from front to back, and
// reclaims all of it at once. Reflection makes the memory as an array of the
// type, so that the garbage collector knows its pointers. All values without
// pointers share one arena, of words.
//
// The next state gets its memory from the arena, never from the slices of the
// last state: an action may have let two slices share their elements, and the
// slices of the next state would then overwrite each other.
type arena struct {
	block     block
	used, cap uintptr // bytes
	grown     bool    // since the last reset: the state is in more than one block
	filled    bool    // since the last reset: the state has a value here, and not only the room behind empty slices
	image     block   // the memory of a state that is kept
}

// spareCapacity is the number of elements that an action can append to any slice
// without allocating. Most actions append one, some a few.
const spareCapacity = 4

// newArena returns an arena without memory.
func newArena(elem reflect.Type) arena {
	return arena{block: newBlock(elem), image: newBlock(elem)}
}

// takeSlice returns n elements of a size with spare capacity. No other slice
// overlaps either.
func (a *arena) takeSlice(n int, size uintptr) header {
	a.filled = a.filled || n > 0
	return header{a.reserve((uintptr(n) + spareCapacity) * size), n, n + spareCapacity}
}

// take returns memory for a value of this many bytes.
func (a *arena) take(size uintptr) unsafe.Pointer {
	a.filled = true
	return a.reserve(size)
}

// reserve returns memory for values that take this many bytes together. The memory is
// not cleared.
func (a *arena) reserve(size uintptr) unsafe.Pointer {
	if !a.block.hasPointers { // values of different types follow each other, each from a word on
		size = (max(size, 1) + wordSize - 1) &^ (wordSize - 1)
	}
	if a.cap-a.used < size {
		a.grow(size)
	}
	at := unsafe.Add(a.block.base, a.used)
	a.used += size
	return at
}

// owns reports whether memory is in an arena of values without pointers, so that a short
// slice there can be read with what follows.
func (a *arena) owns(at unsafe.Pointer) bool {
	return uintptr(at)-uintptr(a.block.base) < a.used
}

// grow allocates a block for at least this many more bytes. Slices of the present
// state stay in the old block, which becomes garbage together with that state. Sizes
// double, so that one block is soon enough for the largest state.
func (a *arena) grow(size uintptr) {
	behind := uintptr(shortMax)
	if a.block.hasPointers {
		behind = 0
	}
	a.cap = a.block.allocate(2*a.cap+size+behind) - behind
	a.used, a.grown = 0, true
}

// A stringTable interns strings: equal bytes give the same string. Models have
// few different strings in many states, so decoding a string rarely allocates.
type stringTable struct {
	known map[string]string
	bytes int // an estimate of the memory of known
}

const (
	stringBytesMax = 1 << 20 // when a table exceeds this, it starts again with no strings
	stringOverhead = 48      // memory of a string beside its bytes: two headers in a map
)

// of returns the string with these bytes. The string does not refer to b.
func (t *stringTable) of(b []byte) string {
	if len(b) == 0 {
		return ""
	}
	if s, ok := t.known[string(b)]; ok { // this conversion does not allocate
		return s
	}
	return t.add(string(b))
}

// add interns a string.
func (t *stringTable) add(s string) string {
	if t.bytes += len(s) + stringOverhead; t.known == nil || t.bytes > stringBytesMax {
		t.known, t.bytes = make(map[string]string), len(s)+stringOverhead
	}
	t.known[s] = s
	return s
}
