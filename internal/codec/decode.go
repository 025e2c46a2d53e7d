//go:build !purego

package codec

import (
	"reflect"
	"unsafe"
)

// decode overwrites the value at base with the one that src starts with, and
// returns what follows. What base held before is never looked at: two slices
// in it may share their memory, or one may have more of it than is its own.
func (p *space) decode(g *program, base unsafe.Pointer, src []byte) (rest []byte, ok bool) {
	ok = true
	for i := 0; i < len(g.wire) && ok; i++ {
		o := &g.wire[i]
		at := unsafe.Add(base, o.at)
		switch o.code {
		case opBytes:
			src, ok = decodeBytes(at, o.size, src)
		case opPieces:
			src, ok = scatter(base, o, src)
		case opString:
			src, ok = p.decodeString((*string)(at), src)
		case opSlice:
			src, ok = p.decodeSlice(o, (*header)(at), src)
		case opBag:
			src, ok = p.decodeBag(o, (*header)(at), src)
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
	return src, ok && (len(g.bools) == 0 || sound(g.bools, base, 1, 0))
}

// decodeBytes takes memory off the front of src.
func decodeBytes(at unsafe.Pointer, size uintptr, src []byte) (rest []byte, ok bool) {
	if uintptr(len(src)) < size {
		return src, false
	}
	copy(memory(at, size), src)
	return src[size:], true
}

// scatter takes the pieces of a value off the front of src.
func scatter(base unsafe.Pointer, o *op, src []byte) (rest []byte, ok bool) {
	if uintptr(len(src)) < o.size {
		return src, false
	}
	transfer(base, unsafe.Pointer(unsafe.SliceData(src)), o.scatter)
	return src[o.size:], true
}

// decodeString takes a string off the front of src, and keeps nothing of src.
func (p *space) decodeString(s *string, src []byte) (rest []byte, ok bool) {
	n, rest, ok := cutLength(src)
	if !ok || n > len(rest) {
		return src, false
	}
	*s = p.strings.of(rest[:n])
	return rest[n:], true
}

// decodeSlice takes a slice off the front of src.
func (p *space) decodeSlice(o *op, s *header, src []byte) (rest []byte, ok bool) {
	n, rest, ok := cutCount(src, o.elem.least)
	if !ok {
		return src, false
	}
	*s = p.arenas[o.slot].takeSlice(n)
	if o.elem.flat {
		return decodeFlat(o.elem, s, rest)
	}
	return p.decodeAll(o.elem, s.data, uintptr(n), rest)
}

// decodeFlat takes elements off the front of src whose memory is their
// encoding, all at once.
func decodeFlat(elem *program, s *header, src []byte) (rest []byte, ok bool) {
	rest, ok = decodeBytes(s.data, uintptr(s.len)*elem.mem, src)
	return rest, ok && sound(elem.bools, s.data, s.len, elem.mem)
}

// decodeAll takes values off the front of src, to lie side by side.
func (p *space) decodeAll(elem *program, base unsafe.Pointer, count uintptr, src []byte) (rest []byte, ok bool) {
	ok = true
	for i := uintptr(0); i < count && ok; i++ {
		src, ok = p.decode(elem, unsafe.Add(base, i*elem.mem), src)
	}
	return src, ok
}

// decodePointer takes whether there is a pointee, and the pointee, off the
// front of src.
func (p *space) decodePointer(o *op, to *unsafe.Pointer, src []byte) (rest []byte, ok bool) {
	if len(src) == 0 || src[0] > 1 {
		return src, false
	}
	*to = nil
	if src[0] == 0 {
		return src[1:], true
	}
	*to = p.arenas[o.slot].take(1)
	return p.decode(o.elem, *to, src[1:])
}

// zero clears memory that is not part of the state. If there are pointers in
// it, the garbage collector has to know, and reflection tells it.
func (o *op) zero(at unsafe.Pointer) {
	if o.code == opClear {
		clear(memory(at, o.size))
		return
	}
	reflect.NewAt(o.typ, at).Elem().SetZero()
}
