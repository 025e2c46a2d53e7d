package audit

import (
	"maps"
	"slices"

	"github.com/muster-mc/muster/internal/system"
)

// survey returns the mutants that differ from the model in some state of the sample.
func (a *auditor) survey() []Mutant {
	mut := newMutator(a.model)
	steps := a.stepsOf(mut)
	var list []Mutant
	for i, action := range a.model.Actions {
		if action.Fault != "" {
			continue
		}
		for _, m := range a.candidates(mut, i, steps) {
			m.Action, m.action = action.Name, i
			if m.Kind == Stale || a.differs(mut, m) {
				list = append(list, m)
			}
		}
	}
	return list
}

// newMutator returns a mutator of a model.
func newMutator(m *system.System) *mutator {
	c := m.Codec
	return &mutator{model: m, codec: c, space: c.New(), fields: c.Fields()}
}

// step is a step of the model, from a state of the sample.
type step struct {
	action  int
	before  system.State
	way     way
	changed []int // fields
}

// stepsOf returns all steps from the sample. An action that panics in a state has no
// further steps there; only states that were not explored can cause a panic.
func (a *auditor) stepsOf(mut *mutator) []step {
	var steps []step
	for _, s := range a.sample {
		for i := range a.model.Actions {
			mut.eachRecovering(i, s, func(w way) {
				steps = append(steps, step{i, s, w, mut.changed(s, w.after)})
			})
		}
	}
	return steps
}

// candidates returns the possible mutants of an action.
func (a *auditor) candidates(mut *mutator, action int, steps []step) []Mutant {
	changed, limits := profile(mut, action, steps)
	var list []Mutant
	for _, f := range changed {
		list = append(list, Mutant{Kind: Lost, Field: mut.fields[f].Path, field: f})
	}
	if len(changed) > 1 { // with one field, these equal losing the field
		list = append(list, Mutant{Kind: Skipped}, Mutant{Kind: Torn})
	}
	list = append(list, Mutant{Kind: Twice})
	for _, name := range slices.Sorted(maps.Keys(limits)) {
		if limits[name] > 1 {
			list = append(list, Mutant{Kind: Swapped, Argument: name, limit: limits[name]})
		}
	}
	for _, f := range staleFields(mut, action, steps) {
		list = append(list, Mutant{Kind: Stale, Field: mut.fields[f].Path, field: f})
	}
	return list
}

// profile returns the fields that an action changes in the sample, and for each of its
// arguments the number of values.
func profile(mut *mutator, action int, steps []step) (fields []int, limits map[string]int) {
	changed := map[int]bool{}
	limits = map[string]int{}
	for _, s := range steps {
		if s.action != action {
			continue
		}
		for _, f := range s.changed {
			changed[f] = true
		}
		for name, n := range mut.numbers(action, s.before, s.way.answers) {
			limits[name] = max(limits[name], n+1)
		}
	}
	return slices.Sorted(maps.Keys(changed)), limits
}

// staleFields returns the fields that, in some step of the sample, have an old value
// that enables the action and a new value that disables it.
func staleFields(mut *mutator, action int, steps []step) []int {
	found := map[int]bool{}
	for _, s := range steps {
		for _, f := range s.changed {
			if !found[f] && mut.isInside(s.way.after) {
				acts := newSuccessorSet(mut)
				mut.addStale(action, f, s.before, s.way.after, acts)
				if len(acts.whose) > 0 {
					found[f] = true
				}
			}
		}
	}
	return slices.Sorted(maps.Keys(found))
}

// differs reports whether a mutant and the model have different successors of some
// state of the sample.
func (a *auditor) differs(mut *mutator, m Mutant) bool {
	return slices.ContainsFunc(a.sample, func(s system.State) bool { return !mut.sameAfter(m, s) })
}

// sameAfter reports whether a mutant and the model have the same successors of a
// state. A panic is a difference.
func (mut *mutator) sameAfter(m Mutant, s system.State) (same bool) {
	defer func() { same = recover() == nil && same }()
	want := map[string]bool{}
	mut.each(m.action, s, func(w way) { want[string(mut.space.Append(nil, w.after))] = true })
	got := map[string]bool{}
	for _, list := range mut.successors(m, s).lists {
		for _, next := range list {
			got[string(mut.space.Append(nil, next))] = true
		}
	}
	return maps.Equal(got, want)
}
