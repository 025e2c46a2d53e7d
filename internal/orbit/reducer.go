package orbit

import (
	"bytes"
	"fmt"
	"slices"
)

// Reducer turns states into the representatives of their orbits. It is for one goroutine,
// and allocates nothing once its buffers have the size of the states.
type Reducer struct {
	orbits *Orbits
	layout layout

	data       []byte
	best       []byte
	trial      []byte
	signatures []uint64
	colours    []uint64
	target     Permutation
	chosen     Permutation // leads from the state to its representative
	exchange   Permutation // the only one that there is, in a group of two, besides the identity
	identity   Permutation
	levels     []partition // of the elements, one for each element that was singled out
	twin       []int       // by element: the first of its twins
	stabilizer uint64      // the permutations that leave the state as it is
	candidates int
	failure    error
}

// partition is an order of the elements of each group, in which equals stand side by side.
//
// The ranks are part of the canonical form: a rank is the number of elements before the
// cell, so dividing another cell does not change it. If cells were numbered, the colour of
// an element would depend on how far the other cells had been divided.
type partition struct {
	order []int // the elements, group by group
	rank  []int // by element: the place in its group of the first of its cell
	cells int
}

// NewReducer returns a reducer.
func (o *Orbits) NewReducer() *Reducer {
	r := &Reducer{orbits: o, layout: o.layout.clone(), target: o.Identity(), chosen: o.Identity()}
	if o.order == 2 {
		r.exchange, r.identity = o.Neighbours()[0], o.Identity()
	}
	r.signatures, r.colours = make([]uint64, o.elements), make([]uint64, o.elements)
	r.twin = make([]int, o.elements)
	// An element is singled out at most once on the way down, so there are never more
	// levels than elements and one for the beginning. All of them are made here: descend
	// allocates nothing.
	for range o.elements + 1 {
		r.levels = append(r.levels, partition{order: make([]int, o.elements), rank: make([]int, o.elements)})
	}
	return r
}

// Permute appends the encoding of a state in which each element is renamed.
func (r *Reducer) Permute(to, state []byte, p Permutation) ([]byte, error) {
	return r.layout.permute(to, state, p)
}

// Canonical returns the encoding of the representative of a state's orbit. It is valid
// until the next call. The error says of which type too many values are alike in a way that
// only comparing all their orders would resolve.
func (r *Reducer) Canonical(state []byte) ([]byte, error) {
	r.data, r.failure = state, nil
	// With a single exchange there are two states to compare, and neither partitions nor
	// twins are of any use.
	if r.orbits.order == 2 {
		return r.lesser()
	}
	r.best, r.candidates, r.stabilizer = r.best[:0], 0, 0
	p := &r.levels[0]
	for i := range r.orbits.groups {
		g := &r.orbits.groups[i]
		for _, b := range g.blocks { // the cells of a block stay at its place
			for e := g.base + b.from; e < g.base+b.from+b.size; e++ {
				p.order[e], p.rank[e] = e, b.from
			}
		}
	}
	p.cells = r.orbits.cells
	r.refine(p)
	// Where signatures tell all elements apart, there is one order, and no question of
	// twins.
	if p.cells < r.orbits.elements {
		r.findTwins(p)
	}
	r.descend(0, 1)
	return r.best, r.failure
}

// Renaming returns a permutation that turns the state that was last given to Canonical into
// its representative. It is valid until the next call.
func (r *Reducer) Renaming() Permutation { return r.chosen }

// Orbit returns the number of states in the orbit of the state that was last given to
// Canonical.
func (r *Reducer) Orbit() uint64 { return r.orbits.order / r.stabilizer }

// lesser is Canonical where there is one exchange: to compare the two states costs less than
// any signature.
func (r *Reducer) lesser() ([]byte, error) {
	r.best, r.failure = r.layout.permute(r.best[:0], r.data, r.exchange)
	r.stabilizer = 1
	r.chosen = r.exchange
	switch bytes.Compare(r.best, r.data) {
	case 0:
		// The exchange changes nothing: the state is alone in its orbit.
		r.stabilizer = 2
	case 1:
		r.best = append(r.best[:0], r.data...)
		r.chosen = r.identity
	}
	return r.best, r.failure
}

