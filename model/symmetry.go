package model

import (
	"reflect"
	"slices"
)

// Symmetry declares that the values of a type are interchangeable: nodes, clients, keys
// that differ in nothing but their number. To rename them in a state gives a state from
// which the system goes on in the same way, so a search need visit only one of all such
// states: up to n! times fewer for n values.
//
// Make one with [Scalars]. The engine finds the values by their type wherever a state
// has them: in fields, elements, sets, bags and keys of maps. Two things it cannot find,
// and the model says them. An array that has an element for each value carries a tag:
//
//	Nodes [5]Node       `muster:"by=NodeID"`
//	Sent  [5][3]Message `muster:"by=NodeID,ActorID"` // nested, from the outside in
//
// and a set of values as bits of an integer is a type of its own; see [Symmetry.Bits].
// The i-th value belongs to element i. Elements after the last value stay where they are.
//
// A declaration that is not true would make verdicts wrong, so the engine checks it while
// it searches: actions, properties, Constraint and Terminal of a renamed state against
// those of the state. They must not compare values by order, and must not do something
// to the first one only.
//
// One type can have several groups of interchangeable values, each with values of its own, such as servers and
// clients that are numbered one after the other. Each is a Symmetry with a name, by which the tags of
// arrays tell them apart:
//
//	model.Scalars[ID](3).From(1).Named("server"), model.Scalars[ID](2).From(4).Named("client")
//
//	Servers [3]Server `muster:"by=server"`
//	Clients [2]Client `muster:"by=client"`
//	Heard   [5]bool   `muster:"by=ID"` // of servers and clients, from the least value on
//
// Scalars are the scalarsets of C. N. Ip and D. L. Dill (Better Verification Through
// Symmetry. Formal Methods in System Design 9, 1996).
type Symmetry struct {
	Type  reflect.Type // of the values
	First int64        // the values are First, First+1, ...
	Size  int          // and there are Size of them

	Sets []BitSet // the types of sets of values, as bits

	// Name is how reports and tags call the values. Empty means the name of the type.
	Name string

	_ struct{}
}

// BitSet is a type whose bits stand for interchangeable values: the bit First for the
// first value.
type BitSet struct {
	Type  reflect.Type
	First int
}

// Integer is any type that consists of an integer.
type Integer interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64
}

// Scalars declares that the values 0 to n-1 of a type are interchangeable. Other values
// of the type, such as -1 for none, have their own meaning and stay as they are. The type
// must be one that the model defines: a builtin one would take in every number.
func Scalars[T Integer](n int) Symmetry {
	return Symmetry{Type: reflect.TypeFor[T](), Size: n}
}

// From returns the symmetry with the values first to first+n-1. From(1) leaves 0 to mean
// none.
func (s Symmetry) From(first int) Symmetry {
	s.First = int64(first)
	return s
}

// Named returns the symmetry with a name, which tells it from others of the same type.
func (s Symmetry) Named(name string) Symmetry {
	s.Name = name
	return s
}

// Bits says that the types of these values are sets of the interchangeable values: bit i
// stands for the i-th value, which is the one of element i. Such a type is an unsigned
// integer, or a struct of nothing but one, as in
//
//	type NodeSet struct{ model.Bits }
func (s Symmetry) Bits(sets ...any) Symmetry { return s.bits(0, sets) }

// BitsByValue is [Symmetry.Bits] for sets in which bit v stands for the value v, whatever
// the first value is.
func (s Symmetry) BitsByValue(sets ...any) Symmetry { return s.bits(int(s.First), sets) }

func (s Symmetry) bits(first int, sets []any) Symmetry {
	s.Sets = slices.Clone(s.Sets)
	for _, set := range sets {
		s.Sets = append(s.Sets, BitSet{reflect.TypeOf(set), first})
	}
	return s
}
