package orbit

import (
	"bytes"
	"math/bits"
)

// table is the layout of states whose encodings have all their parts at the same place:
// those without strings, slices, maps and pointers. It lists the places that a renaming
// changes or moves.
//
// Encodings of one size have no bags, so a renamed state is the state with some places
// exchanged and some values replaced. Nothing has to be sorted, and the parts between the
// places are never looked at.
type table struct {
	groups     []Group
	places     []place
	relational bool
}

// place is a number of bytes that a renaming changes or moves as a whole.
type place struct {
	kind  kind // plain, value or bitset
	at    int
	size  int
	first int // bit of a set
	group *Group
	key   uint64
	// The coordinates are all that is needed to find where a renaming moves the place: the
	// sum of a stride for each element that its index moves on.
	coords []coord // the indexed arrays around it, from the outside in
}

// coord says that a place is part of an element of an indexed array: it belongs to an
// element, and the place of the next element is a stride away.
type coord struct {
	element int
	stride  int
}

// placesMax is the most places of a table. States with more take the way of the others:
// a loop over places would be as slow there.
const placesMax = 1 << 12

// newTable returns the table of a type, or nil if its states have no fixed places or too
// many.
func newTable(groups []Group, root *node) *table {
	t := &table{groups: groups}
	// A part whose size depends on the state moves everything behind it.
	if root.size < 0 || !t.add(root, 0, nil, 0) {
		return nil
	}
	// A place involves two elements if it lies in elements of two arrays, or if it lies in one
	// and names others.
	for _, p := range t.places {
		t.relational = t.relational || len(p.coords) > 1 || len(p.coords) == 1 && p.kind != plain
	}
	return t
}

// add lists the places of a part. The number tells elements of arrays that are not indexed
// apart.
func (t *table) add(n *node, at int, coords []coord, number uint64) (ok bool) {
	switch {
	// It belongs to no element and names none: no renaming changes it, and it tells no
	// elements apart.
	case !n.moves && len(coords) == 0: // a part that stays as it is
		return true
	case !n.moves || n.kind == value || n.kind == bitset:
		p := place{kind: n.kind, at: at, size: n.size, first: n.first, key: mix(n.key, number), coords: append([]coord(nil), coords...)}
		if !n.moves {
			// It belongs to an element, and moves with it as bytes.
			p.kind = plain
		} else {
			p.group = &t.groups[n.group]
		}
		t.places = append(t.places, p)
		return len(t.places) <= placesMax
	case n.kind == record:
		for _, part := range n.parts {
			if !t.add(part, at, coords, number) {
				return false
			}
			at += part.size
		}
		return true
	}
	for i := range n.count {
		inner, of := coords, mix(number, uint64(i)+1)
		// An indexed array may be longer than the group has values. The elements behind
		// belong to no value, and are told apart by their places as in any array.
		if n.group >= 0 && i < n.named {
			// The third index of the slice makes append copy the coordinates: the places of the
			// next elements have others behind the same beginning.
			inner, of = append(coords[:len(coords):len(coords)], coord{t.groups[n.group].base + n.first + i, n.elem.size}), number
		}
		if !t.add(n.elem, at+i*n.elem.size, inner, of) {
			return false
		}
	}
	return true
}

func (t *table) isRelational() bool { return t.relational }

// The places never change, so all goroutines may share them.
func (t *table) clone() layout { return t } // it has no memory to write to

// sign goes through the places. Those of one array, the most frequent ones, are written
// out.
func (t *table) sign(data []byte, colours, signatures []uint64) error {
	for i := range t.places {
		p := &t.places[i]
		switch len(p.coords) {
		case 0:
			p.signOutside(data, signatures)
		case 1:
			p.signInside(data, p.coords[0].element, colours, signatures)
		default:
			p.signBetween(data, colours, signatures)
		}
	}
	return nil
}

// signOutside is for a place outside of all indexed arrays: it involves the elements that
// it names.
func (p *place) signOutside(data []byte, signatures []uint64) {
	v := load(data[p.at:], p.size)
	if p.kind == value {
		if e, ok := p.group.element(v, p.size); ok {
			signatures[e] += p.key
		}
		return
	}
	for m := p.group.members(v, p.first); m != 0; m &= m - 1 {
		signatures[p.group.base+bits.TrailingZeros64(m)] += p.key
	}
}

