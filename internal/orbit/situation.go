package orbit

import "math/bits"

// situation is where a part of a state stands: in which elements of indexed arrays, and
// under which key. It adds to the signatures of the elements that the part involves: those
// that it belongs to, and those that it names. To each of them the others count by their
// class, unless it is one of them itself.
type situation struct {
	key                 uint64
	coords              []coord
	colours, signatures []uint64
}

// seenBy is a hash of the elements that the part belongs to, as one element sees them.
func (s *situation) seenBy(x int) uint64 {
	// The coordinates count in their order, so an array of arrays by the same type is no
	// symmetric matrix: row and column differ.
	h := s.key
	for _, c := range s.coords {
		if c.element == x {
			h = mix(itself, h)
		} else {
			h = mix(s.colours[c.element], h)
		}
	}
	return h
}

// plain is for a part that names no element.
func (s *situation) plain(hash uint64) {
	for _, c := range s.coords {
		s.signatures[c.element] += mix(hash, s.seenBy(c.element))
	}
}

// value is for a part that may name one element.
func (s *situation) value(g *Group, v uint64, size int) {
	y, ok := g.element(v, size)
	if !ok {
		s.plain(v ^ seedOfFixed)
		return
	}
	for _, c := range s.coords {
		hash := s.colours[y]
		if c.element == y {
			hash = itself
		}
		s.signatures[c.element] += mix(hash, s.seenBy(c.element))
	}
	// The element that is named learns that it is named, and from where: otherwise a node
	// that all others wait for would look like one that nothing waits for.
	s.signatures[y] += mix(seedOfOthers, s.seenBy(y))
}

// bitset is for a part that names a set of elements.
func (s *situation) bitset(g *Group, v uint64, first int) {
	members := g.members(v, first)
	// Bits that stand for no element are kept as they are, for they tell sets apart too.
	rest := v ^ members<<uint(first)
	for _, c := range s.coords {
		sum := rest
		for m := members; m != 0; m &= m - 1 {
			if y := g.base + bits.TrailingZeros64(m); y == c.element {
				sum += itself
			} else {
				sum += s.colours[y] * seedOfMembers
			}
		}
		s.signatures[c.element] += mix(sum, s.seenBy(c.element))
	}
	for m := members; m != 0; m &= m - 1 {
		y := g.base + bits.TrailingZeros64(m)
		s.signatures[y] += mix(seedOfMembers, s.seenBy(y))
	}
}
