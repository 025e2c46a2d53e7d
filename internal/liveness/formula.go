package liveness

import (
	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
)

// claim is one of the formulas that a property about whole runs is the
// conjunction of. Each is checked by itself.
type claim struct {
	label   string // tells it from the others, such as node=1
	formula *system.Formula
}

// claimsOf takes a formula apart into those of which each must be true.
func claimsOf(f *system.Formula) []claim {
	return appendClaims(nil, "", f)
}

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

// isPlain reports whether a formula is about a single state.
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

// isTrue is what a plain formula says of a state.
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

// response is a claim of the form "whenever trigger, then or later answer", in
// which both are plain.
type response struct{ trigger, answer *system.Formula }

// responseOf reads a claim so, if it has that form: globally, a choice of plain
// formulas and one finally.
func responseOf(f *system.Formula) (r response, ok bool) {
	if f.Op != model.OpGlobally || f.Parts[0].Op != model.OpOr {
		return r, false
	}
	others := system.Formula{Op: model.OpOr}
	for i := range f.Parts[0].Parts {
		switch p := &f.Parts[0].Parts[i]; {
		case isPlain(p):
			others.Parts = append(others.Parts, *p)
		case p.Op == model.OpFinally && isPlain(&p.Parts[0]) && r.answer == nil:
			r.answer = &p.Parts[0]
		default:
			return r, false
		}
	}
	trigger := system.Formula{Op: model.OpNot, Parts: []system.Formula{others}}
	r.trigger = &trigger
	return r, r.answer != nil
}

// finallyPlain: finally a plain formula.
func finallyPlain(f *system.Formula) (p *system.Formula, ok bool) {
	if f.Op == model.OpFinally && isPlain(&f.Parts[0]) {
		return &f.Parts[0], true
	}
	return nil, false
}

// recursPlain: globally finally a plain formula.
func recursPlain(f *system.Formula) (p *system.Formula, ok bool) {
	if f.Op == model.OpGlobally {
		return finallyPlain(&f.Parts[0])
	}
	return nil, false
}

// settlesPlain: finally globally a plain formula.
func settlesPlain(f *system.Formula) (p *system.Formula, ok bool) {
	if f.Op == model.OpFinally && f.Parts[0].Op == model.OpGlobally && isPlain(&f.Parts[0].Parts[0]) {
		return &f.Parts[0].Parts[0], true
	}
	return nil, false
}
