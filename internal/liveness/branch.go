package liveness

import (
	"slices"

	"github.com/muster-mc/muster/internal/digraph"
	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
)

// branch is a way to break a claim that can be searched for in the graph itself. An
// automaton can express it as well, but grows exponentially with the number of
// conditions, and fairness written as a premise has many.
//
// A run that breaks the claim begins in a state that satisfies initial, and satisfies
// always in every state; or it comes to a state that satisfies trigger, and satisfies
// after from there on, that state included. And it meets the conditions. A branch with
// a trigger has neither initial nor always.
type branch struct {
	initial, always *expression // nil for any
	trigger, after  *expression // nil for any
	conditions      []condition
}

// condition demands that then happens infinitely often if when does: see
// [digraph.Condition]. A nil when demands it in any case; a nil then never happens.
type condition struct{ when, then *expression }

// isTail reports whether the branch demands nothing but conditions. Conditions are
// about the loop alone, so they are true of a run exactly if they are true of every
// suffix. That is why a tail may be moved out of Globally and Finally.
func (b *branch) isTail() bool {
	return b.initial == nil && b.always == nil && b.trigger == nil
}

const (
	// branchesMax limits the branches of a claim, because each is a search of its own
	// and conjunctions multiply them. conditionsMax is one less than a search can
	// have: the second search of a trigger adds one. A claim beyond a limit gets an
	// automaton.
	branchesMax   = 64                        // of a claim
	conditionsMax = digraph.ConditionsMax - 1 // of a branch
)

// term is a formula, or its negation. Negation is carried along instead of being pushed
// into a copy of the formula, because atoms are identified by the addresses of formulas.
// So two terms of one formula share its atom.
type term struct {
	*system.Formula
	negated bool
}

// part is a part of a term, under the same negation.
func (t term) part(i int) term { return term{&t.Parts[i], t.negated} }

// is reports whether a term has an operator, or is the negation of a term with the
// dual operator: not Globally f is Finally not f, and not (f and g) is not f or not g.
func (t term) is(op, dual model.Op) bool {
	return t.Op == op && !t.negated || t.Op == dual && t.negated
}

func (t term) isAnd() bool      { return t.is(model.OpAnd, model.OpOr) }
func (t term) isOr() bool       { return t.is(model.OpOr, model.OpAnd) }
func (t term) isGlobally() bool { return t.is(model.OpGlobally, model.OpFinally) }
func (t term) isFinally() bool  { return t.is(model.OpFinally, model.OpGlobally) }

// bare returns the term without any Not in front of its formula.
func (t term) bare() term {
	for t.Op == model.OpNot {
		t = term{&t.Parts[0], !t.negated}
	}
	return t
}

// all returns the terms whose conjunction, or disjunction, a term is. Nested ones are
// flattened, so that their grouping does not matter.
func (t term) all(isAnd bool) []term {
	t = t.bare()
	if isAnd && !t.isAnd() || !isAnd && !t.isOr() {
		return []term{t}
	}
	var list []term
	for i := range t.Parts {
		list = append(list, t.part(i).all(isAnd)...)
	}
	return list
}

// brancher splits a claim into branches. The function atom returns the place of a
// plain formula among the graph's atoms.
type brancher struct{ atom func(*system.Formula) int }

// branches returns branches whose union is the set of runs that make a term true; ok
// is false if the term has no such form or exceeds a limit. The union must be exact: a
// missing run would be a missed violation, an additional one would fail verification.
// Until, Next and a Happens outside of a condition have no such form here.
func (r brancher) branches(t term) (list []branch, ok bool) {
	t = t.bare()
	switch {
	case isPlain(t.Formula):
		return []branch{{initial: r.expression(t)}}, true
	case t.isAnd():
		// The branch without demands is every run, the conjunction of no terms.
		list = []branch{{}}
		for i := range t.Parts {
			more, ok := r.branches(t.part(i))
			if list, ok = r.and(list, more, ok); !ok {
				return nil, false
			}
		}
		return list, true
	case t.isOr():
		for i := range t.Parts {
			more, ok := r.branches(t.part(i))
			if !ok {
				return nil, false
			}
			list = append(list, more...)
		}
		list = joined(list)
		return list, len(list) <= branchesMax
	case t.isGlobally():
		return r.globally(t.part(0))
	case t.isFinally():
		return r.finally(t.part(0))
	}
	return nil, false
}

// and returns the branches of a conjunction: each of one list with each of the other. The
// limit is tested before the product is made.
func (r brancher) and(list, others []branch, ok bool) ([]branch, bool) {
	if !ok || len(list)*len(others) > branchesMax {
		return nil, false
	}
	var both []branch
	for _, a := range list {
		for _, b := range others {
			c, ok := a.and(b)
			if !ok {
				return nil, false
			}
			both = append(both, c)
		}
	}
	return both, true
}

// and returns the conjunction of two branches, if it is a branch. Two triggers are
// none: either may come first. Neither is a trigger with a demand on the states before
// it, since the search for a trigger begins at the trigger and takes any path there.
func (b branch) and(c branch) (branch, bool) {
	// The demands on the states before the trigger, which no search with a trigger
	// tests.
	fixed := func(b branch) bool { return b.initial != nil || b.always != nil }
	if b.trigger != nil && (c.trigger != nil || fixed(c)) || c.trigger != nil && fixed(b) {
		return branch{}, false
	}
	// Concatenated into new lists: the branches of a conjunction share their conditions
	// with each other.
	d := branch{initial: both(b.initial, c.initial), always: both(b.always, c.always),
		trigger: b.trigger, after: both(b.after, c.after), conditions: slices.Concat(b.conditions, c.conditions)}
	if d.trigger == nil {
		d.trigger = c.trigger
	}
	return d, len(d.conditions) <= conditionsMax
}

