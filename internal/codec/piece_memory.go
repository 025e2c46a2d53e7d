//go:build !purego

package codec

import (
	"bytes"
	"reflect"
	"unsafe"
)

// pieceAt is the position of a piece in a value.
type pieceAt struct {
	offset, size uintptr
	typ          reflect.Type
	pointers     bool // it has pointers, which must not be overwritten as bytes
	exact        bool // equal values have equal memory: there is no padding
}

func (a pieceAt) field(_ int, f reflect.StructField) pieceAt {
	a.offset += f.Offset
	return a
}

func (a pieceAt) element(i int, array reflect.Type) pieceAt {
	a.offset += uintptr(i) * array.Elem().Size()
	return a
}

// of completes the position with what there is.
func (a pieceAt) of(t reflect.Type) pieceAt {
	a.size, a.typ, a.pointers = t.Size(), t, !pointerFree(t)
	s, err := shapeOf(t)
	a.exact = err == nil && !a.pointers && s.size() == int(t.Size())
	return a
}

func (p *Piece[P]) memory(v *P) []byte {
	return memory(unsafe.Add(unsafe.Pointer(v), p.offset), p.size)
}

func (p *Piece[P]) value(v *P) reflect.Value {
	return reflect.NewAt(p.typ, unsafe.Add(unsafe.Pointer(v), p.offset))
}

// Clear sets the piece to zero.
func (p *Piece[P]) Clear(v *P) {
	if p.pointers {
		p.value(v).Elem().SetZero()
		return
	}
	clear(p.memory(v))
}

// Copy assigns the piece of one value to another.
func (p *Piece[P]) Copy(to, from *P) {
	if p.pointers {
		p.value(to).Elem().Set(p.value(from).Elem())
		return
	}
	copy(p.memory(to), p.memory(from))
}

// Same reports whether the piece, which must be comparable, is the same in two values.
func (p *Piece[P]) Same(v, w *P) bool {
	if p.exact {
		return bytes.Equal(p.memory(v), p.memory(w))
	}
	return p.value(v).Elem().Equal(p.value(w).Elem())
}

// Pointer returns a pointer to the piece, of the piece's type. It allocates nothing.
func (p *Piece[P]) Pointer(v *P) any { return p.value(v).Interface() }
