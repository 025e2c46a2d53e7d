// Package buchi translates formulas of linear temporal logic to automata on infinite
// words. A search for a run that violates a formula becomes a search for an accepting
// cycle in the product of the model with the automaton of the negated formula.
//
// A [Builder] makes formulas in negation normal form. Equal subformulas are shared.
// [Builder.Automaton] makes a generalised Büchi automaton by the tableau construction
// of Gerth, Peled, Vardi and Wolper. Each state of the automaton is a set of
// subformulas that hold from its position on. Expanding a subformula splits it into
// obligations for the current letter and for the next one: f until g holds if g holds
// now, or if f holds now and f until g holds at the next letter. Since a run could
// postpone g for ever, each until has an accepting set, the states without a postponed
// g, and an accepting run visits each of these sets infinitely often.
//
// # Source
//
// R. Gerth, D. Peled, M. Y. Vardi, P. Wolper: Simple On-the-fly Automatic
// Verification of Linear Temporal Logic. PSTV 1995.
package buchi

// Formula identifies a formula of one Builder.
type Formula int

// AtomsMax is the number of atoms that a formula can have. Atoms are numbered from
// zero.
const AtomsMax = 64

// partsMax is the number of different subformulas, so that a set of them is a few
// words.
const partsMax = 256

// op is the operator of a subformula.
type op uint8

const (
	opTrue op = iota
	opFalse
	opAtom // the atom a, or if b is 1 its negation
	opAnd
	opOr
	opNext
	opUntil
	opRelease
)

// part is a subformula. Its operands are indices of earlier parts.
type part struct {
	op   op
	a, b int
}

// Builder makes formulas. [New] returns one.
type Builder struct {
	parts []part
	known map[part]Formula
}

// New returns a builder without formulas.
func New() *Builder { return &Builder{known: map[part]Formula{}} }

// make returns the formula for a part, and adds the part unless it exists. Operands are
// earlier parts that are shared themselves, so equal subformulas have equal parts, and
// the comparison takes a constant time.
func (b *Builder) make(p part) Formula {
	if f, ok := b.known[p]; ok {
		return f
	}
	f := Formula(len(b.parts))
	b.parts = append(b.parts, p)
	b.known[p] = f
	return f
}

// True holds for every word, False for none.
func (b *Builder) True() Formula  { return b.make(part{op: opTrue}) }
func (b *Builder) False() Formula { return b.make(part{op: opFalse}) }

// Atom holds if the first letter has the atom, or, if negated, does not have it.
func (b *Builder) Atom(atom int, negated bool) Formula {
	p := part{op: opAtom, a: atom}
	if negated {
		p.b = 1
	}
	return b.make(p)
}

// And holds if f and g hold. The operands are put in order, so that f and g, in any
// order, are one subformula.
func (b *Builder) And(f, g Formula) Formula {
	switch {
	case f == g, b.is(g, opTrue), b.is(f, opFalse):
		return f
	case b.is(f, opTrue), b.is(g, opFalse):
		return g
	}
	return b.make(part{opAnd, int(min(f, g)), int(max(f, g))})
}

// Or holds if f or g holds.
func (b *Builder) Or(f, g Formula) Formula {
	switch {
	case f == g, b.is(g, opFalse), b.is(f, opTrue):
		return f
	case b.is(f, opFalse), b.is(g, opTrue):
		return g
	}
	return b.make(part{opOr, int(min(f, g)), int(max(f, g))})
}

// Next holds if f holds from the next letter on.
func (b *Builder) Next(f Formula) Formula { return b.make(part{opNext, int(f), 0}) }

// Until holds if g holds now or later, and f holds at all positions before.
func (b *Builder) Until(f, g Formula) Formula {
	if b.is(g, opTrue) || b.is(g, opFalse) {
		return g
	}
	return b.make(part{opUntil, int(f), int(g)})
}

// Release is the dual of Until. It holds if g holds for ever, or up to and including
// a position at which f holds too.
func (b *Builder) Release(f, g Formula) Formula {
	if b.is(g, opTrue) || b.is(g, opFalse) {
		return g
	}
	return b.make(part{opRelease, int(f), int(g)})
}

// is reports whether the outermost operator of f is o.
func (b *Builder) is(f Formula, o op) bool { return b.parts[f].op == o }
