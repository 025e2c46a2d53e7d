//go:build !purego

package codec

import "reflect"

// An opcode is a kind of step of a program.
type opcode uint8

const (
	opBytes   opcode = iota // memory that is its own encoding
	opPieces                // several of those, gathered
	opString                // a string
	opSlice                 // a slice, in its order
	opBag                   // a slice whose order means nothing
	opMap                   // a map
	opPointer               // a pointer
	opArray                 // an array, element by element
	opClear                 // memory without pointers that is not part of the state
	opZero                  // memory with pointers that is not part of the state
)

// An op is one step of a program: what to do with the memory at an offset.
type op struct {
	code    opcode
	at      uintptr      // offset in the value; pieces have their own
	size    uintptr      // of opBytes, opPieces and opClear: bytes
	count   uintptr      // of an array: elements
	slot    int          // which arena or table of the space is used
	key     *program     // of a map
	elem    *program     // of an array, a slice, a map or a pointer
	gather  []piece      // from memory to the encoding
	scatter []piece      // and back
	typ     reflect.Type // of opZero
}

// A program encodes, decodes and copies the values of one type. It never
// changes once it is compiled, and holds no state: what it needs to run is in a
// space.
type program struct {
	wire  []op    // encodes and decodes
	deep  []op    // copies
	bools []run   // which bytes of a value must be 0 or 1, not counting those in elements
	mem   uintptr // size in memory
	least int     // size of the smallest encoding
	size  int     // size of every encoding, or -1 if values differ in it
	flat  bool    // memory is the encoding
	plain bool    // copying the memory copies the value
}

// A machine is a compiled state type: its program, and what storage a space
// needs to run it.
type machine struct {
	*program
	arenas []reflect.Type // of elements: one for each slice and each pointer
	tables []reflect.Type // of maps: one for each map
}

// compile turns the shape of a state into a machine.
func compile(s *shape) *machine {
	m := &machine{}
	m.program = m.compile(s)
	return m
}

// compile turns the shape of a state, or of elements in it, into a program.
func (m *machine) compile(s *shape) *program {
	var b body
	m.add(&b, s, 0)
	return b.program(s)
}

// add appends to a body what to do with a shape at an offset.
func (m *machine) add(b *body, s *shape, at uintptr) {
	switch s.typ.Kind() {
	case reflect.Struct:
		m.addStruct(b, s, at)
	case reflect.Array:
		m.addArray(b, s, at)
	case reflect.String:
		b.both(op{code: opString, at: at})
	case reflect.Slice:
		b.both(op{code: sliceCode(s), at: at, slot: m.arena(s.elem), elem: m.compile(s.elem)})
	case reflect.Pointer:
		b.both(op{code: opPointer, at: at, slot: m.arena(s.elem), elem: m.compile(s.elem)})
	case reflect.Map:
		b.both(op{code: opMap, at: at, slot: m.table(s), key: m.compile(s.key), elem: m.compile(s.elem)})
	case reflect.Bool:
		b.bools = append(b.bools, run{at: at, count: 1, stride: 1})
		b.bytes(at, 1)
	default:
		b.bytes(at, s.typ.Size())
	}
}

// addStruct appends what to do with the fields. What is not part of the state
// is cleared, lest it differ from one run of an action to the next; only fields
// that nobody can read need not be, but pointers in them would keep garbage
// alive, and must not be overwritten as bytes.
func (m *machine) addStruct(b *body, s *shape, at uintptr) {
	for _, f := range s.fields {
		switch {
		case f.shape != nil:
			m.add(b, f.shape, at+f.offset)
		case !pointerFree(f.typ):
			b.both(op{code: opZero, at: at + f.offset, typ: f.typ})
		case !f.blank && f.typ.Size() > 0:
			b.both(op{code: opClear, at: at + f.offset, size: f.typ.Size()})
		}
	}
}

// unrolledMost is how many ops the elements of an array may be unrolled to.
// Unrolled, they merge with their neighbours; larger arrays are looped over.
const unrolledMost = 64

// addArray appends what to do with the elements, in the best of three ways: as
// one stretch of memory, as ops for each, or as a loop.
func (m *machine) addArray(b *body, s *shape, at uintptr) {
	var e body
	count, stride := uintptr(s.typ.Len()), s.elem.typ.Size()
	m.add(&e, s.elem, 0)
	switch {
	case count == 0 || len(e.wire) == 0:
	case e.flat(stride):
		b.bytes(at, count*stride)
		b.bools = append(b.bools, repeat(e.bools, at, count, stride)...)
	case count <= unrolledMost/uintptr(max(len(e.wire), len(e.deep))):
		for i := range count {
			b.inline(&e, at+i*stride)
		}
	default:
		b.loop(op{code: opArray, at: at, count: count, elem: e.program(s.elem)})
	}
}

// arena orders storage for the elements of a slice or for what a pointer
// points to.
func (m *machine) arena(elem *shape) int {
	m.arenas = append(m.arenas, elem.typ)
	return len(m.arenas) - 1
}

// table orders storage for the maps of one map type.
func (m *machine) table(s *shape) int {
	m.tables = append(m.tables, s.typ)
	return len(m.tables) - 1
}

// sliceCode says how a slice is encoded; copied, they are all the same.
func sliceCode(s *shape) opcode {
	if s.unordered {
		return opBag
	}
	return opSlice
}

// pointerFree reports whether the garbage collector finds nothing to follow in
// values of a type.
func pointerFree(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Array:
		return t.Len() == 0 || pointerFree(t.Elem())
	case reflect.Struct:
		for f := range t.Fields() {
			if !pointerFree(f.Type) {
				return false
			}
		}
		return true
	default:
		return t.Kind() <= reflect.Complex128 // what comes after are pointers of sorts
	}
}
