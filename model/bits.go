package model

import (
	"fmt"
	"iter"
	"math/bits"
	"strconv"
	"strings"
)

// Bits is a set of the numbers 0 to 63 in one word: nodes by their numbers, votes,
// acknowledgements. It costs as little as an integer, where a [Set] costs several times
// as much. The zero value is the empty set. [Member] chooses among the elements.
//
// Sets are values: they are compared by ==, and a | b, a & b and a &^ b are the union,
// the intersection and the difference. Traces show a set by its elements, as in {0 2}.
//
// A state of many sets of few elements is smaller with a type of its own over uint8 or
// uint16. [Member] chooses from such a type too; the trace shows it as a number unless
// it has a String method.
type Bits uint64

// bitsMax is the number of numbers that a set can hold.
const bitsMax = 64

// BitsOf returns the set of these numbers.
func BitsOf(numbers ...int) Bits {
	var b Bits
	for _, n := range numbers {
		b.Add(n)
	}
	return b
}

// Add puts n into the set, and reports whether it was not there yet. It panics if n
// is not one of 0 to 63.
func (b *Bits) Add(n int) bool {
	if n < 0 || n >= bitsMax {
		panic(fmt.Sprintf("model: %d cannot be in a set of Bits: only 0 to %d can", n, bitsMax-1))
	}
	was := *b
	*b |= 1 << n
	return *b != was
}

// Remove takes n out of the set, and reports whether it was there.
func (b *Bits) Remove(n int) bool {
	was := b.Has(n)
	if was {
		*b &^= 1 << n
	}
	return was
}

// Has reports whether n is in the set.
func (b Bits) Has(n int) bool { return n >= 0 && n < bitsMax && b>>n&1 != 0 }

// Len returns the number of elements.
func (b Bits) Len() int { return bits.OnesCount64(uint64(b)) }

// All ranges over the elements that the set has now, from the least on.
func (b Bits) All() iter.Seq[int] {
	return func(yield func(int) bool) {
		for ; b != 0; b &= b - 1 {
			if !yield(bits.TrailingZeros64(uint64(b))) {
				return
			}
		}
	}
}

// String shows the set as in {0 2}.
func (b Bits) String() string {
	var words []string
	for n := range b.All() {
		words = append(words, strconv.Itoa(n))
	}
	return "{" + strings.Join(words, " ") + "}"
}
