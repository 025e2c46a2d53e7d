package model

import "slices"

// Take takes an element out of the set and answers it, for each element. From an empty set
// there is nothing to take: the action is disabled, as with Int.
//
// Taking changes the state, so that the action must not return false afterwards. An action
// that cannot use every element has TakeFunc, or Pick and Remove.
func (s *Set[E]) Take(c *Choice, name string) E { return takeFrom(c, name, &s.items, nil) }

// TakeFunc is Take of the elements for which can returns true.
//
//	m := s.Network.TakeFunc(c, "message", func(m Message) bool { return s.Nodes[m.To].Up })
func (s *Set[E]) TakeFunc(c *Choice, name string, can func(E) bool) E {
	return takeFrom(c, name, &s.items, can)
}

// Take takes one element out of the bag and answers it, for each element. Equal elements
// are answered once, since to take either of them leads to the same state. From an empty
// bag there is nothing to take: the action is disabled, as with Int.
//
// Taking changes the state, so that the action must not return false afterwards. An action
// that cannot use every element has TakeFunc, or Pick and Remove.
func (b *Bag[E]) Take(c *Choice, name string) E { return takeFrom(c, name, &b.items, nil) }

// TakeFunc is Take of the elements for which can returns true.
func (b *Bag[E]) TakeFunc(c *Choice, name string, can func(E) bool) E {
	return takeFrom(c, name, &b.items, can)
}

// takeFrom answers each element of a list for which can returns true, once for each of
// its values, and takes it out.
func takeFrom[E comparable](c *Choice, name string, list *[]E, can func(E) bool) E {
	items := *list
	offered := func(i int) bool {
		return (can == nil || can(items[i])) && !slices.Contains(items[:i], items[i])
	}
	n := 0
	for i := range items {
		if offered(i) {
			n++
		}
	}
	left := c.Int(name, n)
	for i, e := range items {
		if !offered(i) {
			continue
		}
		if left == 0 {
			if c.notes != nil {
				note(c, e, items)
			}
			remove(list, e)
			return e
		}
		left--
	}
	var none E
	return none
}

// note has the last answer shown as e, which was picked among others. The caller knows that
// there are notes.
func note[E any](c *Choice, e E, among []E) {
	a := &c.notes.arguments[c.at]
	if a.Value = e; !c.notes.all {
		a.Among = slices.Clone(among)
	}
}
