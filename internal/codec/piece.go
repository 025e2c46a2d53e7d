package codec

import (
	"fmt"
	"reflect"
)

// A Piece is a part of the values of a type P: a field, maybe of a struct in a struct or of
// an element of an array. It is found by reflection once, when it is made. Any number of
// goroutines may use it.
type Piece[P any] struct {
	Path string // such as Disk.Term or Slots[1].Key
	Type reflect.Type
	Tag  reflect.StructTag
	pieceAt
}

// Pieces takes a type apart. It calls inside for each field, to learn whether its own parts
// are the pieces; inside is only asked about structs and arrays of structs, and fields that
// are no part of a state are left out.
func Pieces[P any](inside func(f reflect.StructField) bool) ([]Piece[P], error) {
	t := reflect.TypeFor[P]()
	if t.Kind() != reflect.Struct {
		return nil, fmt.Errorf("%v is no struct", t)
	}
	var list []Piece[P]
	var walk func(t reflect.Type, path string, at pieceAt)
	fields := func(t reflect.Type, path string, at pieceAt) {
		for i := range t.NumField() {
			f := t.Field(i)
			if f.Name == "_" || f.Tag.Get(tagKey) == tagIgnored {
				continue
			}
			if isOfStructs(f.Type) && inside(f) {
				walk(f.Type, join(path, f.Name), at.field(i, f))
			} else {
				list = append(list, Piece[P]{Path: join(path, f.Name), Type: f.Type, Tag: f.Tag, pieceAt: at.field(i, f).of(f.Type)})
			}
		}
	}
	walk = func(t reflect.Type, path string, at pieceAt) {
		if t.Kind() == reflect.Struct {
			fields(t, path, at)
			return
		}
		for i := range t.Len() {
			walk(t.Elem(), fmt.Sprintf("%s[%d]", path, i), at.element(i, t))
		}
	}
	fields(t, "", pieceAt{})
	return list, nil
}

// isOfStructs reports whether a type is a struct or an array of structs.
func isOfStructs(t reflect.Type) bool {
	for t.Kind() == reflect.Array {
		t = t.Elem()
	}
	return t.Kind() == reflect.Struct
}

// isValue reports whether values of a type share no memory with their copies, apart from
// strings, which never change.
func isValue(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Slice, reflect.Map, reflect.Pointer:
		return false
	case reflect.Array:
		return isValue(t.Elem())
	case reflect.Struct:
		for f := range t.Fields() {
			if !isValue(f.Type) {
				return false
			}
		}
	}
	return true
}

// IsValue reports whether copying the piece copies all that it consists of.
func (p *Piece[P]) IsValue() bool { return isValue(p.Type) }
