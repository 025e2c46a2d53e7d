package audit

import (
	"maps"
	"slices"

	"github.com/muster-mc/muster/internal/system"
)

// survey finds the mutants that differ from the model somewhere in the sample.
func (a *trial) survey() []Mutant {
	b := newBreaker(a.model)
	steps := a.stepsOf(b)
	var list []Mutant
	for i, action := range a.model.Actions {
		if action.Fault != "" {
			continue
		}
		for _, m := range a.candidates(b, i, steps) {
			m.Action, m.action = action.Name, i
			if m.Kind == Stale || a.differs(b, m) {
				list = append(list, m)
			}
		}
	}
	return list
}

// newBreaker is for one goroutine.
func newBreaker(m *system.System) *breaker {
	c := m.Codec
	return &breaker{model: m, codec: c, space: c.New(), fields: c.Fields()}
}

// step is a step of the model, from a state of the sample.
type step struct {
	action  int
	before  system.State
	way     way
	changed []int // fields
}

// stepsOf are all steps from the sample. Where something panics, which it does at
// most where the model was not explored, there are none.
func (a *trial) stepsOf(b *breaker) []step {
	var steps []step
	for _, s := range a.sample {
		for i := range a.model.Actions {
			b.eachQuietly(i, s, func(w way) {
				steps = append(steps, step{i, s, w, b.changed(s, w.after)})
			})
		}
	}
	return steps
}

// candidates are the mutants of an action that may be worth making.
func (a *trial) candidates(b *breaker, action int, steps []step) []Mutant {
	changed, limits := habits(b, action, steps)
	var list []Mutant
	for _, f := range changed {
		list = append(list, Mutant{Kind: Lost, Field: b.fields[f].Path, field: f})
	}
	if len(changed) > 1 { // else losing the field is skipping the action
		list = append(list, Mutant{Kind: Skipped}, Mutant{Kind: Torn})
	}
	list = append(list, Mutant{Kind: Twice})
	for _, name := range slices.Sorted(maps.Keys(limits)) {
		if limits[name] > 1 {
			list = append(list, Mutant{Kind: Swapped, Argument: name, limit: limits[name]})
		}
	}
	for _, f := range staleFor(b, action, steps) {
		list = append(list, Mutant{Kind: Stale, Field: b.fields[f].Path, field: f})
	}
	return list
}

// habits are the fields that an action changes in the sample, and up to which
// numbers it asks for, by name.
func habits(b *breaker, action int, steps []step) (fields []int, limits map[string]int) {
	changed := map[int]bool{}
	limits = map[string]int{}
	for _, s := range steps {
		if s.action != action {
			continue
		}
		for _, f := range s.changed {
			changed[f] = true
		}
		for name, n := range b.numbers(action, s.before, s.way.answers) {
			limits[name] = max(limits[name], n+1)
		}
	}
	return slices.Sorted(maps.Keys(changed)), limits
}

// staleFor are the fields whose old value enables an action, somewhere in the
// sample, which their new value does not.
func staleFor(b *breaker, action int, steps []step) []int {
	found := map[int]bool{}
	for _, s := range steps {
		for _, f := range s.changed {
			if !found[f] && b.isInside(s.way.after) {
				acts := newCollection(b)
				b.forced(action, f, s.before, s.way.after, acts)
				if len(acts.whose) > 0 {
					found[f] = true
				}
			}
		}
	}
	return slices.Sorted(maps.Keys(found))
}

// differs: the mutant does something else than the model in some state of the
// sample.
func (a *trial) differs(b *breaker, m Mutant) bool {
	return slices.ContainsFunc(a.sample, func(s system.State) bool { return !b.sameAfter(m, s) })
}

// sameAfter: in this state the mutant does what the model does. A panic is
// something else.
func (b *breaker) sameAfter(m Mutant, s system.State) (same bool) {
	defer func() { same = recover() == nil && same }()
	want := map[string]bool{}
	b.each(m.action, s, func(w way) { want[string(b.space.Append(nil, w.after))] = true })
	got := map[string]bool{}
	for _, list := range b.successors(m, s).lists {
		for _, next := range list {
			got[string(b.space.Append(nil, next))] = true
		}
	}
	return maps.Equal(got, want)
}
