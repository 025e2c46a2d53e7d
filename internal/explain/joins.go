package explain

import (
	"github.com/muster-mc/muster/internal/system"
)

// Join is an action that can be joined with the step before it: the step that enables the
// action and the action itself become one step.
//
// That leaves out exactly the states in which the action is enabled, and what properties of
// states and steps say stays as it was, under two conditions. The first is that
//
//   - wherever the action is enabled no other action is, or
//   - it commutes with every step that can be taken beside it, those of its own too: the
//     two can follow each other in either order, and both orders lead to one state.
//
// The second is that the action is invisible: its steps change nothing that a property, the
// constraint or Terminal says, of states or of the steps before and beside it. And its steps
// come to an end. This is the reduction by local steps (R. J. Lipton: Reduction: A Method of
// Proving Properties of Parallel Programs, CACM 18(12), 1975; persistent sets of one action:
// P. Godefroid, LNCS 1032, 1996), with the conditions looked at in the states instead of the
// program's text.
//
// Why exactly those states: every state leads by the action's steps to one state where it is
// not enabled, its end. Commuting steps reach the end of a state they lead to from the end of
// the state they began in. So the joined model has the ends of all states. A state where the
// action is not enabled is its own end.
type Join struct {
	Action  int    // its place among those that are tried
	Alone   bool   // no other action is enabled with it
	Enabled uint64 // the states, of those looked at, in which it is enabled
}

// closureMax is the most states that steps of one action alone may lead to, one after the
// other. Beyond that the joined step is no step that anyone would write.
const closureMax = 64

// joiner finds the actions that can be joined.
type joiner struct {
	*near

	// Broken by a state that was looked at: the first two are ways to be joined, and the
	// action is out when both are gone.
	notAlone, notCommuting []bool
	enabled                []uint64 // by action
	states                 uint64   // that were looked at
}

func newJoiner(n *near, properties []int) *joiner {
	j := &joiner{
		near: n, notAlone: make([]bool, len(n.actions)), notCommuting: make([]bool, len(n.actions)),
		enabled: make([]uint64, len(n.actions)),
	}
	n.predicates = nil
	for _, p := range []predicate{{"Constraint", n.system.Constraint}, {"Terminal", n.system.Terminal}} {
		if p.of != nil {
			n.predicates = append(n.predicates, p)
		}
	}
	for _, i := range properties {
		j.addProperty(&n.system.Properties[i])
	}
	// What an action leaves in fields that are no part of the state is seen by claims of
	// steps, and is gone in the encodings here.
	if len(n.claims) > 0 && n.system.Codec.HasIgnored() {
		for a := range n.actions {
			j.refuse(a)
		}
	}
	return j
}

// addProperty adds all functions of a property: an action that none of them can see may be
// joined. Both sides of an implication count by themselves, because the report says how often
// the left side was true.
func (j *joiner) addProperty(p *system.Property) {
	part := "property " + p.Name
	if p.State != nil {
		j.predicates = append(j.predicates, predicate{part, p.State})
	}
	if p.Implication != nil {
		j.predicates = append(j.predicates, predicate{part, p.Implication.When}, predicate{part, p.Implication.Then})
	}
	if p.Step != nil {
		j.claims = append(j.claims, claim{part, p.Step})
	}
	if i := p.ImplicationStep; i != nil { // a step that it does not apply to says nothing
		j.claims = append(j.claims, claim{part, func(before, after system.State) bool { return !i.When(before, after) }})
	}
	if p.Formula != nil {
		j.addFormula(part, p.Formula)
	}
}

// addFormula adds the predicates of a formula. An action that the formula names is visible
// whatever it changes.
func (j *joiner) addFormula(part string, f *system.Formula) {
	if f.State != nil {
		j.predicates = append(j.predicates, predicate{part, f.State})
	}
	for a := range j.actions {
		if f.Action != "" && j.actions[a].Name == f.Action {
			j.refuse(a)
		}
	}
	for i := range f.Parts {
		j.addFormula(part, &f.Parts[i])
	}
}

// refuse rules an action out, unless steps are missing that could speak for it.
func (j *joiner) refuse(action int) {
	if !j.over {
		j.notAlone[action], j.notCommuting[action] = true, true
	}
}

// isOut reports whether an action can be joined in neither way.
func (j *joiner) isOut(action int) bool { return j.notAlone[action] && j.notCommuting[action] }

