// Package orbit finds one representative for all states that differ in nothing but the
// names of interchangeable values.
//
// A model declares types whose values are interchangeable ([model.Symmetry]). Their
// permutations are a group, which acts on states; an orbit is a state with all states
// that it can be turned into. [Reducer.Canonical] gives for every state of an orbit the
// same state of it, byte for byte, so a search that keeps only canonical states keeps
// exactly one of each orbit.
//
// The package works on encodings, as internal/codec defines them, and on the type of the
// state. So it is compiled once for all models, and needs no memory of states:
//
//	orbits, err := orbit.New(reflect.TypeFor[State](), symmetries)
//	r := orbits.NewReducer() // for one goroutine
//	canonical, err := r.Canonical(encoded)
//
// # The canonical form
//
// Interchangeable values are elements, numbered over all groups. Each element gets a
// signature: a hash of the places of the state that the element is involved in, in which
// other elements count by their class alone. The signatures of a renamed state are the
// renamed signatures. Elements with equal signatures are a cell; cells in the order of
// their signatures say where their elements go. Classes are refined by new signatures
// until no cell falls apart any more.
//
// Elements whose exchange changes no byte of the state are twins: whichever comes first,
// the result is the same. If a cell has others than twins, each of its elements is in turn
// made the first one, and the classes are refined again; of all states that come out the
// one with the least encoding is canonical. This is the way of individualisation and
// refinement (B. D. McKay, A. Piperno: Practical graph isomorphism, II. Journal of
// Symbolic Computation 60, 2014).
//
// A collision of hashes makes a cell larger, and changes nothing else: bytes decide who is
// a twin and which result is the least.
package orbit

import (
	"fmt"
	"reflect"
	"slices"

	"github.com/muster-mc/muster/model"
)

const (
	// sizeMax is the most values of one type: the factorial of 20 is the largest that
	// fits a word.
	sizeMax = 20

	// candidatesMax is how many states are compared to find the least one of an orbit,
	// before the search gives up: 7!.
	candidatesMax = 5040
)

// Group is the interchangeable values of a type.
type Group struct {
	Type string // its name, as the model's package knows it, or that of a part of its values
	Size int

	// Elements of all groups share one numbering, so that a permutation, a partition or a
	// list of signatures is one list for the whole state. The elements of a group follow
	// each other.
	base   int // its first element
	first  uint64
	typ    reflect.Type
	sets   []model.BitSet
	blocks []block // which together are the whole group
}

// block is a number of neighbouring elements of a group that can be exchanged for each other, and for no
// others. A value between those that are declared is a block by itself.
type block struct {
	name       string
	from, size int // from the first element of the group on
}

// isFixed reports whether no element can be exchanged for another.
func (g *Group) isFixed() bool {
	return !slices.ContainsFunc(g.blocks, func(b block) bool { return b.size > 1 })
}

// Orbits are the orbits of one type of states under some symmetries. They never change, so
// any number of goroutines may use them.
type Orbits struct {
	groups   []Group // those with values that can be exchanged
	elements int     // of all groups together
	cells    int     // blocks of all groups together
	order    uint64  // the number of permutations
	layout   layout
}

// layout knows where the encoding of a state has elements.
//
// There are two: a table of places for encodings of one size, and a tree that follows the
// type for all others. The tests hold them against each other, for every state of a table
// can be taken by a tree too.
type layout interface {
	// sign adds to the signature of each element. Colours tell the classes of elements.
	sign(data []byte, colours, signatures []uint64) error

	// permute appends the encoding of the state in which each element is renamed.
	permute(to, data []byte, p Permutation) ([]byte, error)

	// isTwin reports whether the exchange of two elements of a group changes nothing.
	isTwin(data []byte, a, b int) (bool, error)

	// isRelational reports whether a place involves two elements, so that the classes
	// of some can tell others apart.
	isRelational() bool

	// clone returns a layout with memory of its own.
	clone() layout
}

// New works out the orbits of the states of a type, or says why the symmetries cannot
// be meant. Symmetries of one value are valid and change nothing: Orbits is nil if there
// are no others.
func New(state reflect.Type, symmetries []model.Symmetry) (*Orbits, error) {
	all, err := groupsOf(symmetries)
	if err != nil {
		return nil, err
	}
	// The types are walked with all groups, also those of one value: a tag that names such
	// a group is right, and a model with a parameter for the number of nodes must be valid
	// with one node.
	c := compiler{groups: all, used: make([]bool, len(all))}
	root, err := c.walk(state, "", nil)
	if err != nil {
		return nil, err
	}
	for i, g := range all {
		if !c.used[i] {
			return nil, fmt.Errorf("no part of a state depends on %s: give the state fields of this type, or arrays a tag muster:\"by=%s\"", g.Type, g.Type)
		}
	}
	// Groups in which nothing moves were needed to check the tags. They have no say from here on.
	o := &Orbits{order: 1}
	kept := make([]int, len(all))
	for i, g := range all {
		kept[i] = -1
		if g.isFixed() {
			continue
		}
		g.base = o.elements
		o.elements += g.Size
		o.cells += len(g.blocks)
		kept[i] = len(o.groups)
		o.groups = append(o.groups, g)
		if !o.multiply(&g) {
			return nil, fmt.Errorf("the symmetries have more than 2^63 permutations together: declare fewer of them")
		}
	}
	if len(o.groups) == 0 {
		return nil, nil
	}
	// Only now, when it is known which groups are left, can neighbouring parts that nothing
	// renames be joined.
	root.keep(kept)
	if t := newTable(o.groups, root); t != nil {
		o.layout = t
	} else {
		o.layout = newTree(o.groups, root)
	}
	return o, nil
}

// multiply counts the permutations of a group, and reports whether a word can hold their number.
// The order is divided by the stabilizer of a state to give the size of its orbit, so it has to
// be exact.
func (o *Orbits) multiply(g *Group) bool {
	for _, b := range g.blocks {
		for k := 2; k <= b.size; k++ {
			if o.order > 1<<63/uint64(k) {
				return false
			}
			o.order *= uint64(k)
		}
	}
	return true
}

// Groups are the interchangeable values that there are at least two of, by their names.
func (o *Orbits) Groups() (list []Group) {
	for _, g := range o.groups {
		for _, b := range g.blocks {
			if b.size > 1 {
				list = append(list, Group{Type: b.name, Size: b.size})
			}
		}
	}
	return list
}

// Order is the number of all permutations together.
func (o *Orbits) Order() uint64 { return o.order }

// String names the groups, as in NodeID(3) and ActorID(2).
func (o *Orbits) String() string {
	text := ""
	groups := o.Groups()
	for i, g := range groups {
		switch {
		case i > 0 && i == len(groups)-1:
			text += " and "
		case i > 0:
			text += ", "
		}
		text += fmt.Sprintf("%s(%d)", g.Type, g.Size)
	}
	return text
}
