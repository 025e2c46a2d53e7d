//go:build !purego

package codec

import (
	"reflect"
	"slices"
)

// An opcode is a kind of step of a program.
type opcode uint8

const (
	opBytes   opcode = iota // memory that is its own encoding
	opMoves                 // several stretches of such memory
	opByte                  // a byte of such memory, as moves: a flag between two slices, say
	opString                // a string
	opSlice                 // an ordered slice
	opBag                   // an unordered slice
	opSmalls                // an unordered slice of elements of one byte
	opMap                   // a map
	opPointer               // a pointer
	opArray                 // an array, element by element
	opClear                 // memory without pointers that is not part of the state
	opZero                  // memory with pointers that is not part of the state
	opShorts                // ops whose encodings are mostly short, of a list for encoding alone
)

// An op is one step of a program. It encodes, decodes or copies the memory at an
// offset.
type op struct {
	code    opcode
	at      uintptr      // offset in the value; moves have their own
	size    uintptr      // bytes, of opBytes, opMoves, opByte and opClear; of opShorts those that may be written
	count   uintptr      // elements of an array
	slot    int          // index of the op's arena or map pool in the space
	key     *program     // of a map
	elem    *program     // of an array, a slice, a map or a pointer
	gather  []move       // from memory to the encoding
	scatter []move       // from the encoding to memory
	parts   []short      // of opShorts
	typ     reflect.Type // of opZero
}

// A program encodes, decodes and copies the values of one type. A compiled program never
// changes, so spaces share it; each space has its own buffers. Flat, plain and whole are
// found out once, so that the interpreter need not look through a list of ops.
type program struct {
	wire  []op    // decodes
	write []op    // encodes: the same ops, some of them joined
	deep  []op    // copies
	bools []run   // the bytes of a value that must be 0 or 1, without those in elements
	mem   uintptr // size in memory
	least int     // size of the smallest encoding
	size  int     // size of every encoding, or -1 if it depends on the value
	flat  bool    // the memory is the encoding
	plain bool    // copying the memory copies the value
	whole bool    // the value refers to no slice, map or other value
}

// A machine is a compiled state type: its program, and the types of the storage
// that a space needs to run the program.
type machine struct {
	*program
	arenas   []reflect.Type // of elements: words, and one for each slice and each pointer to a type with pointers
	words    int            // the arena of words, if there is one
	mapPools []mapType      // one for each map

	division
}

// compile turns the shape of a state into a machine.
func compile(s *shape) *machine {
	m := &machine{}
	m.program = m.compile(s)
	m.divide()
	return m
}

// compile turns the shape of a state, or of elements in it, into a program.
func (m *machine) compile(s *shape) *program {
	var b body
	m.add(&b, s, 0)
	return b.program(s)
}

// add appends the ops for a shape at an offset.
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
		b.both(op{code: opMap, at: at, slot: m.mapPool(s), key: m.compile(s.key), elem: m.compile(s.elem)})
	case reflect.Bool:
		b.bools = append(b.bools, run{at: at, count: 1, stride: 1})
		b.bytes(at, 1)
	default:
		b.bytes(at, s.typ.Size())
	}
}

// addStruct appends the ops for the fields. Ignored fields are cleared, because
// an action that reads them must get the same result each time. No action can
// read a blank field, so a blank field without pointers is left alone; one with
// pointers is cleared too, since pointers would keep garbage alive and must not
// be overwritten as bytes.
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

// unrolledMax is the largest number of ops to which an array is unrolled.
// Unrolled ops merge with their neighbours; larger arrays take a loop.
const unrolledMax = 64

// addArray appends the ops for the elements, in the fastest of three forms that applies:
// one stretch of memory, ops for each element, or a loop. The limit goes by the longer of
// the two lists, because both are unrolled.
func (m *machine) addArray(b *body, s *shape, at uintptr) {
	// The element is compiled once, at offset zero, and then moved to each place.
	var e body
	count, stride := uintptr(s.typ.Len()), s.elem.typ.Size()
	m.add(&e, s.elem, 0)
	switch {
	// Elements without content encode to nothing, however many there are.
	case count == 0 || len(e.wire) == 0:
	case e.flat(stride):
		b.bytes(at, count*stride)
		b.bools = append(b.bools, repeat(e.bools, at, count, stride)...)
	case count <= unrolledMax/uintptr(max(len(e.wire), len(e.deep))):
		for i := range count {
			b.inline(&e, at+i*stride)
		}
	default:
		b.loop(op{code: opArray, at: at, count: count, elem: e.program(s.elem)})
	}
}

// arena reserves a slot for the elements of a slice, or for the values that a pointer
// points to. All types without pointers share one arena: to keep and restore a state
// takes one move for each arena.
func (m *machine) arena(elem *shape) int {
	if !pointerFree(elem.typ) {
		m.arenas = append(m.arenas, elem.typ)
		return len(m.arenas) - 1
	}
	i := slices.Index(m.arenas, wordType)
	if i < 0 {
		i = len(m.arenas)
		m.words = i
		m.arenas = append(m.arenas, wordType)
	}
	return i
}