// isDone reports whether no action is left that could be joined.
func (j *joiner) isDone() bool {
	for a := range j.actions {
		if !j.isOut(a) {
			return false
		}
	}
	return true
}

// look looks at a state inside the constraint. A state with too many steps around it is not
// counted among those that were looked at.
func (j *joiner) look(encoded []byte, attempts uint64) {
	p := j.begin(encoded, attempts)
	// The steps of all actions come first: whether an action is alone, and what it commutes
	// with, depends on those of the others.
	for a := range j.actions {
		if _, ok := j.steps(p, a); !ok {
			j.refuse(a)
		}
	}
	for a := range j.actions {
		if !j.isOut(a) && !j.over {
			j.lookAt(p, a)
			j.lookBefore(p, a)
		}
	}
	if j.over {
		return
	}
	j.states++
	for a := range j.actions {
		if len(p.next[a]) > 0 {
			j.enabled[a]++
		}
	}
}

// lookAt looks at the steps of the action from a state.
func (j *joiner) lookAt(p *place, action int) {
	own := p.next[action]
	if len(own) == 0 {
		return
	}
	for _, q := range own {
		if j.truthsOf(q) != j.truthsOf(p) || !isQuiet(j.claimsOf(p, q)) {
			j.refuse(action)
			return
		}
	}
	if _, ends := j.closure(p, action); !ends {
		j.refuse(action)
		return
	}
	for other, list := range p.next {
		if other != action && len(list) > 0 && !j.over {
			j.notAlone[action] = true
		}
		for _, r := range list {
			for _, q := range own {
				if !j.notCommuting[action] && !j.commutes(p, q, r, action, other) && !j.over {
					j.notCommuting[action] = true
				}
			}
		}
	}
}

// commutes reports whether the action, which leads from p to q, and the other, which leads to
// r, can each be taken after the other, and then lead to one state.
func (j *joiner) commutes(p, q, r *place, action, other int) bool {
	if q == r {
		return true
	}
	after, ok := j.steps(q, other)
	before, ok2 := j.steps(r, action)
	if !ok || !ok2 {
		return false
	}
	for _, end := range after {
		if contains(before, end) && (other == action || j.claimsOf(p, r) == j.claimsOf(q, end)) {
			return true
		}
	}
	return false
}

// lookBefore looks at the steps that enable the action, which the action is to be joined
// with: nothing may be said of them that is not said of the joined steps. Where they lead
// outside the constraint, what the joined steps lead to must be outside too.
func (j *joiner) lookBefore(p *place, action int) {
	for other, list := range p.next {
		if other == action {
			continue
		}
		for _, r := range list {
			outside := j.isOutside(r)
			if !outside && len(j.claims) == 0 {
				continue // r is looked at itself
			}
			following, ends := j.closure(r, action)
			if !ends {
				j.refuse(action)
				return
			}
			for _, q := range following {
				if outside && j.truthsOf(q) != j.truthsOf(r) || j.claimsOf(p, r) != j.claimsOf(p, q) {
					j.refuse(action)
					return
				}
			}
		}
	}
}

// closure is every state that steps of the action alone lead to. It reports false if these
// steps can go on for ever, if there are too many, and if one of them panicked.
func (j *joiner) closure(from *place, action int) (list []*place, ends bool) {
	open := map[*place]bool{} // true on the way to the state that is looked at
	var visit func(p *place) bool
	visit = func(p *place) bool {
		if onTheWay, known := open[p]; known {
			return !onTheWay
		}
		next, ok := j.steps(p, action)
		if !ok || len(open) > closureMax {
			return false
		}
		open[p] = true
		for _, q := range next {
			if !visit(q) {
				return false
			}
		}
		open[p] = false
		list = append(list, p)
		return true
	}
	ends = visit(from)
	return list, ends
}

// isQuiet reports whether everything that is claimed of a step is true.
func isQuiet(claims string) bool {
	for _, c := range []byte(claims) {
		if c != yes {
			return false
		}
	}
	return true
}

// joins are the actions that can be joined in all states that were looked at. An action that
// nothing else ever takes place beside is the whole model, and one that is enabled everywhere
// leaves no state.
func (j *joiner) joins() (list []Join) {
	active := 0
	for _, n := range j.enabled {
		if n > 0 {
			active++
		}
	}
	for a, n := range j.enabled {
		if !j.isOut(a) && n > 0 && n < j.states && active > 1 {
			list = append(list, Join{a, !j.notAlone[a], n})
		}
	}
	return list
}
