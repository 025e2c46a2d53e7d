package model

import (
	"iter"
	"slices"
)

// Set is a finite set of values as part of a state: messages in flight, locks
// held, votes seen. The order in which elements came does not matter: two
// states whose sets have the same elements are the same state. An element type
// must be admissible in a state; it needs no ordering of its own.
//
// Sets are small: Add, Remove and Has look at every element.
type Set[E comparable] struct {
	items []E `muster:"unordered"`
}

// Add puts e into the set, and reports whether it was not there yet.
func (s *Set[E]) Add(e E) bool {
	if s.Has(e) {
		return false
	}
	s.items = append(s.items, e)
	return true
}

// Remove takes e out of the set, and reports whether it was there.
func (s *Set[E]) Remove(e E) bool { return remove(&s.items, e) }

// RemoveFunc takes out of the set all elements for which del returns true, and reports
// whether there were any.
func (s *Set[E]) RemoveFunc(del func(E) bool) bool { return removeFunc(&s.items, del) }

// Has reports whether e is in the set.
func (s *Set[E]) Has(e E) bool { return slices.Contains(s.items, e) }

// Len returns the number of elements.
func (s *Set[E]) Len() int { return len(s.items) }

// All ranges over the elements. The set may be changed meanwhile: an element that is
// removed before its turn is left out, and one that is added is not met.
func (s *Set[E]) All() iter.Seq[E] { return all(&s.items) }

// Items returns the elements, for [Pick] and to read, not to change or keep. At the
// start of an action their order is the same whenever the state is the same.
//
// The elements are those at the time of the call only until the set is changed. A loop
// over them from the first to the last may remove the element that it has reached. Loops
// that change more, or go backwards, range over All.
func (s *Set[E]) Items() []E { return s.items }

// Clear empties the set.
func (s *Set[E]) Clear() { s.items = s.items[:0] }

// Bag is a multiset: a [Set] that holds equal elements more than once. A
// network that can deliver a message twice because it was sent twice is a bag.
type Bag[E comparable] struct {
	items []E `muster:"unordered"`
}

// Add puts one more e into the bag.
func (b *Bag[E]) Add(e E) { b.items = append(b.items, e) }

// Remove takes one e out of the bag, and reports whether there was one.
func (b *Bag[E]) Remove(e E) bool { return remove(&b.items, e) }

// RemoveFunc takes out of the bag all elements for which del returns true, and reports
// whether there were any.
func (b *Bag[E]) RemoveFunc(del func(E) bool) bool { return removeFunc(&b.items, del) }

// Has reports whether e is in the bag.
func (b *Bag[E]) Has(e E) bool { return slices.Contains(b.items, e) }

// Count returns how many e are in the bag.
func (b *Bag[E]) Count(e E) int {
	n := 0
	for _, item := range b.items {
		if item == e {
			n++
		}
	}
	return n
}

// Len returns the number of elements, equal ones counted each.
func (b *Bag[E]) Len() int { return len(b.items) }

// All ranges over the elements, and yields equal elements one by one. The loop may
// change the bag: All leaves out an element that the bag no longer has when the turn
// comes to it, and does not yield elements that the loop adds.
func (b *Bag[E]) All() iter.Seq[E] { return all(&b.items) }

// Items returns the elements, equal ones side by side at the start of an action, for
// [Pick] and to read, not to change or keep. What is said of [Set.Items] holds here too.
func (b *Bag[E]) Items() []E { return b.items }

// Distinct returns the elements, equal ones once. An action that chooses among them is
// not tried twice for two equal messages, which lead to the same state:
//
//	m := model.Pick(c, "message", s.Network.Distinct())
//
// Without equal elements Distinct returns Items; otherwise it allocates.
func (b *Bag[E]) Distinct() []E {
	for i, e := range b.items {
		if slices.Contains(b.items[:i], e) {
			return distinct(b.items, i)
		}
	}
	return b.items
}

// Clear empties the bag.
func (b *Bag[E]) Clear() { b.items = b.items[:0] }

// distinct returns the elements without repetitions. The caller knows that the first
// known elements have no repetition.
func distinct[E comparable](items []E, known int) []E {
	list := slices.Clone(items[:known])
	for _, e := range items[known:] {
		if !slices.Contains(list, e) {
			list = append(list, e)
		}
	}
	return list
}

// remove takes one e out of a list. It moves the elements before e and not those after
// it: a loop over the list that removes the element that it has reached meets all others.
func remove[E comparable](list *[]E, e E) bool {
	i := slices.Index(*list, e)
	if i < 0 {
		return false
	}
	copy((*list)[1:i+1], (*list)[:i])
	*list = (*list)[1:]
	return true
}

// removeFunc leaves the other elements at the end, as remove does: those after the last
// one that is taken out stay where they are.
func removeFunc[E any](list *[]E, del func(E) bool) bool {
	were := *list
	kept := 0
	for _, e := range were {
		if !del(e) {
			were[kept] = e
			kept++
		}
	}
	gone := len(were) - kept
	copy(were[gone:], were[:kept])
	*list = were[gone:]
	return gone > 0
}

// allMost is the number of elements that All copies without allocating.
const allMost = 16

// all ranges over a copy of a list, and leaves out what the list has not any more.
func all[E comparable](list *[]E) iter.Seq[E] {
	return func(yield func(E) bool) {
		var few [allMost]E
		for i, e := range append(few[:0], *list...) {
			isWhereItWas := i < len(*list) && (*list)[i] == e
			if (isWhereItWas || slices.Contains(*list, e)) && !yield(e) {
				return
			}
		}
	}
}
