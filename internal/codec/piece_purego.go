//go:build purego

package codec

import "reflect"

// pieceAt is the position of a piece in a value: indices of fields and of elements.
type pieceAt struct{ steps []int }

func (a pieceAt) field(i int, _ reflect.StructField) pieceAt { return a.then(i) }

func (a pieceAt) element(i int, _ reflect.Type) pieceAt { return a.then(i) }

func (a pieceAt) of(reflect.Type) pieceAt { return a }

func (a pieceAt) then(i int) pieceAt { return pieceAt{append(a.steps[:len(a.steps):len(a.steps)], i)} }

func (p *Piece[P]) value(v *P) reflect.Value {
	return place{steps: p.steps}.in(reflect.ValueOf(v).Elem())
}

// Clear sets the piece to zero.
func (p *Piece[P]) Clear(v *P) { p.value(v).SetZero() }

// Copy assigns the piece of one value to another.
func (p *Piece[P]) Copy(to, from *P) { p.value(to).Set(p.value(from)) }

// Same reports whether the piece, which must be comparable, is the same in two values.
func (p *Piece[P]) Same(v, w *P) bool { return p.value(v).Equal(p.value(w)) }

// Pointer returns a pointer to the piece, of the piece's type.
func (p *Piece[P]) Pointer(v *P) any { return p.value(v).Addr().Interface() }
