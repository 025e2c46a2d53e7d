package orbit

import (
	"fmt"
	"strings"
)

// Permutation says where each element goes: element e to p[e], in its own group.
//
// The direction matters wherever permutations are combined: a permutation says where an
// element goes, and not which element comes to a place.
type Permutation []int

// Identity returns the permutation that changes nothing.
func (o *Orbits) Identity() Permutation {
	p := make(Permutation, o.elements)
	for e := range p {
		p[e] = e
	}
	return p
}

// blocks ranges over the blocks of at least two elements: the first element of each, and the size.
func (o *Orbits) blocks(yield func(first, size int) bool) {
	for i := range o.groups {
		g := &o.groups[i]
		for _, b := range g.blocks {
			if b.size > 1 && !yield(g.base+b.from, b.size) {
				return
			}
		}
	}
}

// Shuffled returns a permutation that depends on a number alone, as if it were drawn at
// random (R. Durstenfeld's shuffle, by the steps of a linear congruential generator).
// It is not the identity.
func (o *Orbits) Shuffled(number uint64, p Permutation) Permutation {
	p = p[:0]
	for e := range o.elements {
		p = append(p, e)
	}
	next := number
	moved := false
	// The identity would check nothing, and the number would have been spent. A second
	// shuffle goes on from where the generator stands, so the loop ends.
	for !moved {
		for first, size := range o.blocks {
			for i := size - 1; i > 0; i-- {
				next = next*6364136223846793005 + 1442695040888963407
				// The low bits of a linear congruential generator have short periods, so
				// the high ones are taken. The remainder favours small numbers by less than
				// one in two to the 26th.
				j := int((next >> 33) % uint64(i+1))
				p[first+i], p[first+j] = p[first+j], p[first+i]
			}
		}
		for e := range p {
			moved = moved || p[e] != e
		}
	}
	return p
}

// Exchanges are the exchanges of two values in each group, those of neighbours first.
func (o *Orbits) Exchanges() []Permutation {
	list := o.Neighbours()
	for first, size := range o.blocks {
		for i := range size {
			for j := i + 2; j < size; j++ {
				list = append(list, o.exchange(first+i, first+j))
			}
		}
	}
	return list
}

// Neighbours are the exchanges of two neighbours in each group, of which all permutations
// consist.
func (o *Orbits) Neighbours() []Permutation {
	var list []Permutation
	for first, size := range o.blocks {
		// A block of n values has n-1 of them, where all exchanges are n(n-1)/2: what is
		// proved for these alone is proved for all (they generate the symmetric group).
		for i := range size - 1 {
			list = append(list, o.exchange(first+i, first+i+1))
		}
	}
	return list
}

// exchange is the permutation that exchanges two elements.
func (o *Orbits) exchange(a, b int) Permutation {
	p := o.Identity()
	p[a], p[b] = b, a
	return p
}

// All calls yield for all permutations, until it returns false.
func (o *Orbits) All(yield func(Permutation) bool) {
	p := o.Identity()
	var blocks []block
	for first, size := range o.blocks {
		blocks = append(blocks, block{from: first, size: size})
	}
	var from func(b, i int) bool
	from = func(b, i int) bool {
		if b == len(blocks) {
			return yield(p)
		}
		if i == blocks[b].size {
			return from(b+1, 0)
		}
		// Each element in turn comes to the place i, and the rest is permuted behind it.
		// The exchange is undone before the next one, so that all callers see one list,
		// which yield must not keep.
		base := blocks[b].from
		for j := i; j < blocks[b].size; j++ {
			p[base+i], p[base+j] = p[base+j], p[base+i]
			ok := from(b, i+1)
			p[base+i], p[base+j] = p[base+j], p[base+i]
			if !ok {
				return false
			}
		}
		return true
	}
	from(0, 0)
}

// Describe says what a permutation does, by the values of the types, for a person who has to
// find the reason why a model does not treat them alike.
func (o *Orbits) Describe(p Permutation) string {
	var parts []string
	for _, g := range o.groups {
		moved := g.moved(p)
		value := func(i int) int64 { return int64(g.first) + int64(i) }
		switch {
		case len(moved) == 2:
			parts = append(parts, fmt.Sprintf("exchanging %s %d and %d", g.Type, value(moved[0]), value(moved[1])))
		case len(moved) > 2:
			var names []string
			for _, i := range moved {
				names = append(names, fmt.Sprintf("%d to %d", value(i), value(p[g.base+i]-g.base)))
			}
			parts = append(parts, fmt.Sprintf("renaming %s %s", g.Type, strings.Join(names, ", ")))
		}
	}
	return strings.Join(parts, " and ")
}

// Moves names the types whose values a permutation moves.
func (o *Orbits) Moves(p Permutation) string {
	var names []string
	for _, g := range o.groups {
		if len(g.moved(p)) > 0 {
			names = append(names, g.Type)
		}
	}
	return strings.Join(names, " and ")
}

// moved are the elements of a group that a permutation moves, counted from the first of the group.
func (g *Group) moved(p Permutation) (list []int) {
	for i := range g.Size {
		if p[g.base+i] != g.base+i {
			list = append(list, i)
		}
	}
	return list
}

// Then returns the permutation that does p and then q.
func (p Permutation) Then(q Permutation) Permutation {
	both := make(Permutation, len(p))
	for e := range p {
		both[e] = q[p[e]]
	}
	return both
}

// Inverse returns the permutation that undoes p.
func (p Permutation) Inverse() Permutation {
	back := make(Permutation, len(p))
	for e, to := range p {
		back[to] = e
	}
	return back
}