// joined merges the branches of a disjunction that are one condition together.
// Infinitely often a or infinitely often b is infinitely often (a or b); and finitely
// often w, or infinitely often a, is the condition with when w and then a. Without
// that, a conjunction of n such disjunctions, as in a premise about the fairness of n
// actions, would have 2 to the n branches instead of n conditions.
func joined(list []branch) []branch {
	var again, other []branch // again: one condition without a when, so that then happens infinitely often
	for _, b := range list {
		if b.isTail() && len(b.conditions) == 1 && b.conditions[0].when == nil {
			again = append(again, b)
		} else {
			other = append(other, b)
		}
	}
	if len(again) == 0 {
		return list
	}
	then := isNever
	for _, b := range again {
		then = either(then, b.conditions[0].then)
	}
	for i, b := range other {
		if b.isTail() && len(b.conditions) == 1 {
			c := b.conditions[0]
			// One of them takes the condition in, and the result is still one condition.
			other[i].conditions = []condition{{c.when, either(c.then, then)}}
			return other
		}
	}
	return append(other, branch{conditions: []condition{{then: then}}})
}

// globally returns the branches of Globally t. Tails move out of it: Globally (tail or
// p) is the tail or Globally p.
func (r brancher) globally(t term) ([]branch, bool) {
	t = t.bare()
	switch {
	case isPlain(t.Formula):
		return []branch{{always: r.expression(t)}}, true
	case t.isFinally() && isLocal(t.part(0).Formula):
		return []branch{{conditions: []condition{{then: r.expression(t.part(0))}}}}, true
	case t.isAnd():
		list := []branch{{}}
		for i := range t.Parts {
			more, ok := r.globally(t.part(i))
			if list, ok = r.and(list, more, ok); !ok {
				return nil, false
			}
		}
		return list, true
	}
	// A tail is true of all suffixes or of none. So it is enough that it is true once, and
	// Globally applies to the rest alone.
	tails, rest, ok := r.tails(t.all(false), false)
	switch {
	case len(rest) == 0 && ok:
		return tails, true
	// If no part is a tail, nothing moves out; and the formula as a whole is not plain,
	// which was the first case.
	case !ok || len(rest) == len(t.all(false)):
		return nil, false
	}
	plain := isNever
	for _, part := range rest {
		if !isPlain(part.Formula) {
			return nil, false
		}
		plain = either(plain, r.expression(part))
	}
	return append(tails, branch{always: plain}), true
}

// finally returns the branches of Finally t. It distributes over Or, and tails move
// out of it: Finally (tail and p) is the tail and Finally p.
func (r brancher) finally(t term) ([]branch, bool) {
	t = t.bare()
	switch {
	case isPlain(t.Formula):
		return []branch{{trigger: r.expression(t)}}, true
	case t.isGlobally() && isLocal(t.part(0).Formula):
		return []branch{{conditions: []condition{{when: not(r.expression(t.part(0)))}}}}, true
	case t.isOr():
		var list []branch
		for i := range t.Parts {
			more, ok := r.finally(t.part(i))
			if !ok {
				return nil, false
			}
			list = append(list, more...)
		}
		list = joined(list)
		return list, len(list) <= branchesMax
	}
	tails, rest, ok := r.tails(t.all(true), true)
	if !ok || len(rest) == 0 {
		return tails, ok
	}
	// Left is p and Globally q, with plain p and q: a trigger, and a demand from there
	// on. The trigger is any state if no part is plain: Globally q may begin anywhere.
	b := branch{trigger: isAlways}
	for _, part := range rest {
		switch {
		case isPlain(part.Formula):
			b.trigger = both(b.trigger, r.expression(part))
		case part.isGlobally() && isPlain(part.part(0).Formula):
			b.after = both(b.after, r.expression(part.part(0)))
		default:
			return nil, false
		}
	}
	return r.and(tails, []branch{b}, true)
}

// tails separates the terms that have only tails as branches. It returns the branches of
// their conjunction or disjunction, and the other terms. An empty conjunction is the
// branch without demands, and an empty disjunction no branch at all.
func (r brancher) tails(list []term, isAnd bool) (tails []branch, rest []term, ok bool) {
	if isAnd {
		tails = []branch{{}}
	}
	for _, t := range list {
		more, ok := r.branches(t)
		if !ok || slices.ContainsFunc(more, func(b branch) bool { return !b.isTail() }) {
			rest = append(rest, t.bare())
			continue
		}
		if !isAnd {
			tails = append(tails, more...)
		} else if tails, ok = r.and(tails, more, true); !ok {
			return nil, nil, false
		}
	}
	if !isAnd {
		tails = joined(tails)
	}
	return tails, rest, len(tails) <= branchesMax
}

// expression returns a local term as an expression. Happens of an action that is not
// tried is kept: no step has its name, so it is false everywhere.
func (r brancher) expression(t term) *expression {
	if t.negated {
		return not(r.expression(term{t.Formula, false}))
	}
	switch {
	case isPlain(t.Formula):
		return &expression{op: model.OpHolds, atom: r.atom(t.Formula)}
	case t.Op == model.OpHappens:
		return &expression{op: model.OpHappens, action: t.Action}
	}
	e := &expression{op: t.Op}
	for i := range t.Parts {
		e.parts = append(e.parts, r.expression(t.part(i)))
	}
	return e
}