// roundsMax is how often classes are refined by their neighbours' before an element is
// singled out. Most states need two rounds; a chain of n values would need n.
const roundsMax = 3

// refine divides the cells of a partition by signatures, until none falls apart. Ranks and
// signatures decide, and nothing that depends on how elements are named: the partition of a
// renamed state is the renamed partition. That is what makes the form canonical. A limit of
// rounds keeps it so, since every state of an orbit is refined as often.
func (r *Reducer) refine(p *partition) {
	for range roundsMax {
		for e, rank := range p.rank {
			r.colours[e] = colourOf[rank]
			// Signatures are sums, which sign only adds to.
			r.signatures[e] = 0
		}
		if err := r.layout.sign(r.data, r.colours, r.signatures); err != nil {
			r.failure = err
			return
		}
		was := p.cells
		p.cells = 0
		for i := range r.orbits.groups {
			p.cells += r.divide(p, &r.orbits.groups[i])
		}
		// Without relations a signature does not depend on the classes of other elements,
		// so a second round would find what the first one has found.
		if p.cells == was || p.cells == r.orbits.elements || !r.layout.isRelational() {
			return
		}
	}
}

// divide puts the elements of a group in the order of their ranks and then of their
// signatures, and returns the number of cells. There are few, and they are nearly in order:
// insertion is the fastest way.
func (r *Reducer) divide(p *partition, g *Group) (cells int) {
	// Equal elements keep their order among themselves. That order depends on names, and
	// may: descend never relies on it, except to list twins, and any of them will do.
	order, sig := p.order[g.base:g.base+g.Size], r.signatures
	for i := 1; i < len(order); i++ {
		e := order[i]
		j := i
		for ; j > 0; j-- {
			if f := order[j-1]; p.rank[f] < p.rank[e] || p.rank[f] == p.rank[e] && sig[f] <= sig[e] {
				break
			}
			order[j] = order[j-1]
		}
		order[j] = e
	}
	start, last := 0, -1
	for i, e := range order {
		if last < 0 || sig[e] != sig[last] || p.rank[e] != p.rank[last] {
			start = i
			cells++
		}
		last = e
		// Ranks are written only when all have been compared. The list of targets is free
		// at this time and serves as the memory.
		r.target[e] = start // the new rank, until all old ones were read
	}
	for _, e := range order {
		p.rank[e] = r.target[e]
	}
	return cells
}

// findTwins finds the twins among the elements of each cell. To be twins is transitive, so
// comparing with one of each kind suffices: the exchange of a and c is made of those of a
// and b and of b and c. Twins are found once for a state and hold in all partitions, since
// they do not depend on the order.
func (r *Reducer) findTwins(p *partition) {
	for e := range r.twin {
		r.twin[e] = e
	}
	for from, to := range p.all(r.orbits.groups) {
		cell := p.order[from:to]
		for i, e := range cell {
			for _, f := range cell[:i] {
				// Only the first of each kind is compared with.
				if r.twin[f] != f {
					continue
				}
				same, err := r.layout.isTwin(r.data, f, e)
				if err != nil {
					r.failure = err
					return
				}
				if same {
					r.twin[e] = f
					break
				}
			}
		}
	}
}

// all calls yield for each cell of more than one element, with its place in the order.
func (p *partition) all(groups []Group) func(yield func(from, to int) bool) {
	return func(yield func(from, to int) bool) {
		for i := range groups {
			g := &groups[i]
			for from := g.base; from < g.base+g.Size; {
				to := from + 1
				for to < g.base+g.Size && p.rank[p.order[to]] == p.rank[p.order[from]] {
					to++
				}
				if to-from > 1 && !yield(from, to) {
					return
				}
				from = to
			}
		}
	}
}

