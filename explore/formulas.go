package explore

import (
	"fmt"
	"slices"
	"strings"

	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
)

// problemOfFormula says what is wrong with a formula.
func problemOfFormula(m *system.System, f *system.Formula) string {
	least, most := partsOf(f.Op)
	switch {
	case most < 0:
		return fmt.Sprintf("has a formula of the unknown kind %q; make formulas with model.Holds, Globally and the like", f.Op)
	case f.Op == model.OpHolds && f.State == nil:
		return "has a formula without a predicate"
	case f.Op == model.OpHappens && !hasAction(m, f.Action):
		return fmt.Sprintf("speaks of the action %q; there are %s", f.Action, strings.Join(actionNames(m), ", "))
	case len(f.Parts) < least || len(f.Parts) > most:
		return fmt.Sprintf("has a formula %q of %d parts; it must have %d", f.Op, len(f.Parts), least)
	}
	for i := range f.Parts {
		if problem := problemOfFormula(m, &f.Parts[i]); problem != "" {
			return problem
		}
	}
	return ""
}

// partsOf is how many parts a formula of this kind has: at least and at most.
func partsOf(op model.Op) (least, most int) {
	switch op {
	case model.OpHolds, model.OpHappens:
		return 0, 0
	case model.OpNot, model.OpNext, model.OpGlobally, model.OpFinally:
		return 1, 1
	case model.OpUntil:
		return 2, 2
	case model.OpAnd, model.OpOr:
		return 0, 1 << 20
	}
	return 0, -1
}

func hasAction(m *system.System, name string) bool {
	return slices.Contains(actionNames(m), name)
}

func actionNames(m *system.System) []string {
	var names []string
	for _, a := range m.Actions {
		names = append(names, a.Name)
	}
	return names
}

func problemOfFairness(f model.Fairness, by []string) string {
	switch f {
	case model.Unfair, model.Weak, model.Strong:
		if by != nil {
			return "has FairBy, which only goes with WeakEach and StrongEach"
		}
		return ""
	case model.WeakEach, model.StrongEach:
		return ""
	}
	return fmt.Sprintf("has the unknown fairness %q; there are weak, strong, weak each and strong each", f)
}

// problemOfSafetyOnly: what is asked for by name must not be left out, and
// something must be left.
func problemOfSafetyOnly(m *system.System, o Options) string {
	if !o.SafetyOnly {
		return ""
	}
	left := !m.AllowDeadlock && o.wants(Deadlock)
	for i := range m.Properties {
		switch p := &m.Properties[i]; {
		case !p.IsTemporal():
			left = left || o.wants(p.Name)
		case o.Properties != nil && o.wants(p.Name):
			return fmt.Sprintf("property %s is about whole runs: it cannot be asked for and left out", p.Name)
		}
	}
	if !left {
		return "all its properties are about whole runs: nothing is left to check without them"
	}
	return ""
}
