package buchi

import "pgregory.net/rapid"

// formula is a formula as a tree. Its meaning on a word is computed directly from the
// semantics.
type formula struct {
	op      op
	atom    int
	negated bool
	parts   []formula
}

const atoms = 3 // of drawn formulas

func drawFormula(t *rapid.T, depth int) formula {
	ops := []op{opAtom, opAtom, opTrue, opFalse}
	if depth > 0 {
		inner := []op{opAnd, opOr, opNext, opUntil, opRelease}
		ops = append(ops, append(inner, inner...)...)
	}
	f := formula{op: rapid.SampledFrom(ops).Draw(t, "op")}
	switch f.op {
	case opAtom:
		f.atom, f.negated = rapid.IntRange(0, atoms-1).Draw(t, "atom"), rapid.Bool().Draw(t, "negated")
	case opNext:
		f.parts = []formula{drawFormula(t, depth-1)}
	case opAnd, opOr, opUntil, opRelease:
		f.parts = []formula{drawFormula(t, depth-1), drawFormula(t, depth-1)}
	}
	return f
}

// build makes the formula, or its negation.
func (f formula) build(b *Builder, negated bool) Formula {
	part := func(i int) Formula { return f.parts[i].build(b, negated) }
	o := f.op
	if dual, ok := duals[o]; ok && negated {
		o = dual
	}
	switch o {
	case opTrue:
		return b.True()
	case opFalse:
		return b.False()
	case opAtom:
		return b.Atom(f.atom, f.negated != negated)
	case opAnd:
		return b.And(part(0), part(1))
	case opOr:
		return b.Or(part(0), part(1))
	case opNext:
		return b.Next(part(0))
	case opUntil:
		return b.Until(part(0), part(1))
	}
	return b.Release(part(0), part(1))
}

var duals = map[op]op{
	opTrue: opFalse, opFalse: opTrue, opAnd: opOr, opOr: opAnd, opUntil: opRelease, opRelease: opUntil,
}

// lasso is an infinite word: some letters, the last of which repeat for ever from the
// index loop on.
type lasso struct {
	letters []uint64
	loop    int
}

func drawLasso(t *rapid.T) lasso {
	letters := rapid.SliceOfN(rapid.Uint64Range(0, 1<<atoms-1), 1, 6).Draw(t, "letters")
	return lasso{letters, rapid.IntRange(0, len(letters)-1).Draw(t, "loop")}
}

func (l lasso) after(i int) int {
	if i+1 < len(l.letters) {
		return i + 1
	}
	return l.loop
}

// meaning returns the positions at which a formula holds. Until is the least fixed
// point of its expansion law and Release the greatest, so the computation starts with
// no position and with all of them.
func (l lasso) meaning(f formula) []bool {
	var parts [][]bool
	for _, p := range f.parts {
		parts = append(parts, l.meaning(p))
	}
	is := make([]bool, len(l.letters))
	for i := range is {
		is[i] = f.op == opTrue || f.op == opRelease
	}
	for changed := true; changed; {
		changed = false
		for i := range is {
			was := is[i]
			switch f.op {
			case opAtom:
				is[i] = (l.letters[i]&(1<<f.atom) != 0) != f.negated
			case opAnd:
				is[i] = parts[0][i] && parts[1][i]
			case opOr:
				is[i] = parts[0][i] || parts[1][i]
			case opNext:
				is[i] = parts[0][l.after(i)]
			case opUntil:
				is[i] = parts[1][i] || parts[0][i] && is[l.after(i)]
			case opRelease:
				is[i] = parts[1][i] && (parts[0][i] || is[l.after(i)])
			}
			changed = changed || is[i] != was
		}
	}
	return is
}

// accepts reports whether an automaton has an accepting run on the word: whether a
// reachable pair of a state and a position lies on a cycle of such pairs that visits
// all accepting sets.
func (l lasso) accepts(a *Automaton) bool {
	for _, first := range l.reached(a, -1, 0) {
		if l.isRound(a, first) {
			return true
		}
	}
	return false
}

// spot is a state of the automaton at a position of the word.
type spot struct{ state, letter int }

// reached returns the spots that a run can reach: from the initial states if state is
// negative, and otherwise from the given spot by at least one letter.
func (l lasso) reached(a *Automaton, state, letter int) []spot {
	var list []spot
	known := map[spot]bool{}
	enter := func(states []int, letter int) {
		for _, s := range states {
			if at := (spot{s, letter}); a.States[s].Allows(l.letters[letter]) && !known[at] {
				known[at] = true
				list = append(list, at)
			}
		}
	}
	if state < 0 {
		enter(a.Initial, 0)
	} else {
		enter(a.States[state].Next, l.after(letter))
	}
	for i := 0; i < len(list); i++ {
		enter(a.States[list[i].state].Next, l.after(list[i].letter))
	}
	return list
}

// isRound reports whether a cycle through a spot visits every accepting set.
func (l lasso) isRound(a *Automaton, at spot) bool {
	met, round := uint64(0), false
	for _, other := range l.reached(a, at.state, at.letter) {
		for _, back := range l.reached(a, other.state, other.letter) {
			if back == at {
				met |= a.States[other.state].Accepting
				round = true
			}
		}
	}
	return round && met == 1<<a.Sets-1
}
