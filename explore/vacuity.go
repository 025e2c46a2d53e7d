package explore

import (
	"slices"

	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
)

// Vacuity is what was never put to the test in a space that was explored to the
// end. None of it is wrong by itself, but each is a sign that the model does less
// than was meant, or that a claim says less. No list is nil.
type Vacuity struct {
	// NeverEnabled are the actions that never took place.
	NeverEnabled []string `json:"neverEnabled"`

	// NeverDiscovered are the actions that took place, but never led to a state
	// that was not known already. Where several actions lead to a state, the one
	// that comes first in the order of the search has discovered it.
	NeverDiscovered []string `json:"neverDiscovered"`

	// NeverApplied are the implications whose left side was never true.
	NeverApplied []string `json:"neverApplied"`

	// NeverRefused are the guards ([model.Choice.Guard]) that were asked, and
	// always held.
	NeverRefused []string `json:"neverRefused"`
}

// vacuity is known only of a whole space.
func (e *engine) vacuity(actions []ActionReport) *Vacuity {
	if e.stop != nil {
		return nil
	}
	v := &Vacuity{NeverEnabled: []string{}, NeverDiscovered: []string{}, NeverApplied: []string{}, NeverRefused: []string{}}
	for _, a := range actions {
		switch {
		case a.Enabled == 0:
			v.NeverEnabled = append(v.NeverEnabled, a.Name)
		case a.Discovered == 0:
			v.NeverDiscovered = append(v.NeverDiscovered, a.Name)
		}
	}
	for i, property := range e.implications {
		if e.applied[i] == 0 && !e.found.first[property].exists {
			v.NeverApplied = append(v.NeverApplied, e.model.Properties[property].Name)
		}
	}
	for name, refused := range e.allGuards().All() {
		if !refused {
			v.NeverRefused = append(v.NeverRefused, name)
		}
	}
	return v
}

// allGuards is what all workers noted, and those of a run that was resumed.
func (e *engine) allGuards() *model.Guards {
	var all model.Guards
	all.Merge(&e.guards)
	for _, w := range e.workers {
		all.Merge(&w.guards)
	}
	return &all
}

// appliedTo is to how many states, or steps, of a whole space an implication
// applies; zero for other properties, and for one that is violated: it is not asked any more.
func (e *engine) appliedTo(property int) uint64 {
	i := slices.Index(e.implications, property)
	if i < 0 || e.stop != nil || e.found.first[property].exists {
		return 0
	}
	return e.applied[i]
}

// implies is the verdict of an implication on a state, which is counted if it is
// one that counts.
func (r *reader) implies(s system.State) bool {
	if !r.claim.When(s) {
		return true
	}
	r.applied += *r.counting
	return r.claim.Then(s)
}

// impliesStep is the verdict of an implication on a step, which is counted.
func (r *reader) impliesStep(before, after system.State) bool {
	if !r.steps.When(before, after) {
		return true
	}
	r.applied++
	return r.steps.Then(before, after)
}

// noteApplied has the block keep what was counted for it: which blocks a run has
// come to is not known before it ends.
func (w *worker) noteApplied() {
	for i, property := range w.engine.implications {
		r := w.readers[property]
		w.block.applied[i] += r.applied
		r.applied = 0
	}
}