// mapPool reserves a slot for the maps of one map type. A map in the values of another
// one has a pool of its own. So the variables of a pool, through which its entries go,
// are not overwritten while an entry is encoded.
func (m *machine) mapPool(s *shape) int {
	m.mapPools = append(m.mapPools, mapType{s.typ, directAccessTo(s.typ)})
	return len(m.mapPools) - 1
}

// sliceCode returns the op for a slice. Only encoding and decoding tell ordered
// and unordered slices apart; copying does not.
func sliceCode(s *shape) opcode {
	switch {
	case s.unordered && s.elem.size() == 1 && s.elem.typ.Size() == 1:
		return opSmalls
	case s.unordered:
		return opBag
	}
	return opSlice
}

// pointerFree reports whether values of a type have no pointers for the garbage
// collector to follow.
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
		return t.Kind() <= reflect.Complex128 // all later kinds have pointers
	}
}

// A body is a program under construction. There are two lists of ops, because
// the encoding has no padding, while a copy may include it and so moves longer
// stretches. Adjacent stretches merge when they are added, so nested structs and
// arrays cost nothing at run time.
type body struct {
	wire, deep []op
	bools      []run
}

// program returns the finished program.
func (b *body) program(s *shape) *program {
	g := &program{deep: b.deep, bools: b.bools, mem: s.typ.Size(), least: s.least, size: s.size()}
	g.flat, g.plain, g.whole = b.flat(g.mem), b.plain(), !slices.ContainsFunc(b.deep, refers)
	// Only now, because flat and plain look for single ops of bytes, which group turns
	// into moves.
	g.wire = group(b.wire)
	g.write = joinShorts(g.wire)
	if g.plain {
		g.deep = []op{{code: opBytes, size: g.mem}} // the whole value, with the padding
	}
	return g
}

// anyGap lets stretches merge across any gap. A gap has only padding and blank
// fields without pointers, since everything else has an op.
const anyGap = ^uintptr(0)

// bytes adds a stretch of memory that is its own encoding.
func (b *body) bytes(at, size uintptr) {
	if size == 0 {
		return
	}
	b.wire = merge(b.wire, at, size, 0)
	b.deep = merge(b.deep, at, size, anyGap)
}

// merge adds a stretch of memory. It extends the last op if that op is a stretch
// that ends at most gap bytes earlier.
func merge(ops []op, at, size, gap uintptr) []op {
	if last := len(ops) - 1; last >= 0 && ops[last].code == opBytes {
		if o := &ops[last]; at-o.at-o.size <= gap {
			o.size = at + size - o.at
			return ops
		}
	}
	return append(ops, op{code: opBytes, at: at, size: size})
}

// both adds an op to both lists.
func (b *body) both(o op) {
	b.wire = append(b.wire, o)
	b.deep = append(b.deep, o)
}

// loop adds an op for the elements of an array. Plain elements are copied as one
// stretch, without a loop.
func (b *body) loop(o op) {
	b.wire = append(b.wire, o)
	if o.elem.plain {
		b.deep = merge(b.deep, o.at, o.count*o.elem.mem, anyGap)
	} else {
		b.deep = append(b.deep, o)
	}
}

// inline adds the body of an element at an offset. The ops of elements share their
// programs, slots and types, which no interpreter changes.
func (b *body) inline(e *body, at uintptr) {
	b.wire = relocate(b.wire, e.wire, at, 0)
	b.deep = relocate(b.deep, e.deep, at, anyGap)
	b.bools = append(b.bools, repeat(e.bools, at, 1, 0)...)
}

// relocate appends the ops of an element at an offset.
func relocate(ops, elem []op, at, gap uintptr) []op {
	for _, o := range elem {
		if o.code == opBytes {
			ops = merge(ops, at+o.at, o.size, gap)
			continue
		}
		o.at += at
		ops = append(ops, o)
	}
	return ops
}

// flat reports whether a value of a size in memory is its own encoding.
func (b *body) flat(mem uintptr) bool {
	return mem == 0 || len(b.wire) == 1 && b.wire[0].code == opBytes && b.wire[0].size == mem
}

// refers reports whether an op follows references, other than those of strings.
func refers(o op) bool {
	switch o.code {
	case opSlice, opBag, opSmalls, opMap, opPointer:
		return true
	case opArray:
		return !o.elem.whole
	}
	return false
}

// plain reports whether copying the memory of a value copies the value: it has
// no pointers and no ignored fields.
func (b *body) plain() bool {
	return len(b.deep) == 0 || len(b.deep) == 1 && b.deep[0].code == opBytes
}
