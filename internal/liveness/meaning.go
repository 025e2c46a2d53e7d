package liveness

import (
	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
)

// after returns the position after a position: from the last one, the loop leads back. A
// lasso has finitely many positions, and the suffixes of the run from the second round on
// are those of the first. So a formula has one truth for each position.
func (l *lasso) after(i int) int {
	if i+1 < l.positions {
		return i + 1
	}
	return l.loop
}

// meaning returns, for each position, whether a formula is true there. It follows the
// definition of each operator, without normal forms or automata, so that it can judge
// their results. Plain formulas are known by their addresses: note has evaluated the same
// ones while the run was taken, because they need the state.
func (l *lasso) meaning(f *system.Formula) []bool {
	if isPlain(f) {
		return l.truth[f]
	}
	// From the inside out, so that each operator is evaluated once for all positions.
	var parts [][]bool
	for i := range f.Parts {
		parts = append(parts, l.meaning(&f.Parts[i]))
	}
	is := make([]bool, l.positions)
	switch f.Op {
	case model.OpFinally:
		return l.until(nil, parts[0])
	case model.OpUntil:
		return l.until(parts[0], parts[1])
	// Globally is not finally not, with the least solution of the negation: there must be
	// no position where the formula fails.
	case model.OpGlobally:
		for i, never := range l.until(nil, negated(parts[0])) {
			is[i] = !never
		}
		return is
	}
	for i := range is {
		switch f.Op {
		case model.OpHappens:
			// No step is taken where the run stays.
			last := l.stays && i == l.positions-1
			is[i] = !last && l.actions[l.steps[i].action].Name == f.Action
		case model.OpNot:
			is[i] = !parts[0][i]
		case model.OpNext:
			is[i] = parts[0][l.after(i)]
		case model.OpAnd, model.OpOr:
			is[i] = f.Op == model.OpAnd
			for _, p := range parts {
				if p[i] != is[i] {
					is[i] = p[i]
					break
				}
			}
		}
	}
	return is
}

// negated returns the negation at each position.
func negated(list []bool) []bool {
	not := make([]bool, len(list))
	for i, is := range list {
		not[i] = !is
	}
	return not
}

// until is true where second is true now or later, and first is true at every position
// before that; a nil first is true everywhere. It is the least solution of an
// equation, so it begins with false everywhere. Going backwards twice is enough: after
// the first pass the position where the loop begins is right, and the second pass
// carries its value to the end of the loop.
func (l *lasso) until(first, second []bool) []bool {
	is := make([]bool, l.positions)
	for range 2 {
		for i := l.positions - 1; i >= 0; i-- {
			is[i] = second[i] || (first == nil || first[i]) && is[l.after(i)]
		}
	}
	return is
}
