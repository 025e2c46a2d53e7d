// Package buchi turns formulas of linear temporal logic into automata on
// infinite words.
//
// A formula is built in negation normal form with a [Builder]; equal parts are
// one part. [Builder.Automaton] makes of it the generalised Büchi automaton of
// the tableau construction: its states are sets of parts that are to be true
// from here on, and there is a set of accepting states for each Until, which has
// to be met again and again so that nothing is put off for ever.
//
// # Source
//
// R. Gerth, D. Peled, M. Y. Vardi, P. Wolper: Simple On-the-fly Automatic
// Verification of Linear Temporal Logic. PSTV 1995.
package buchi

// Formula is a part of the formulas of one Builder.
type Formula int

// AtomsMax is how many atoms a formula can have, numbered from zero.
const AtomsMax = 64

// partsMax is how many different parts, so that a set of them is a few words.
const partsMax = 256

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

type part struct {
	op   op
	a, b int
}

// Builder makes formulas. Make one with [New].
type Builder struct {
	parts []part
	known map[part]Formula
}

// New returns a builder that has made nothing yet.
func New() *Builder { return &Builder{known: map[part]Formula{}} }

func (b *Builder) make(p part) Formula {
	if f, ok := b.known[p]; ok {
		return f
	}
	f := Formula(len(b.parts))
	b.parts = append(b.parts, p)
	b.known[p] = f
	return f
}

// True is true of every word, False of none.
func (b *Builder) True() Formula  { return b.make(part{op: opTrue}) }
func (b *Builder) False() Formula { return b.make(part{op: opFalse}) }

// Atom is true of a word whose first letter has the atom, or, if negated, has
// it not.
func (b *Builder) Atom(atom int, negated bool) Formula {
	p := part{op: opAtom, a: atom}
	if negated {
		p.b = 1
	}
	return b.make(p)
}

// And is true where both are.
func (b *Builder) And(f, g Formula) Formula {
	switch {
	case f == g, b.is(g, opTrue), b.is(f, opFalse):
		return f
	case b.is(f, opTrue), b.is(g, opFalse):
		return g
	}
	return b.make(part{opAnd, int(min(f, g)), int(max(f, g))})
}

// Or is true where one of them is.
func (b *Builder) Or(f, g Formula) Formula {
	switch {
	case f == g, b.is(g, opFalse), b.is(f, opTrue):
		return f
	case b.is(f, opFalse), b.is(g, opTrue):
		return g
	}
	return b.make(part{opOr, int(min(f, g)), int(max(f, g))})
}

// Next is true where f is one letter later.
func (b *Builder) Next(f Formula) Formula { return b.make(part{opNext, int(f), 0}) }

// Until is true where g is true now or later, and f until then.
func (b *Builder) Until(f, g Formula) Formula {
	if b.is(g, opTrue) || b.is(g, opFalse) {
		return g
	}
	return b.make(part{opUntil, int(f), int(g)})
}

// Release is true where g is true for ever, or up to and including a letter at
// which f is true too: the dual of Until.
func (b *Builder) Release(f, g Formula) Formula {
	if b.is(g, opTrue) || b.is(g, opFalse) {
		return g
	}
	return b.make(part{opRelease, int(f), int(g)})
}

func (b *Builder) is(f Formula, o op) bool { return b.parts[f].op == o }
