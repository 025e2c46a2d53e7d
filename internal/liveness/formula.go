package liveness

import (
	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
)

// claim is a member of the conjunction that a temporal property is. Claims are checked
// one by one, so each needs conditions or an automaton for itself alone, and a report
// can say which of them is broken.
type claim struct {
	label   string // tells it from the others, such as node=1
	formula *system.Formula
}

// claimsOf splits a formula into the members of its outermost conjunction, in their
// order.
func claimsOf(f *system.Formula) []claim {
	return appendClaims(nil, "", f)
}

// appendClaims appends the claims of a formula that is inside of formulas with the given
// label. Labels of nested ForAll are joined from the outside in. Only conjunctions are
// split: a run that breaks one of several claims breaks the property, and of a
// disjunction a run must break all.
func appendClaims(list []claim, label string, f *system.Formula) []claim {
	switch {
	case f.Label == "":
	case label == "":
		label = f.Label
	default:
		label += ", " + f.Label
	}
	if f.Op != model.OpAnd {
		return append(list, claim{label, f})
	}
	for i := range f.Parts {
		list = appendClaims(list, label, &f.Parts[i])
	}
	return list
}

// isPlain reports whether a formula is about a single state: it has no temporal operator
// and no Happens, which is about a step. A formula without parts is plain too: the empty
// conjunction is true and the empty disjunction false.
func isPlain(f *system.Formula) bool {
	switch f.Op {
	case model.OpHolds:
		return true
	case model.OpNot, model.OpAnd, model.OpOr:
		for i := range f.Parts {
			if !isPlain(&f.Parts[i]) {
				return false
			}
		}
		return true
	}
	return false
}

// isTrue evaluates a plain formula in a state. It calls the model's code, which may
// panic. It stops at the first part that decides, so a later part may rely on an earlier
// one, as in Go.
func isTrue(f *system.Formula, s system.State) bool {
	switch f.Op {
	case model.OpHolds:
		return f.State(s)
	case model.OpNot:
		return !isTrue(&f.Parts[0], s)
	}
	isAnd := f.Op == model.OpAnd
	for i := range f.Parts {
		if isTrue(&f.Parts[i], s) != isAnd {
			return !isAnd
		}
	}
	return isAnd
}

// isResponse reports whether a claim has the form of LeadsTo: Globally of a
// disjunction with exactly one Finally of a plain formula, and only plain formulas
// otherwise. The trigger of its branch is then the premise, however the disjunction
// was written.
func isResponse(f *system.Formula) bool {
	if f.Op != model.OpGlobally || f.Parts[0].Op != model.OpOr {
		return false
	}
	answers := 0
	for i := range f.Parts[0].Parts {
		switch p := &f.Parts[0].Parts[i]; {
		case isPlain(p):
		case p.Op == model.OpFinally && isPlain(&p.Parts[0]):
			answers++
		default:
			return false
		}
	}
	return answers == 1
}
