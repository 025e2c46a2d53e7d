package explore

import (
	"fmt"
	"slices"
	"strings"

	"github.com/muster-mc/muster/internal/number"
	"github.com/muster-mc/muster/internal/search"
	"github.com/muster-mc/muster/internal/system"
)

// The names of what is checked beside a model's own properties.
const (
	Deadlock = system.DeadlockName // no state but a terminal one is without successors
	Panic    = system.PanicName    // the model's own code does not panic
)

// prepare finds out whether a model can be explored with these options. It runs before
// anything is allocated, so that a mistake costs no time. The problems of the model come
// first, because the options name its properties and faults. They are functions, so that
// the options are not held against a model that has a problem.
func prepare(m *system.System, o Options) error {
	for _, problem := range []func() string{m.Problem, func() string { return problemOfOptions(m, o) }} {
		if p := problem(); p != "" {
			return &ModelError{m.Name, p}
		}
	}
	if m.Refused != nil {
		return &ModelError{m.Name, m.Refused.Error()}
	}
	return nil
}

// tracesMax is the largest Options.Traces: each trace is found and kept.
const tracesMax = 1000

// It returns the first problem, in an order that does not depend on the model. A negative
// limit is refused and not taken for zero, which would mean that there is no limit.
func problemOfOptions(m *system.System, o Options) string {
	if o.Workers < 0 || o.MaxDepth < 0 || o.Timeout < 0 {
		return "Workers, MaxDepth and Timeout must not be negative"
	}
	if o.Workers > WorkersMax {
		return fmt.Sprintf("%d workers are too many: at most %d are supported", o.Workers, WorkersMax)
	}
	if o.CheckpointEvery < 0 {
		return "CheckpointEvery must not be negative"
	}
	// The search ends at the first violation unless it keeps going, so that there would
	// be no second trace.
	if o.Traces < 0 || o.Traces > tracesMax || o.Traces > 1 && !o.KeepGoing {
		return fmt.Sprintf("Traces is %d: want a number from 0 to %d, and KeepGoing with more than one", o.Traces, tracesMax)
	}
	// Nil stands for all properties. An empty list is most likely a filter that matched
	// nothing, and every model would hold.
	if o.Properties != nil && len(o.Properties) == 0 {
		return "no property is to be checked"
	}
	for _, problem := range []string{problemOfStore(o), problemOfMemory(o), problemOfSymmetry(m, o), problemOfEngine(m, o)} {
		if problem != "" {
			return problem
		}
	}
	if o.Checkpoint != "" && len(m.Code) > 0 {
		return "a run of real code keeps no checkpoints: its states refer to objects, which end with the process"
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

// propertyNames lists what can be checked. Panic is not among them: a panic is reported
// whichever properties are checked.
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
	if !left && len(m.Properties) > 0 {
		return "all its properties are about whole runs: nothing is left to check without them"
	}
	return ""
}

func problemOfStore(o Options) string {
	k := o.Store
	if k == "" || slices.Contains(StoreKinds(), k) {
		return ""
	}
	var names []string
	for _, kind := range StoreKinds() {
		names = append(names, string(kind))
	}
	return fmt.Sprintf("there is no store %q; there are %s", k, strings.Join(names, ", "))
}

// problemOfMemory refuses a limit that the engine could not keep: caches, blocks and
// buffers of the workers take memory that no file can take over. Tests with the tuning
// Tiny go below, to reach files with few states.
func problemOfMemory(o Options) string {
	workers := search.Workers(o.Workers)
	least := uint64(search.LeastMemory + search.LeastWorker*workers)
	if o.Memory == 0 || o.Memory >= least || o.tuning.Tiny {
		return ""
	}
	return fmt.Sprintf("%d KiB of memory are too few for %s: want %d MiB at the least", o.Memory>>10, number.Count(workers, "worker"), least>>20)
}
