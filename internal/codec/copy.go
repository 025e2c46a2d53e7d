//go:build !purego

package codec

import "unsafe"

// copy makes the value at dst a deep copy of the one at src. What dst held
// before is overwritten, and never looked at, for the reasons that decode has.
//
// Pointers must be written as pointers for the garbage collector to follow. So
// memory is moved as bytes only where there are none, and strings, slices, maps
// and pointers are assigned.
func (p *space) copy(g *program, dst, src unsafe.Pointer) {
	for i := range g.deep {
		o := &g.deep[i]
		to, from := unsafe.Add(dst, o.at), unsafe.Add(src, o.at)
		switch o.code {
		case opBytes:
			copy(memory(to, o.size), memory(from, o.size))
		case opString:
			*(*string)(to) = *(*string)(from) // strings never change
		case opSlice, opBag:
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

// copySlice copies a slice into memory of its own, with room after it.
func (p *space) copySlice(o *op, to, from *header) {
	*to = p.arenas[o.slot].takeSlice(from.len)
	if o.elem.plain {
		n := uintptr(from.len) * o.elem.mem
		copy(memory(to.data, n), memory(from.data, n))
		return
	}
	p.copyAll(o.elem, to.data, from.data, uintptr(from.len))
}

// copyAll copies values that lie side by side.
func (p *space) copyAll(elem *program, to, from unsafe.Pointer, count uintptr) {
	for i := range count {
		p.copy(elem, unsafe.Add(to, i*elem.mem), unsafe.Add(from, i*elem.mem))
	}
}

// copyPointer copies what a pointer points to. If two pointers point to it,
// each gets a copy.
func (p *space) copyPointer(o *op, to *unsafe.Pointer, from unsafe.Pointer) {
	*to = nil
	if from != nil {
		*to = p.arenas[o.slot].take(1)
		p.copy(o.elem, *to, from)
	}
}
