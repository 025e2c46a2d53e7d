package system

import (
	"fmt"
	"slices"
	"strings"

	"github.com/muster-mc/muster/internal/orbit"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

// The names of the properties that are checked beside a model's own.
const (
	DeadlockName = "Deadlock" // no state but a terminal one is without successors
	PanicName    = "Panic"    // the model's own code does not panic
)

// Problem says why the system cannot be checked, or nothing. It is asked before
// everything else, so that the rest of the engine may rely on it: names are unique,
// functions are there, formulas have the parts that their operators need.
func (s *System) Problem() string {
	for _, problem := range []func() string{
		s.problemOfModel, s.problemOfActions, s.problemOfProperties, s.problemOfNames, s.problemOfSymmetry, s.problemOfCode,
	} {
		if p := problem(); p != "" {
			return p
		}
	}
	return ""
}

// problemOfModel also holds the number of actions to the bits that an [Origin] has.
func (m *System) problemOfModel() string {
	switch {
	case m.isNil:
		return "the model is nil"
	case m.Name == "":
		return "it has no Name"
	case len(m.Actions) == 0:
		return "it has no Actions: nothing could ever happen"
	case len(m.Actions) > ActionsMax:
		return fmt.Sprintf("it has %d actions; at most %d are supported: use choices", len(m.Actions), ActionsMax)
	}
	return ""
}

// problemOfNames looks for characters in names that a terminal would obey, or that end a
// line. So no place that prints a name has to escape it.
func (m *System) problemOfNames() string {
	names := []string{m.Name}
	for _, a := range m.Actions {
		names = append(names, a.Name, a.Fault)
	}
	for _, p := range m.Properties {
		names = append(names, p.Name)
	}
	for _, name := range names {
		if trace.Escape(name) != name || strings.ContainsAny(name, "\t\n") {
			return fmt.Sprintf("the name %q has characters that cannot be printed", name)
		}
	}
	return ""
}

// problemOfActions demands unique names: a trace names a step by its action, and a
// formula names an action.
func (m *System) problemOfActions() string {
	var names []string
	for i, a := range m.Actions {
		switch {
		case a.Name == "":
			return fmt.Sprintf("action %d has no Name", i)
		case a.Name == InitName:
			return "an action is named Init, which in a trace stands for the initial state"
		case a.Do == nil:
			return fmt.Sprintf("action %s has no Do function", a.Name)
		case slices.Contains(names, a.Name):
			return fmt.Sprintf("two actions are named %s", a.Name)
		}
		if problem := problemOfFairness(a.Fair, a.FairBy); problem != "" {
			return fmt.Sprintf("action %s %s", a.Name, problem)
		}
		names = append(names, a.Name)
	}
	return ""
}

// problemOfProperties keeps the names of the checks that every report has beside the
// model's properties: a finding is known by its name alone.
func (m *System) problemOfProperties() string {
	names := []string{DeadlockName, PanicName}
	for i, p := range m.Properties {
		switch {
		case p.Name == "":
			return fmt.Sprintf("property %d has no Name", i)
		case i >= 0 && slices.Contains(names[2:], p.Name):
			return fmt.Sprintf("two properties are named %s", p.Name)
		case slices.Contains(names[:2], p.Name):
			return fmt.Sprintf("a property is named %s, which Muster checks by itself", p.Name)
		}
		if problem := m.problemOfProperty(p); problem != "" {
			return fmt.Sprintf("property %s %s", p.Name, problem)
		}
		names = append(names, p.Name)
	}
	return ""
}

// problemOfProperty checks that a property has the functions of its kind. The
// functions of package model make only such properties; a literal may lack them.
func (m *System) problemOfProperty(p Property) string {
	switch p.Kind {
	case model.KindEventually, model.KindLeadsTo, model.KindRecurs, model.KindSettles, model.KindTemporal:
		if p.Formula == nil {
			return "has no Formula"
		}
		return m.problemOfFormula(p.Formula)
	case model.KindAlways, model.KindReachable:
		if p.State == nil {
			return "has no State function"
		}
		if c := p.Implication; c != nil && (c.When == nil || c.Then == nil) {
			return "is an implication without both sides; make one with model.Implies"
		}
	case model.KindAlwaysStep:
		if p.Step == nil {
			return "has no Step function"
		}
		if c := p.ImplicationStep; c != nil && (c.When == nil || c.Then == nil) {
			return "is an implication without both sides; make one with model.ImpliesStep"
		}
	default:
		return fmt.Sprintf("has the unknown kind %q; make properties with model.Always, Reachable and the like", p.Kind)
	}
	return ""
}

// problemOfFormula says what is wrong with a formula.
func (m *System) problemOfFormula(f *Formula) string {
	least, most := partsOf(f.Op)
	switch {
	case most < 0:
		return fmt.Sprintf("has a formula of the unknown kind %q; make formulas with model.Holds, Globally and the like", f.Op)
	case f.Op == model.OpHolds && f.State == nil:
		return "has a formula without a predicate"
	case f.Op == model.OpHappens && !slices.Contains(m.actionNames(), f.Action):
		return fmt.Sprintf("speaks of the action %q; there are %s", f.Action, strings.Join(m.actionNames(), ", "))
	case len(f.Parts) < least || len(f.Parts) > most:
		return fmt.Sprintf("has a formula %q of %d parts; it must have %d", f.Op, len(f.Parts), least)
	}
	for i := range f.Parts {
		if problem := m.problemOfFormula(&f.Parts[i]); problem != "" {
			return problem
		}
	}
	return ""
}

// partsOf is how many parts a formula of this kind has: at least and at most. The most
// is less than zero for an unknown kind. A conjunction or disjunction may have any number
// of parts, for which 1<<20 stands.
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

func (m *System) actionNames() []string {
	var names []string
	for _, a := range m.Actions {
		names = append(names, a.Name)
	}
	return names
}

// problemOfFairness refuses FairBy where it has no effect, for a model that names
// arguments in vain assumes less than it seems to.
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

// problemOfSymmetry looks at symmetries only if the state can be encoded: the reason why it
// cannot is worth more.
func (m *System) problemOfSymmetry() string {
	if m.Refused != nil {
		return ""
	}
	if _, err := m.Orbits(); err != nil {
		return "its Symmetry: " + err.Error()
	}
	return ""
}

// Orbits are the orbits of the states under the symmetries that the model declares. They
// are nil if there is nothing to exchange.
func (m *System) Orbits() (*orbit.Orbits, error) {
	if len(m.Symmetry) == 0 {
		return nil, nil
	}
	return orbit.New(m.StateType, m.Symmetry)
}
