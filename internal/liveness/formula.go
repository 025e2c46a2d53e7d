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

// isResponse reports whether a claim is of the form "whenever a plain formula, then or
// later another one".
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
