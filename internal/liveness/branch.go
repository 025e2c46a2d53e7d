package liveness

import (
	"slices"

	"github.com/muster-mc/muster/internal/digraph"
	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
)

// branch is one of the ways to break a claim, if it is one that can be looked for in
// the graph itself: without an automaton, which grows exponentially with the number
// of conditions.
//
// A run that breaks the claim begins in a state that satisfies initial, and satisfies
// always in every state; or it comes to a state that satisfies trigger, and satisfies
// after from there on. And it meets the conditions.
type branch struct {
	initial, always *expression // nil for any
	trigger, after  *expression // nil for any
	conditions      []condition
}

// condition is that one event happens again and again if another does: see
// [digraph.Condition].
type condition struct{ when, then *expression }

// isTail reports whether the branch demands nothing but conditions, which are true of
// a run exactly if they are true of what is left of it after some steps.
func (b *branch) isTail() bool {
	return b.initial == nil && b.always == nil && b.trigger == nil
}

const (
	branchesMax   = 64 // of a claim
	conditionsMax = digraph.ConditionsMax - 1
)

// term is a formula, or its negation.
type term struct {
	*system.Formula
	negated bool
}

// part is a part of a term, under the same negation.
func (t term) part(i int) term { return term{&t.Parts[i], t.negated} }

// is reports whether a term is of this kind, or the negation of one of the dual kind.
func (t term) is(op, dual model.Op) bool {
	return t.Op == op && !t.negated || t.Op == dual && t.negated
}

func (t term) isAnd() bool      { return t.is(model.OpAnd, model.OpOr) }
func (t term) isOr() bool       { return t.is(model.OpOr, model.OpAnd) }
func (t term) isGlobally() bool { return t.is(model.OpGlobally, model.OpFinally) }
func (t term) isFinally() bool  { return t.is(model.OpFinally, model.OpGlobally) }

// bare is the term without Not in front of it.
func (t term) bare() term {
	for t.Op == model.OpNot {
		t = term{&t.Parts[0], !t.negated}
	}
	return t
}

// all are the terms of which a term is the conjunction, if isAnd says so, or the
// disjunction.
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

// brancher takes a claim apart. The atoms that it meets are given places by atom.
type brancher struct{ atom func(*system.Formula) int }

// branches are the ways in which a term can be true, if all of them can be looked for
// in the graph. The term may be true in any of them, and in no other way.
func (r brancher) branches(t term) (list []branch, ok bool) {
	t = t.bare()
	switch {
	case isPlain(t.Formula):
		return []branch{{initial: r.expression(t)}}, true
	case t.isAnd():
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

// and are the branches of a conjunction.
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

func (b branch) and(c branch) (branch, bool) {
	fixed := func(b branch) bool { return b.initial != nil || b.always != nil }
	if b.trigger != nil && (c.trigger != nil || fixed(c)) || c.trigger != nil && fixed(b) {
		return branch{}, false
	}
	d := branch{initial: both(b.initial, c.initial), always: both(b.always, c.always),
		trigger: b.trigger, after: both(b.after, c.after), conditions: slices.Concat(b.conditions, c.conditions)}
	if d.trigger == nil {
		d.trigger = c.trigger
	}
	return d, len(d.conditions) <= conditionsMax
}

// joined makes one branch of those that are one condition together: what happens
// again and again, of whatever kind, and one event that may happen no more.
func joined(list []branch) []branch {
	var again, other []branch // those of one condition without an event that may happen no more; others
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
			other[i].conditions = []condition{{c.when, either(c.then, then)}}
			return other
		}
	}
	return append(other, branch{conditions: []condition{{then: then}}})
}

// globally are the branches of: a term is true from every point on.
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
	tails, rest, ok := r.tails(t.all(false), false)
	switch {
	case len(rest) == 0 && ok:
		return tails, true
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

// finally are the branches of: a term is true from some point on.
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

// tails are the branches of those terms that are true of a run exactly if they are true
// of what is left of it, taken together by and or by or; and the other terms.
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

// expression is a local term.
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
