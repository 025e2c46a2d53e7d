package explore

import (
	"fmt"
	"slices"
	"strings"

	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
)

// The names of what is checked beside a model's own properties.
const (
	Deadlock = "Deadlock" // no state but a terminal one is without successors
	Panic    = "Panic"    // the model's own code does not panic
)

// ModelError is a model, or options, that cannot be used.
type ModelError struct {
	Model   string
	Problem string
}

func (e *ModelError) Error() string {
	if e.Model == "" {
		return "the model cannot be checked: " + e.Problem
	}
	return e.Model + " cannot be checked: " + e.Problem
}

// prepare finds out whether a model can be explored with these options.
func prepare(m *system.System, o Options) error {
	if problem := problemOf(m, o); problem != "" {
		return &ModelError{m.Name, problem}
	}
	if m.Refused != nil {
		return &ModelError{m.Name, m.Refused.Error()}
	}
	return nil
}

func problemOf(m *system.System, o Options) string {
	for _, problem := range []func() string{
		func() string { return problemOfModel(m) },
		func() string { return problemOfActions(m) },
		func() string { return problemOfProperties(m) },
		func() string { return problemOfOptions(m, o) },
	} {
		if p := problem(); p != "" {
			return p
		}
	}
	return ""
}

func problemOfModel(m *system.System) string {
	switch {
	case m.Name == "":
		return "it has no Name"
	case len(m.Actions) == 0:
		return "it has no Actions: nothing could ever happen"
	case len(m.Actions) > system.ActionsMax:
		return fmt.Sprintf("it has %d actions; at most %d are supported: use choices", len(m.Actions), system.ActionsMax)
	case len(m.Properties) == 0:
		return "it has no Properties: nothing could ever be wrong"
	}
	return ""
}

func problemOfActions(m *system.System) string {
	var names []string
	for i, a := range m.Actions {
		switch {
		case a.Name == "":
			return fmt.Sprintf("action %d has no Name", i)
		case a.Name == system.InitName:
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

func problemOfProperties(m *system.System) string {
	names := []string{Deadlock, Panic}
	for i, p := range m.Properties {
		switch {
		case p.Name == "":
			return fmt.Sprintf("property %d has no Name", i)
		case i >= 0 && slices.Contains(names[2:], p.Name):
			return fmt.Sprintf("two properties are named %s", p.Name)
		case slices.Contains(names[:2], p.Name):
			return fmt.Sprintf("a property is named %s, which Muster checks by itself", p.Name)
		}
		if problem := problemOfProperty(m, p); problem != "" {
			return fmt.Sprintf("property %s %s", p.Name, problem)
		}
		names = append(names, p.Name)
	}
	return ""
}

func problemOfProperty(m *system.System, p system.Property) string {
	switch p.Kind {
	case model.KindEventually, model.KindLeadsTo, model.KindRecurs, model.KindSettles, model.KindTemporal:
		if p.Formula == nil {
			return "has no Formula"
		}
		return problemOfFormula(m, p.Formula)
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

func problemOfOptions(m *system.System, o Options) string {
	if o.Workers < 0 || o.MaxDepth < 0 || o.Timeout < 0 {
		return "Workers, MaxDepth and Timeout must not be negative"
	}
	if o.CheckpointEvery < 0 {
		return "CheckpointEvery must not be negative"
	}
	if o.Properties != nil && len(o.Properties) == 0 {
		return "no property is to be checked"
	}
	for _, problem := range []string{problemOfStore(o), problemOfMemory(o)} {
		if problem != "" {
			return problem
		}
	}
	if problem := problemOfSafetyOnly(m, o); problem != "" {
		return problem
	}
	known := propertyNames(m)
	for _, name := range o.Properties {
		if !slices.Contains(known, name) {
			return fmt.Sprintf("it has no property %q; there are %s", name, strings.Join(known, ", "))
		}
	}
	faults := faultsOf(m)
	for _, fault := range o.WithoutFaults {
		switch {
		case len(faults) == 0:
			return fmt.Sprintf("it has no fault %q; none of its actions is a fault", fault)
		case !slices.Contains(faults, fault):
			return fmt.Sprintf("it has no fault %q; there are %s", fault, strings.Join(faults, ", "))
		}
	}
	return ""
}

// propertyNames lists what can be checked.
func propertyNames(m *system.System) []string {
	var names []string
	for _, p := range m.Properties {
		names = append(names, p.Name)
	}
	if !m.AllowDeadlock {
		names = append(names, Deadlock)
	}
	return names
}

// faultsOf lists the kinds of fault that a model injects.
func faultsOf(m *system.System) []string {
	var faults []string
	for _, a := range m.Actions {
		if a.Fault != "" && !slices.Contains(faults, a.Fault) {
			faults = append(faults, a.Fault)
		}
	}
	return faults
}
