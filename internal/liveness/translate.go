package liveness

import (
	"fmt"

	"github.com/muster-mc/muster/internal/buchi"
	"github.com/muster-mc/muster/internal/digraph"
	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
)

// alphabet defines the letters that an automaton reads: one for each position of a run,
// with a bit for each atom. The low bits are the atoms that are true of the state; the
// bits above are actions, set if the next step is one of them. A run that stays takes no
// step, so its letter has no action. Only atoms of the claim have a bit, not all of the
// graph, because an automaton has at most buchi.AtomsMax.
type alphabet struct {
	states  []digraph.Bits // by atom: the states that make it true
	actions []int          // by atom, after those of states: an action, by its place
	plain   uint64         // the bits of all atoms of states
}

// state returns the part of a letter that a state decides.
func (l *alphabet) state(n uint32) uint64 {
	letter := uint64(0)
	for i, truth := range l.states {
		if truth.Has(n) {
			letter |= 1 << i
		}
	}
	return letter
}

// step returns the part of a letter that the next step decides.
func (l *alphabet) step(action int) uint64 {
	letter := uint64(0)
	for i, a := range l.actions {
		if a == action {
			letter |= 1 << (len(l.states) + i)
		}
	}
	return letter
}

// translator writes a formula in negation normal form, for package buchi: negation
// ends up at the atoms, and every operator has a dual.
type translator struct {
	*buchi.Builder
	letters *alphabet
	actions []system.Action
	query   *query // the claim that is translated
	next    int    // the atom of the next plain part, since plain parts come in the order of plainParts
}

// translate returns the automaton of the runs that break the claim. The error says
// which limit the formula exceeds.
func (q *query) translate() (*buchi.Automaton, *alphabet, error) {
	l := &alphabet{plain: 1<<len(q.atoms) - 1}
	for _, a := range q.atoms {
		l.states = append(l.states, q.graph.truth[a])
	}
	t := &translator{Builder: buchi.New(), letters: l, actions: q.graph.search.Actions(), query: q}
	// Actions become atoms while the formula is written, so their number is known only
	// afterwards.
	f := t.of(q.formula, true)
	if n := len(l.states) + len(l.actions); n > buchi.AtomsMax {
		return nil, nil, fmt.Errorf("it has %d predicates and actions; at most %d are supported", n, buchi.AtomsMax)
	}
	a, err := t.Automaton(f)
	return a, l, err
}

// of returns a formula or its negation. It must come to the plain parts in the order
// of plainParts.
func (t *translator) of(f *system.Formula, negated bool) buchi.Formula {
	if isPlain(f) {
		t.next++
		return t.Atom(t.next-1, negated)
	}
	switch f.Op {
	case model.OpHappens:
		return t.happens(f.Action, negated)
	case model.OpNot:
		return t.of(&f.Parts[0], !negated)
	// A run has exactly one next position, so the negation moves inwards as it is.
	case model.OpNext:
		return t.Next(t.of(&f.Parts[0], negated))
	// Finally f is true until f, and its negation is false release not f. Globally is the
	// other way round.
	case model.OpFinally:
		return t.until(negated, t.constant(!negated), t.of(&f.Parts[0], negated))
	case model.OpGlobally:
		return t.until(!negated, t.constant(negated), t.of(&f.Parts[0], negated))
	case model.OpUntil:
		first := t.of(&f.Parts[0], negated)
		return t.until(negated, first, t.of(&f.Parts[1], negated))
	}
	all, isAnd := t.constant((f.Op == model.OpAnd) != negated), (f.Op == model.OpAnd) != negated
	for i := range f.Parts {
		if part := t.of(&f.Parts[i], negated); isAnd {
			all = t.And(all, part)
		} else {
			all = t.Or(all, part)
		}
	}
	return all
}

// until returns f until g, or the dual: not (f until g) is (not f) release (not g).
func (t *translator) until(dual bool, f, g buchi.Formula) buchi.Formula {
	if dual {
		return t.Release(f, g)
	}
	return t.Until(f, g)
}

// constant returns true or false as a formula.
func (t *translator) constant(is bool) buchi.Formula {
	if is {
		return t.True()
	}
	return t.False()
}

// happens returns the atom of an action. An action that is not tried, such as a fault
// that is left out, never happens. Two Happens of one action are one atom, as the step is
// one.
func (t *translator) happens(action string, negated bool) buchi.Formula {
	for i := range t.actions {
		if t.actions[i].Name != action {
			continue
		}
		l := t.letters
		for j, known := range l.actions {
			if known == i {
				return t.Atom(len(l.states)+j, negated)
			}
		}
		l.actions = append(l.actions, i)
		return t.Atom(len(l.states)+len(l.actions)-1, negated)
	}
	return t.constant(negated)
}
