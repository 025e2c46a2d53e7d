//go:build !purego

package codec

import (
	"reflect"
	"unsafe"
)

// A ref is where a state is.
type ref = unsafe.Pointer

func refTo[S any](s *S) ref { return unsafe.Pointer(s) }

func refAt(v reflect.Value) ref { return v.Addr().UnsafePointer() }

func (m *machine) isFlat() bool { return m.flat }

func (m *machine) view(s ref) []byte { return memory(s, m.mem) }

// stateIn returns the state that begins with a word. A flat type has no pointers
// that the garbage collector would have to know of, and no field larger than a
// word to be aligned to.
func stateIn[S any](word *uint64) *S { return (*S)(unsafe.Pointer(word)) }

// A space runs a machine. It owns the memory behind the one state that it last
// decoded or copied.
type space struct {
	*machine
	sorter
	arenas  []arena
	tables  []table
	strings stringTable
}

// newSpace returns a space whose storage grows as it is used.
func newSpace(m *machine) space {
	p := space{machine: m, arenas: make([]arena, len(m.arenas)), tables: make([]table, len(m.tables))}
	for i, elem := range m.arenas {
		p.arenas[i] = newArena(elem)
	}
	for i, typ := range m.tables {
		p.tables[i] = newTable(typ)
	}
	return p
}

// append appends the encoding of a state.
func (p *space) append(dst []byte, s ref) []byte {
	return p.encode(dst, p.program, s)
}

// replace overwrites a state with the one that src starts with.
func (p *space) replace(s ref, src []byte) (rest []byte, ok bool) {
	p.reset()
	return p.decode(p.program, s, src)
}

// clone overwrites a state with a copy of another.
func (p *space) clone(dst, src ref) {
	p.reset()
	p.copy(p.program, dst, src)
}

// reset takes back all storage that was handed out.
func (p *space) reset() {
	for i := range p.arenas {
		p.arenas[i].used = 0
	}
	for i := range p.tables {
		p.tables[i].used = 0
	}
}