// signInside is for a place of one element of an indexed array. An element counts by its
// class, so a signature says nothing about names. Whether it is the element that the place
// belongs to is told apart: a node that waits for itself differs from one that waits for
// another of its class.
func (p *place) signInside(data []byte, x int, colours, signatures []uint64) {
	switch p.kind {
	case plain:
		if p.size <= 8 {
			signatures[x] += mix(wordAt(data[p.at:], p.size), p.key)
		} else {
			signatures[x] += mix(hashOf(data[p.at:p.at+p.size]), p.key)
		}
	case value:
		v := load(data[p.at:], p.size)
		switch y, ok := p.group.element(v, p.size); {
		case !ok:
			signatures[x] += mix(v^seedOfFixed, p.key)
		case y == x:
			signatures[x] += mix(itself, p.key)
		default:
			signatures[x] += mix(colours[y], p.key)
			signatures[y] += mix(colours[x], p.key^seedOfOthers)
		}
	case bitset:
		v := load(data[p.at:], p.size)
		members := p.group.members(v, p.first)
		sum := v ^ members<<uint(p.first) // the other bits
		back := mix(colours[x], p.key^seedOfMembers)
		for m := members; m != 0; m &= m - 1 {
			if y := p.group.base + bits.TrailingZeros64(m); y == x {
				sum += itself
			} else {
				sum += colours[y] * seedOfMembers
				signatures[y] += back
			}
		}
		signatures[x] += mix(sum, p.key)
	}
}

// wordAt reads up to eight bytes.
func wordAt(data []byte, size int) uint64 {
	if size == 8 {
		return load(data, 8)
	}
	return wordOfBytes(data[:size])
}

// signBetween is for a place of elements of several indexed arrays, one in the other.
func (p *place) signBetween(data []byte, colours, signatures []uint64) {
	s := situation{key: p.key, coords: p.coords, colours: colours, signatures: signatures}
	v := data[p.at : p.at+p.size]
	switch p.kind {
	case plain:
		s.plain(hashOf(v))
	case value:
		s.value(p.group, load(v, p.size), p.size)
	case bitset:
		s.bitset(p.group, load(v, p.size), p.first)
	}
}

// permute copies the whole state and then writes only what is moved or renamed. It reads
// from the old state, so the order of places does not matter.
func (t *table) permute(to, data []byte, perm Permutation) ([]byte, error) {
	start := len(to)
	to = append(to, data...)
	out := to[start:]
	for i := range t.places {
		p := &t.places[i]
		at := p.at
		for _, c := range p.coords {
			at += (perm[c.element] - c.element) * c.stride
		}
		switch p.kind {
		case plain:
			if at != p.at {
				copy(out[at:at+p.size], data[p.at:])
			}
		case value:
			v := load(data[p.at:], p.size)
			if e, ok := p.group.element(v, p.size); ok {
				v = p.group.valueOf(perm[e])
			}
			store(out[at:], p.size, v)
		case bitset:
			store(out[at:], p.size, p.group.renamed(load(data[p.at:], p.size), p.first, perm))
		}
	}
	return to, nil
}

// isTwin makes no copy: most elements that are no twins differ at one of the first places.
// It compares each place with the one to which the exchange of the two elements would
// move it.
func (t *table) isTwin(data []byte, a, b int) (bool, error) {
	swapped := func(e int) int {
		switch e {
		case a:
			return b
		case b:
			return a
		}
		return e
	}
	for i := range t.places {
		p := &t.places[i]
		at := p.at
		for _, c := range p.coords {
			at += (swapped(c.element) - c.element) * c.stride
		}
		switch p.kind {
		case plain:
			if at != p.at && !bytes.Equal(data[p.at:p.at+p.size], data[at:at+p.size]) {
				return false, nil
			}
		case value:
			v, other := load(data[p.at:], p.size), load(data[at:], p.size)
			if e, ok := p.group.element(v, p.size); ok && (e == a || e == b) {
				v = p.group.valueOf(swapped(e))
				// The word of a negative value has ones above the size of the value, and load
				// has read zeros there.
				v &= 1<<(8*uint(p.size)-1)<<1 - 1
			}
			if v != other {
				return false, nil
			}
		case bitset:
			v, other := load(data[p.at:], p.size), load(data[at:], p.size)
			if a >= p.group.base && a < p.group.base+p.group.Size {
				i, j := uint(a-p.group.base+p.first), uint(b-p.group.base+p.first)
				// To exchange two bits that are equal changes nothing; of two that differ, each
				// becomes the other.
				if differ := (v>>i ^ v>>j) & 1; differ != 0 {
					v ^= 1<<i | 1<<j
				}
			}
			if v != other {
				return false, nil
			}
		}
	}
	return true, nil
}