// descend compares all states to which a partition can lead. The weight is the number of
// ways that lead to each of them, by twins that were singled out for each other.
func (r *Reducer) descend(level int, weight uint64) {
	p := &r.levels[level]
	// A cell of k twins can be put in k! orders, and all of them give the same state. They
	// are counted in the weight and not tried.
	orders := weight // with those of twins that are a cell by themselves
	for from, to := range p.all(r.orbits.groups) {
		if r.hasStrangers(p.order[from:to]) {
			r.branch(level, from, to, weight) // below, those cells are met again
			return
		}
		for k := 2; k <= to-from; k++ {
			orders *= uint64(k)
		}
	}
	r.compare(p, orders)
}

// hasStrangers reports whether not all elements of a cell are twins.
func (r *Reducer) hasStrangers(cell []int) bool {
	return slices.ContainsFunc(cell, func(e int) bool { return r.twin[e] != r.twin[cell[0]] })
}

// branch makes one element of each kind of twins the first of its cell in turn. To make
// another twin the first one would lead to the same states, by as many ways, so it is counted
// and not done.
//
// The first cell with strangers is divided and not the smallest: which one it is must not
// depend on names, and the order of cells does not.
func (r *Reducer) branch(level, from, to int, weight uint64) {
	p, q := &r.levels[level], &r.levels[level+1]
	for i := from; i < to && r.failure == nil; i++ {
		e := p.order[i]
		kind := r.twin[e]
		isKnown := slices.ContainsFunc(p.order[from:i], func(f int) bool { return r.twin[f] == kind })
		if isKnown {
			continue
		}
		// Each twin in this cell would lead to the same states as the one that is tried.
		twins := uint64(0)
		for _, f := range p.order[from:to] {
			if r.twin[f] == kind {
				twins++
			}
		}
		copy(q.order, p.order)
		copy(q.rank, p.rank)
		q.cells = p.cells + 1
		// The chosen element goes to the front of its cell, and those before it move up by
		// one. It keeps the rank of the cell; the rest of the cell begins one place later.
		copy(q.order[from+1:i+1], p.order[from:i])
		q.order[from] = e
		for _, f := range q.order[from+1 : to] {
			q.rank[f]++
		}
		r.refine(q)
		r.descend(level+1, weight*twins)
	}
}

// compare makes the state to which a partition leads, and keeps it if it is the least. Two
// ways that lead to one state differ by a permutation that leaves the state as it is, and
// each such permutation makes two such ways differ: so the ways that lead to the least state
// are as many as those permutations, which is what the size of the orbit needs.
func (r *Reducer) compare(p *partition, weight uint64) {
	if r.failure != nil {
		return
	}
	if r.candidates++; r.candidates > candidatesMax {
		r.failure = r.tooMany()
		return
	}
	for i := range r.orbits.groups {
		g := &r.orbits.groups[i]
		for k, e := range p.order[g.base : g.base+g.Size] {
			r.target[e] = g.base + k
		}
	}
	// The first candidate is written where the result is wanted, without a copy.
	if r.candidates == 1 {
		r.best, r.failure = r.layout.permute(r.best[:0], r.data, r.target)
		r.stabilizer = weight
		copy(r.chosen, r.target)
		return
	}
	r.trial, r.failure = r.layout.permute(r.trial[:0], r.data, r.target)
	switch bytes.Compare(r.trial, r.best) {
	// Another way to the same state: the two differ by a permutation that leaves the state
	// as it is.
	case 0:
		r.stabilizer += weight
	// The ways that were counted so far led to a state that is not the least.
	case -1:
		r.best, r.trial = r.trial, r.best
		r.stabilizer = weight
		copy(r.chosen, r.target)
	}
}

// tooMany names the type that has the largest cell of elements that are no twins.
func (r *Reducer) tooMany() error {
	most, of := 0, &r.orbits.groups[0]
	p := &r.levels[0]
	for from, to := range p.all(r.orbits.groups) {
		if to-from > most && r.hasStrangers(p.order[from:to]) {
			most = to - from
			for i := range r.orbits.groups {
				if g := &r.orbits.groups[i]; from >= g.base && from < g.base+g.Size {
					of = g
				}
			}
		}
	}
	return fmt.Errorf("a state has %d values of %s (of %d) that nothing in it tells apart, and more than %d ways to order them: declare fewer values, or search without the symmetry", most, of.Type, of.Size, candidatesMax)
}
