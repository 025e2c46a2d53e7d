//go:build !purego

package codec

import (
	"reflect"
	"unsafe"
)

// A search runs actions on one state again and again, and an action changes little
// of it. A space that keeps a state has an image of the state's memory: of its
// variable, of its arenas, and of the entries of its maps. The memory of a state
// that is decoded refers to itself alone. So the state is restored when the memory is
// as the image: two or three moves, whatever the state is made of. Memory that an
// action has allocated is not referred to any more.
//
// The entries of a map are elsewhere, and cannot be moved. They are compared with
// the kept ones by their memory, and those that differ are set again.

// A keptState is what a space remembers of a state beside the memory.
type keptState struct {
	is     bool   // a state is kept
	source []byte // what it was decoded from; only while it is decoded
	data   []byte // its encoding, if it has maps or sections

	sections sectioned
}

// spanOf returns the place in the encoding of what was read from src.
func (k *keptState) spanOf(src, rest []byte) span {
	return span{len(k.source) - len(src), len(k.source) - len(rest)}
}

// keep overwrites a state with the one at the start of src, and takes an image. The state
// is decoded again until all of it is in the present blocks of the arenas. An arena keeps
// the capacity that it has grown to, so the second time is mostly the last.
//
// The encoding of a state with maps is copied, because the caller may reuse the memory of src while successors
// are encoded by parts of it.
func (p *space) keep(s, image ref, src []byte) (rest []byte, ok bool) {
	p.kept.source = src
	p.kept.sections.state, p.kept.sections.image = s, image
	for again := true; again; again = p.hasGrown() {
		// The first pass may have grown an arena, and the state then lies in two blocks, of
		// which only one is in the image.
		p.reset()
		p.kept.is = true
		if len(p.sections) > 0 {
			rest, ok = p.keepSections(s, src)
		} else {
			rest, ok = p.decode(p.program, s, src)
		}
		if !ok {
			p.kept.is = false
			return rest, false
		}
	}
	p.kept.source = nil
	if len(p.mapPools)+len(p.sections) > 0 {
		p.kept.data = append(p.kept.data[:0], consumed(src, rest)...)
	}
	for i := range p.arenas {
		p.arenas[i].keep()
	}
	if len(p.sections) > 0 {
		p.noteRegions()
	}
	return rest, true
}

// hasGrown reports whether the state is in more than one block of an arena.
func (p *space) hasGrown() bool {
	for i := range p.arenas {
		if p.arenas[i].grown {
			return true
		}
	}
	return false
}

// restore makes a state as it was when it was kept.
func restore[S any](p *space, s, image *S) {
	if !p.kept.is {
		panic("codec: Restore without a state that is kept")
	}
	*s = *image
	p.restore()
}

// restore makes all memory as it was that the variable of the state refers to.
func (p *space) restore() {
	for i := range p.arenas {
		p.arenas[i].restore()
	}
	for i := range p.mapPools {
		p.mapPools[i].restore()
	}
}

// distrust drops what the last append has found out about maps.
func (p *space) distrust() {
	for i := range p.mapPools {
		p.mapPools[i].entries.distrust()
	}
}

// wordType is the element type of the arena for values without pointers.
var wordType = reflect.TypeFor[uint64]()

const wordSize = 8

// A block is memory for values of one type. The garbage collector has to know when
// pointers are moved, and reflection tells it.
type block struct {
	slice variable // a slice of the values
	base  unsafe.Pointer
	elem  uintptr // size of a value

	hasPointers bool
}

// newBlock returns a block without memory.
func newBlock(elem reflect.Type) block {
	return block{slice: newVariable(reflect.SliceOf(elem)), elem: elem.Size(), hasPointers: !pointerFree(elem)}
}

// allocate replaces the memory by at least this many bytes, and returns how many.
func (b *block) allocate(size uintptr) uintptr {
	n := int((size + b.elem - 1) / b.elem)
	b.make(n)
	return uintptr(n) * b.elem
}

// make replaces the memory by n zero values.
func (b *block) make(n int) {
	b.slice.val.Set(reflect.MakeSlice(b.slice.val.Type(), n, n))
	b.base = b.slice.val.UnsafePointer()
}

// setSize limits the slice to what takes this many bytes.
func (b *block) setSize(size uintptr) { b.slice.val.SetLen(int(size / b.elem)) }

// at returns the address of a value.
func (b *block) at(i int) unsafe.Pointer { return unsafe.Add(b.base, uintptr(i)*b.elem) }

// value returns a value.
func (b *block) value(i int) reflect.Value { return b.slice.val.Index(i) }

// holds reports whether a value has the same memory as another one. Padding is compared
// too. Values that differ in it alone pass for different, which costs time and no answer.
func (b *block) holds(i int, other unsafe.Pointer) bool {
	at := b.at(i)
	switch b.elem {
	case 1:
		return *(*byte)(at) == *(*byte)(other)
	case 8:
		return *(*[8]byte)(at) == *(*[8]byte)(other)
	}
	return string(memory(at, b.elem)) == string(memory(other, b.elem))
}

// keep takes an image of the memory that the state has, if it has a value in it. The image gets all the capacity
// of the arena at once, so that it grows as rarely.
func (a *arena) keep() {
	if !a.filled {
		return
	}
	if uintptr(a.image.slice.val.Cap())*a.image.elem < a.used {
		a.image.allocate(a.cap)
	}
	if !a.block.hasPointers {
		copy(memory(a.image.base, a.used), memory(a.block.base, a.used))
		return
	}
	a.block.setSize(a.used)
	a.image.setSize(a.used)
	reflect.Copy(a.image.slice.val, a.block.slice.val)
}

// restore makes the memory as it is in the image. Memory with pointers is compared first:
// to read it is far cheaper than to write it with the write barriers of the garbage
// collector, and few actions change it.
func (a *arena) restore() {
	if !a.filled {
		return
	}
	// Only what the state uses: an arena may be far larger than this state.
	now, then := memory(a.block.base, a.used), memory(a.image.base, a.used)
	if !a.block.hasPointers {
		copy(now, then)
	} else if string(now) != string(then) {
		reflect.Copy(a.block.slice.val, a.image.slice.val)
	}
}
