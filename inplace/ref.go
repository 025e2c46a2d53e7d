package inplace

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"reflect"
	"strings"
	"sync"

	"github.com/muster-mc/muster/trace"
)

// Ref is a reference to a value of type T, for a field of a state: 16 bytes that stand for
// everything in the value. Two references are equal if and only if the values are, so that
// states with references are compared, hashed and kept as any others. The zero value
// refers to nothing.
//
// A Ref is the first half of a SHA-256 of the value's encoding. It depends on nothing but
// the value: not on the order in which values are met, nor on the process.
type Ref[T any] struct{ a, b uint64 }

func refOf[T any](encoding []byte) Ref[T] {
	h := sha256.Sum256(encoding)
	return Ref[T]{binary.BigEndian.Uint64(h[:8]), binary.BigEndian.Uint64(h[8:16])}
}

// nameOf is what reports call the values of a type, on one line.
func nameOf[T any](given string) string {
	if name := strings.Join(strings.Fields(given), " "); name != "" {
		return trace.Escape(name)
	}
	return reflect.TypeFor[T]().String()
}

// IsZero reports whether the reference refers to nothing.
func (r Ref[T]) IsZero() bool { return r == Ref[T]{} }

// RefersToCode is for the engine, which looks for references in states.
func (r Ref[T]) RefersToCode() {}

// TraceValue is what a trace shows: of a machine its view, of another value its
// description.
func (r Ref[T]) TraceValue() trace.Value {
	if t := tableOf[T](r); t != nil {
		return t.show(r)
	}
	return trace.ValueOf(r.number())
}

// TraceBehind is what a trace shows where two values differ and their views do not: all
// parts of the value.
func (r Ref[T]) TraceBehind() trace.Value {
	if t := tableOf[T](r); t != nil {
		return t.behind(r)
	}
	return trace.ValueOf(r.number())
}

// Format writes the description of a value, or the view of a machine. It is a Format and
// not a String method, because a trace shows a type with a String method by its text, and
// of a machine it is to show the fields of the view.
func (r Ref[T]) Format(f fmt.State, verb rune) {
	if t := tableOf[T](r); t != nil {
		fmt.Fprint(f, t.text(r))
		return
	}
	fmt.Fprint(f, r.number())
}

// number stands for a value that is not known here.
func (r Ref[T]) number() string {
	if r.IsZero() {
		return "none"
	}
	return fmt.Sprintf("#%08x", r.a>>32)
}

// shower is a table from the view of a reference.
type shower[T any] interface {
	knows(Ref[T]) bool
	show(Ref[T]) trace.Value
	behind(Ref[T]) trace.Value
	text(Ref[T]) string
}

// registry has all tables by the type of their values, the latest last. A reference has no
// room for its table. Tables that are not used any more are dropped from it.
var registry = struct {
	sync.Mutex
	tables map[reflect.Type][]func() any // each returns a shower, or nil if the table is gone
}{tables: map[reflect.Type][]func() any{}}

func register[T any](table func() any) {
	registry.Lock()
	defer registry.Unlock()
	key := reflect.TypeFor[T]()
	var list []func() any
	for _, t := range registry.tables[key] {
		if t() != nil {
			list = append(list, t)
		}
	}
	registry.tables[key] = append(list, table)
}

// tableOf returns the latest table that knows a reference, or nil. Two tables of one type
// that both know it have the same value.
func tableOf[T any](r Ref[T]) shower[T] {
	registry.Lock()
	list := registry.tables[reflect.TypeFor[T]()]
	registry.Unlock()
	for i := len(list) - 1; i >= 0; i-- {
		if t, ok := list[i]().(shower[T]); ok && t.knows(r) {
			return t
		}
	}
	return nil
}
