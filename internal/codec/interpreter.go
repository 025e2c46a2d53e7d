//go:build !purego

package codec

import (
	"encoding/binary"
	"reflect"
	"slices"
	"unsafe"
)

// encode appends the encoding of the value at base. The programs of elements run by
// recursion, which is as deep as the type. Ops for memory that is not part of the state
// encode to nothing, so they have no case. The empty bag is tested here, because a call
// costs more than the test and many bags are empty.
func (p *space) encode(dst []byte, g *program, base unsafe.Pointer) []byte {
	for i := range g.write {
		o := &g.write[i]
		at := unsafe.Add(base, o.at)
		switch o.code {
		case opShorts:
			dst = p.encodeShorts(dst, o, base)
		case opBytes:
			dst = append(dst, memory(at, o.size)...)
		case opMoves:
			dst = gather(dst, o, base)
		case opByte:
			dst = append(dst, *(*byte)(at))
		case opString:
			// A string that an action has made may be anywhere; only its bytes count.
			s := *(*string)(at)
			dst = append(appendLength(dst, len(s)), s...)
		case opSlice:
			dst = p.encodeSlice(dst, o, (*header)(at))
		case opBag:
			if (*header)(at).len == 0 {
				dst = append(dst, 0)
			} else {
				dst = p.encodeBag(dst, o, (*header)(at))
			}
		case opMap:
			dst = p.encodeMap(dst, o, at)
		case opPointer:
			dst = p.encodePointer(dst, o.elem, *(*unsafe.Pointer)(at))
		case opArray:
			dst = p.encodeAll(dst, o.elem, at, o.count)
		}
	}
	return dst
}

// gather appends several stretches of a value. It grows dst once for all of them, so that
// no move needs a bounds check. A move may write more than its stretch, but never beyond
// the end of the encoding: split has seen to it.
func gather(dst []byte, o *op, base unsafe.Pointer) []byte {
	end := len(dst) + int(o.size)
	if end > cap(dst) {
		dst = slices.Grow(dst, int(o.size))
	}
	transfer(unsafe.Add(unsafe.Pointer(unsafe.SliceData(dst)), len(dst)), base, o.gather)
	return dst[:end]
}

// encodeSlice appends the length and the elements of a slice, in order. Elements without
// memory are left to the loop: for them there is a limit, which appendCount checks.
func (p *space) encodeSlice(dst []byte, o *op, s *header) []byte {
	elem := o.elem
	if elem.flat && elem.mem > 0 {
		dst = appendLength(dst, s.len)
		return append(dst, memory(s.data, uintptr(s.len)*elem.mem)...)
	}
	dst = appendCount(dst, s.len, elem.least)
	return p.encodeAll(dst, elem, s.data, uintptr(s.len))
}

// shortMax is the number of bytes that are moved for a short slice, however many it has: to
// move as many as there are takes a branch that no processor could predict.
const shortMax = 16

// encodeAll appends values that are adjacent in memory.
func (p *space) encodeAll(dst []byte, elem *program, base unsafe.Pointer, count uintptr) []byte {
	for i := range count {
		dst = p.encode(dst, elem, unsafe.Add(base, i*elem.mem))
	}
	return dst
}

// encodePointer appends 0 for nil, or else 1 and the value that the pointer
// points to.
func (p *space) encodePointer(dst []byte, elem *program, to unsafe.Pointer) []byte {
	if to == nil {
		return append(dst, 0)
	}
	if elem.flat {
		return append(append(dst, 1), memory(to, elem.mem)...)
	}
	return p.encode(append(dst, 1), elem, to)
}

// decode overwrites the value at base with the one at the start of src, and returns the
// rest of src. It never reuses memory that the old value refers to: two slices may share
// it, or the capacity of a slice may reach into another. The bools are checked last, all
// together: nothing reads them before, and damaged bytes are so rare that it does not
// matter how late they are noticed.
func (p *space) decode(g *program, base unsafe.Pointer, src []byte) (rest []byte, ok bool) {
	ok = true
	for i := 0; i < len(g.wire) && ok; i++ {
		o := &g.wire[i]
		at := unsafe.Add(base, o.at)
		switch o.code {
		case opBytes:
			src, ok = decodeBytes(at, o.size, src)
		case opMoves, opByte:
			src, ok = scatter(base, o, src)
		case opString:
			src, ok = p.decodeString((*string)(at), src)
		case opSlice:
			src, ok = p.decodeSlice(o, (*header)(at), src)
		case opSmalls:
			src, ok = p.decodeSmalls(o, (*header)(at), src)
		case opBag:
			if len(src) > 0 && src[0] == 0 { // as in encode
				*(*header)(at) = p.arenas[o.slot].takeSlice(0, o.elem.mem)
				src = src[1:]
			} else {
				src, ok = p.decodeBag(o, (*header)(at), src)
			}
		case opMap:
			src, ok = p.decodeMap(o, at, src)
		case opPointer:
			src, ok = p.decodePointer(o, (*unsafe.Pointer)(at), src)
		case opArray:
			src, ok = p.decodeAll(o.elem, at, o.count, src)
		default:
			o.zero(at)
		}
	}
	return src, ok && (len(g.bools) == 0 || p.trusting || sound(g.bools, base, 1, 0))
}

// decodeBytes copies size bytes from the start of src.
func decodeBytes(at unsafe.Pointer, size uintptr, src []byte) (rest []byte, ok bool) {
	if uintptr(len(src)) < size {
		return src, false
	}
	copy(memory(at, size), src)
	return src[size:], true
}

// scatter reads several stretches of a value from the start of src.
func scatter(base unsafe.Pointer, o *op, src []byte) (rest []byte, ok bool) {
	if uintptr(len(src)) < o.size {
		return src, false
	}
	transfer(base, unsafe.Pointer(unsafe.SliceData(src)), o.scatter)
	return src[o.size:], true
}

