package digraph

import (
	"math/bits"
	"slices"
	"sync/atomic"
)

// Bits is a set of nodes: one bit each, so that a set of all states costs little
// beside the states. Len, From and All do not know the number of nodes, so bits past
// it must be 0 in a set that they see.
type Bits []uint64

// NewBits returns an empty set of nodes below n.
func NewBits(n int) Bits { return make(Bits, (n+63)/64) }

// Grow makes room for nodes below n.
func (b *Bits) Grow(n int) {
	if more := (n+63)/64 - len(*b); more > 0 {
		// A set grows after every round of a search: twice as long at least, so that it
		// is seldom copied.
		if more > cap(*b)-len(*b) {
			*b = slices.Grow(*b, max(more, cap(*b)))
		}
		*b = append(*b, make(Bits, more)...)
	}
}

// Add adds a node to the set.
func (b Bits) Add(i uint32) { b[i/64] |= 1 << (i % 64) }

// Remove removes a node from the set.
func (b Bits) Remove(i uint32) { b[i/64] &^= 1 << (i % 64) }

// Has reports whether a node is in the set.
func (b Bits) Has(i uint32) bool { return b[i/64]&(1<<(i%64)) != 0 }

// Mark and IsMarked are Add and Has for concurrent use: several goroutines may write
// to the same word. Add is cheaper, and right as long as a word has one writer.
func (b Bits) Mark(i uint32)          { atomic.OrUint64(&b[i/64], 1<<(i%64)) }
func (b Bits) IsMarked(i uint32) bool { return atomic.LoadUint64(&b[i/64])&(1<<(i%64)) != 0 }

// Or adds another set to this one.
func (b Bits) Or(c Bits) {
	for i := range b {
		b[i] |= c[i]
	}
}

// Len returns the number of nodes in the set.
func (b Bits) Len() int {
	n := 0
	for _, word := range b {
		n += bits.OnesCount64(word)
	}
	return n
}

// Clone returns a copy.
func (b Bits) Clone() Bits { return append(Bits(nil), b...) }

// And returns the nodes that are in both sets.
func (b Bits) And(c Bits) Bits {
	both := b.Clone()
	for i := range both {
		both[i] &= c[i]
	}
	return both
}

// Not returns the nodes below n that are not in the set. It clears the bits past n in
// the last word, which the complement would set.
func (b Bits) Not(n int) Bits {
	others := b.Clone()
	for i := range others {
		others[i] = ^others[i]
	}
	if n%64 != 0 {
		others[len(others)-1] &= 1<<(n%64) - 1
	}
	return others
}

// From returns the first node of the set at or after i, and reports whether there
// is one.
func (b Bits) From(i uint32) (uint32, bool) {
	for word := int(i / 64); word < len(b); word++ {
		w := b[word]
		if word == int(i/64) {
			w &= ^uint64(0) << (i % 64)
		}
		if w != 0 {
			return uint32(word*64 + bits.TrailingZeros64(w)), true
		}
	}
	return 0, false
}

// All calls yield for each node of the set, in order.
func (b Bits) All(yield func(uint32) bool) {
	for word, w := range b {
		for ; w != 0; w &= w - 1 {
			if !yield(uint32(word*64 + bits.TrailingZeros64(w))) {
				return
			}
		}
	}
}
