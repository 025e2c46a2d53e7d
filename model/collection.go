package model

import "slices"

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
func (s *Set[E]) Remove(e E) bool {
	i := slices.Index(s.items, e)
	if i < 0 {
		return false
	}
	s.items = slices.Delete(s.items, i, i+1)
	return true
}

// Has reports whether e is in the set.
func (s *Set[E]) Has(e E) bool { return slices.Contains(s.items, e) }

// Len returns the number of elements.
func (s *Set[E]) Len() int { return len(s.items) }

// Items returns the elements, to read, not to change or keep. At the start of
// an action their order is the same whenever the state is the same.
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
func (b *Bag[E]) Remove(e E) bool {
	i := slices.Index(b.items, e)
	if i < 0 {
		return false
	}
	b.items = slices.Delete(b.items, i, i+1)
	return true
}

// Has reports whether there is an e in the bag.
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

// Items returns the elements, equal ones side by side at the start of an
// action, to read, not to change or keep.
func (b *Bag[E]) Items() []E { return b.items }

// Clear empties the bag.
func (b *Bag[E]) Clear() { b.items = b.items[:0] }