// decodeString reads a string from the start of src. The string does not refer to src.
// The comparison with the old string converts without allocating. A string is the one
// kind of reference that may be kept, because nothing can change it.
func (p *space) decodeString(s *string, src []byte) (rest []byte, ok bool) {
	n, rest, ok := cutLength(src)
	if !ok || n > len(rest) {
		return src, false
	}
	if *s != string(rest[:n]) { // mostly it is the one of the last state
		*s = p.strings.of(rest[:n])
	}
	return rest[n:], true
}

// decodeSlice reads a slice from the start of src. The count is limited by what is left
// of src, so damaged bytes cannot make the arena huge.
func (p *space) decodeSlice(o *op, s *header, src []byte) (rest []byte, ok bool) {
	n, rest, ok := cutCount(src, o.elem.least)
	if !ok {
		return src, false
	}
	// The memory is new for each state, with room behind it: an action that appends writes
	// into the room and not into another slice.
	*s = p.arenas[o.slot].takeSlice(n, o.elem.mem)
	if o.elem.flat {
		return p.decodeFlat(o.elem, s, rest)
	}
	return p.decodeAll(o.elem, s.data, uintptr(n), rest)
}

// decodeFlat reads all elements of a slice in one step, if their memory is their
// encoding.
func (p *space) decodeFlat(elem *program, s *header, src []byte) (rest []byte, ok bool) {
	if size := uintptr(s.len) * elem.mem; size <= shortMax && len(src) >= shortMax {
		*(*[shortMax]byte)(s.data) = [shortMax]byte(src)
		return src[size:], p.trusting || sound(elem.bools, s.data, s.len, elem.mem)
	}
	rest, ok = decodeBytes(s.data, uintptr(s.len)*elem.mem, src)
	return rest, ok && (p.trusting || sound(elem.bools, s.data, s.len, elem.mem))
}

// decodeAll reads count values, which are adjacent in memory.
func (p *space) decodeAll(elem *program, base unsafe.Pointer, count uintptr, src []byte) (rest []byte, ok bool) {
	ok = true
	for i := uintptr(0); i < count && ok; i++ {
		src, ok = p.decode(elem, unsafe.Add(base, i*elem.mem), src)
	}
	return src, ok
}

// decodePointer reads a pointer and the value that it points to.
func (p *space) decodePointer(o *op, to *unsafe.Pointer, src []byte) (rest []byte, ok bool) {
	if len(src) == 0 || src[0] > 1 {
		return src, false
	}
	*to = nil
	if src[0] == 0 {
		return src[1:], true
	}
	*to = p.arenas[o.slot].take(o.elem.mem)
	return p.decode(o.elem, *to, src[1:])
}

// zero clears memory that is not part of the state. Pointers have to be cleared
// through reflection, which runs the garbage collector's write barrier. Mostly they are
// zero already, since few actions use what is not part of the state, and to look takes far less.
func (o *op) zero(at unsafe.Pointer) {
	if o.code == opClear {
		clear(memory(at, o.size))
		return
	}
	if !isZero(memory(at, o.typ.Size())) {
		reflect.NewAt(o.typ, at).Elem().SetZero()
	}
}

// isZero reports whether all bytes are zero.
func isZero(b []byte) bool {
	for ; len(b) >= 8; b = b[8:] {
		if binary.NativeEndian.Uint64(b) != 0 {
			return false
		}
	}
	for _, x := range b {
		if x != 0 {
			return false
		}
	}
	return true
}

// copy makes the value at dst a deep copy of the one at src. Like decode, it
// never reuses memory that the old value refers to.
//
// Pointers must be written as pointers, so that the garbage collector follows
// them. Therefore only memory without pointers is moved as bytes; strings,
// slices, maps and pointers are assigned.
func (p *space) copy(g *program, dst, src unsafe.Pointer) {
	for i := range g.deep {
		o := &g.deep[i]
		to, from := unsafe.Add(dst, o.at), unsafe.Add(src, o.at)
		switch o.code {
		case opBytes:
			copy(memory(to, o.size), memory(from, o.size))
		case opString:
			*(*string)(to) = *(*string)(from) // strings never change
		case opSlice, opBag, opSmalls:
			p.copySlice(o, (*header)(to), (*header)(from))
		case opMap:
			p.copyMap(o, to, from)
		case opPointer:
			p.copyPointer(o, (*unsafe.Pointer)(to), *(*unsafe.Pointer)(from))
		case opArray:
			p.copyAll(o.elem, to, from, o.count)
		default:
			o.zero(to)
		}
	}
}

// copySlice copies a slice into new memory with spare capacity.
func (p *space) copySlice(o *op, to, from *header) {
	*to = p.arenas[o.slot].takeSlice(from.len, o.elem.mem)
	if o.elem.plain {
		// Elements that refer to nothing are moved at once.
		n := uintptr(from.len) * o.elem.mem
		copy(memory(to.data, n), memory(from.data, n))
		return
	}
	p.copyAll(o.elem, to.data, from.data, uintptr(from.len))
}

// copyAll copies values that are adjacent in memory.
func (p *space) copyAll(elem *program, to, from unsafe.Pointer, count uintptr) {
	for i := range count {
		p.copy(elem, unsafe.Add(to, i*elem.mem), unsafe.Add(from, i*elem.mem))
	}
}

// copyPointer copies the value that a pointer points to. If two pointers point
// to one value, each gets its own copy.
func (p *space) copyPointer(o *op, to *unsafe.Pointer, from unsafe.Pointer) {
	*to = nil
	if from != nil {
		*to = p.arenas[o.slot].take(o.elem.mem)
		p.copy(o.elem, *to, from)
	}
}
