//go:build !purego

package codec

import (
	"slices"
	"unsafe"
)

// encode appends the encoding of the value at base. This loop is all there is
// to a program; programs of elements are run by recursion, which is as deep as
// the type.
func (p *space) encode(dst []byte, g *program, base unsafe.Pointer) []byte {
	for i := range g.wire {
		o := &g.wire[i]
		at := unsafe.Add(base, o.at)
		switch o.code {
		case opBytes:
			dst = append(dst, memory(at, o.size)...)
		case opPieces:
			dst = gather(dst, o, base)
		case opString:
			s := *(*string)(at)
			dst = append(appendLength(dst, len(s)), s...)
		case opSlice:
			dst = p.encodeSlice(dst, o.elem, (*header)(at))
		case opBag:
			dst = p.encodeBag(dst, o.elem, (*header)(at))
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

// gather appends the pieces of a value. Room for all of them is made once, so
// that each is moved without a check.
func gather(dst []byte, o *op, base unsafe.Pointer) []byte {
	end := len(dst) + int(o.size)
	if end > cap(dst) {
		dst = slices.Grow(dst, int(o.size))
	}
	transfer(unsafe.Add(unsafe.Pointer(unsafe.SliceData(dst)), len(dst)), base, o.gather)
	return dst[:end]
}

// encodeSlice appends a slice in its order.
func (p *space) encodeSlice(dst []byte, elem *program, s *header) []byte {
	dst = appendCount(dst, s.len, elem.least)
	if elem.flat {
		return append(dst, memory(s.data, uintptr(s.len)*elem.mem)...)
	}
	return p.encodeAll(dst, elem, s.data, uintptr(s.len))
}

// encodeAll appends values that lie side by side.
func (p *space) encodeAll(dst []byte, elem *program, base unsafe.Pointer, count uintptr) []byte {
	for i := range count {
		dst = p.encode(dst, elem, unsafe.Add(base, i*elem.mem))
	}
	return dst
}

// encodePointer appends whether there is a pointee, and the pointee.
func (p *space) encodePointer(dst []byte, elem *program, to unsafe.Pointer) []byte {
	if to == nil {
		return append(dst, 0)
	}
	return p.encode(append(dst, 1), elem, to)
}
