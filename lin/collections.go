package lin

import (
	"fmt"

	"github.com/muster-mc/muster/container"
)

// The objects below keep their elements in an array, so that they are comparable. An
// operation that finds no room waits: choose the array as large as the calls of a run
// can need.

// Queue is a first-in-first-out queue.
type Queue[E comparable, S container.Array[E]] struct {
	items container.Queue[E, S]
}

// Stack is a last-in-first-out stack.
type Stack[E comparable, S container.Array[E]] struct {
	items container.Queue[E, S]
}

// EndOp puts an element into a Queue or a Stack, or takes one out.
type EndOp[E comparable] struct {
	Take bool
	Item E
}

// Put and Take make the operations of a Queue and a Stack.
func Put[E comparable](item E) EndOp[E] { return EndOp[E]{Item: item} }
func Take[E comparable]() EndOp[E]      { return EndOp[E]{Take: true} }

// Taken is the answer of an EndOp: the element that was taken, and whether there was one.
// After a Put both are zero.
type Taken[E comparable] struct {
	Item E
	OK   bool
}

// ShowAnswer shows the answer of a Put as ok.
func (q Queue[E, S]) ShowAnswer(op EndOp[E], answer Taken[E]) string { return op.show(answer) }

// Apply is that of an Object.
func (q Queue[E, S]) Apply(op EndOp[E]) (after Queue[E, S], answer Taken[E], ok bool) {
	if op.Take {
		answer.Item, answer.OK = q.items.Pop()
		return q, answer, true
	}
	if q.items.Full() {
		return q, answer, false
	}
	q.items.Push(op.Item)
	return q, answer, true
}

// ShowAnswer shows the answer of a Put as ok.
func (s Stack[E, S]) ShowAnswer(op EndOp[E], answer Taken[E]) string { return op.show(answer) }

// Apply is that of an Object.
func (s Stack[E, S]) Apply(op EndOp[E]) (after Stack[E, S], answer Taken[E], ok bool) {
	switch {
	case !op.Take && s.items.Full():
		return s, answer, false
	case !op.Take:
		s.items.Push(op.Item)
	case s.items.Len() > 0:
		answer = Taken[E]{s.items.RemoveAt(s.items.Len() - 1), true}
	}
	return s, answer, true
}

func (op EndOp[E]) String() string {
	if op.Take {
		return "take"
	}
	return fmt.Sprintf("put %v", op.Item)
}

func (op EndOp[E]) show(answer Taken[E]) string {
	if op.Take {
		return answer.String()
	}
	return "ok"
}

func (t Taken[E]) String() string {
	if !t.OK {
		return "none"
	}
	return fmt.Sprint(t.Item)
}

// Set is a set of the numbers 0 to 63.
type Set[E Client] struct {
	members uint64
}

// SetKind is the kind of a SetOp.
type SetKind uint8

// The kinds of operations: each answers whether the element was in the set before.
const (
	SetHas SetKind = iota
	SetAdd
	SetRemove
)

func (k SetKind) String() string { return [...]string{"has", "add", "remove"}[k] }

// SetOp is an operation of a Set.
type SetOp[E Client] struct {
	Kind SetKind
	Item E
}

// Apply is that of an Object.
func (s Set[E]) Apply(op SetOp[E]) (after Set[E], was, ok bool) {
	bit := uint64(1) << op.Item
	was = s.members&bit != 0
	switch op.Kind {
	case SetAdd:
		s.members |= bit
	case SetRemove:
		s.members &^= bit
	}
	return s, was, true
}

// Reads reports whether an operation never changes a set.
func (s Set[E]) Reads(op SetOp[E]) bool { return op.Kind == SetHas }

func (op SetOp[E]) String() string { return fmt.Sprintf("%v %v", op.Kind, op.Item) }

// Map is a store of values under the keys 0 to n-1, n being the length of the array
// M. A key that was not written has the zero of V.
type Map[K Client, V comparable, M container.Array[V]] struct {
	values M
}

// MapOp reads or writes the value under a key.
type MapOp[K Client, V comparable] struct {
	Key K
	RegisterOp[V]
}

// ReadKey and WriteKey make the operations of a Map.
func ReadKey[V comparable, K Client](key K) MapOp[K, V] { return MapOp[K, V]{Key: key} }
func WriteKey[K Client, V comparable](key K, value V) MapOp[K, V] {
	return MapOp[K, V]{key, Write(value)}
}

// Apply answers a read with the value, and a write with the zero value.
func (m Map[K, V, M]) Apply(op MapOp[K, V]) (after Map[K, V, M], answer V, ok bool) {
	if !op.Write {
		return m, m.values[op.Key], true
	}
	m.values[op.Key] = op.Value
	return m, answer, true
}

// Reads reports whether an operation never changes a map.
func (m Map[K, V, M]) Reads(op MapOp[K, V]) bool { return !op.Write }

// ShowAnswer shows the answer of a write as ok.
func (m Map[K, V, M]) ShowAnswer(op MapOp[K, V], answer V) string {
	return Register[V]{}.ShowAnswer(op.RegisterOp, answer)
}

func (op MapOp[K, V]) String() string {
	if op.Write {
		return fmt.Sprintf("write %v = %v", op.Key, op.Value)
	}
	return fmt.Sprintf("read %v", op.Key)
}
