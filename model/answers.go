package model

import (
	"fmt"
	"math/bits"
	"slices"
)

// Show has the last answer shown as a value in traces, where the answer itself is only
// a number: a model's own way to choose is a question and Show.
//
//	color := model.Show(c, colors[c.Int("color", len(colors))])
//
// Different answers to one question need values with different texts, as those of [Pick]
// do. Show returns its value.
func Show[E any](c *Choice, value E) E {
	if c.notes != nil {
		c.notes.arguments[c.at].Value = value
	}
	return value
}

// Range answers first to last, both included. If last is less than first there is nothing
// to choose, and the action is disabled, as with Int.
func (c *Choice) Range(name string, first, last int) int {
	return Show(c, first+c.Int(name, max(last-first+1, 0)))
}

// Other answers 0 to n-1 without the number not: another node than this one. It answers
// all of 0 to n-1 if not is none of them.
func (c *Choice) Other(name string, n, not int) int {
	if not < 0 || not >= n {
		return c.Int(name, n)
	}
	i := c.Int(name, n-1)
	if i >= not {
		i++
	}
	return Show(c, i)
}

// subsetsMax is the largest number of subsets that a choice is made among. Up to it, the
// products in the functions below do not overflow.
const subsetsMax = 1 << 50

// Subset answers each subset of a set that has from least to most elements, smaller ones
// first: 0 and the set's length for all subsets, 1 and the length for those that are not
// empty, and twice k for those of k elements. If there is none the action is disabled, as
// with Int.
//
//	acked := model.Subset(c, "acked", s.Up, 1, s.Up.Len())
//
// A trace shows the answer as the type of the set does: Bits as {0 2}, and a type that has
// a String method by its text. Subset panics if there are more than 2^50 such subsets.
func Subset[Set ~uint8 | ~uint16 | ~uint32 | ~uint64](c *Choice, name string, of Set, least, most int) Set {
	n := bits.OnesCount64(uint64(of))
	least, most = max(least, 0), min(most, n)
	c.at++
	if c.at == len(c.wheels) {
		c.ask(name, subsets(name, n, least, most))
	}
	return Show(c, Set(subset(uint64(of), n, least, most, c.wheels[c.at].answer)))
}

// Quorum answers each least majority of n voters whose members are all in able: each
// subset of able with n/2+1 elements. If fewer are able the action is disabled, as with
// Int. Quorum panics if n is negative.
//
//	voters := model.Quorum(c, "voters", s.Up, nodes)
//
// To learn that more have voted than needed is rarely another behaviour, and multiplies
// the work. Where it is, Subset(c, name, able, n/2+1, n) answers every majority.
func Quorum[Set ~uint8 | ~uint16 | ~uint32 | ~uint64](c *Choice, name string, able Set, n int) Set {
	if n < 0 {
		panic(fmt.Sprintf("model: the choice %q is a quorum of %d voters", name, n))
	}
	return Subset(c, name, able, n/2+1, n/2+1)
}

// subsets returns the number of subsets of n elements that have from least to most.
func subsets(name string, n, least, most int) int {
	sum := 0
	for k := least; k <= most; k++ {
		of := binomial(n, k)
		if sum += of; of > subsetsMax || sum > subsetsMax {
			panic(fmt.Sprintf("model: the choice %q is among more than 2^50 subsets of %d elements", name, n))
		}
	}
	return sum
}

// binomial returns the number of subsets of n elements that have k, or a number above
// subsetsMax if it is above.
func binomial(n, k int) int {
	if k < 0 || k > n {
		return 0
	}
	k = min(k, n-k)
	b := 1
	for i := range k {
		if b > subsetsMax {
			return b
		}
		b = b * (n - i) / (i + 1)
	}
	return b
}

// subset returns the subset with a rank: by size, and subsets of one size by their greatest
// elements, which is the order of combinations in the combinatorial number system (Knuth,
// TAOCP 4A, 7.2.1.3).
func subset(of uint64, n, least, most, rank int) uint64 {
	size := least
	for ; size <= most; size++ {
		count := binomial(n, size)
		if rank < count {
			break
		}
		rank -= count
	}
	if size > most { // a choice from nothing
		return 0
	}
	var places uint64
	for place := n - 1; size > 0; place-- {
		if below := binomial(place, size); rank >= below {
			rank -= below
			places |= 1 << place
			size--
		}
	}
	return deposit(places, of)
}

// deposit returns the elements of a set at these places, the least element having
// place 0.
func deposit(places, of uint64) uint64 {
	var set uint64
	for ; places != 0; places >>= 1 {
		least := of & -of
		if places&1 != 0 {
			set |= least
		}
		of &^= least
	}
	return set
}

// permutedMax is the largest number of elements that Permute puts in order: 20! is the
// last factorial below 2^63.
const permutedMax = 20

// Permute puts items in each order, the order that they have first. The items must not be
// part of the state if the action can still return false afterwards.
//
//	order := [...]int{0, 1, 2}
//	model.Permute(c, "order", order[:])
//
// Equal items are told apart, so each of their orders is tried. Permute panics if there
// are more than 20 items, and 8 already have 40,320 orders.
func Permute[E any](c *Choice, name string, items []E) {
	if len(items) > permutedMax {
		panic(fmt.Sprintf("model: Permute(%q) of %d items: it can have %d at most", name, len(items), permutedMax))
	}
	orders := 1
	for n := range len(items) {
		orders *= n + 1
	}
	rank := c.Int(name, orders)
	for i := range items { // the digits of the rank in the factorial number system
		orders /= len(items) - i
		at := i + rank/orders
		rank %= orders
		taken := items[at]
		copy(items[i+1:at+1], items[i:at])
		items[i] = taken
	}
	if c.notes != nil {
		c.notes.arguments[c.at].Value = slices.Clone(items)
	}
}
