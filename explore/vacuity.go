package explore

import (
	"slices"

	"github.com/muster-mc/muster/trace"
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

	// NeverApplied are the properties that follow on something, and it never happened: the
	// left side of an implication, of a leads-to or of a formula was never true, or the
	// property claims something of each of nothing.
	NeverApplied []string `json:"neverApplied"`

	// NoFairRun are the properties about whole runs that hold because no fair run stays
	// inside the model's constraint.
	NoFairRun []string `json:"noFairRun,omitempty"`

	// NeverRefused are the guards ([model.Choice.Guard]) that were asked, and
	// always held.
	NeverRefused []string `json:"neverRefused"`
}

// vacuity is known only of a whole space.
func (r *run) vacuity(actions []ActionReport) *Vacuity {
	if r.result.Stop != nil {
		return nil
	}
	v := &Vacuity{NeverEnabled: []string{}, NeverDiscovered: []string{}, NeverApplied: []string{}, NoFairRun: []string{}, NeverRefused: []string{}}
	for _, a := range actions {
		switch {
		case a.Enabled == 0:
			v.NeverEnabled = append(v.NeverEnabled, a.Name)
		case a.Discovered == 0:
			v.NeverDiscovered = append(v.NeverDiscovered, a.Name)
		}
	}
	for i, property := range r.result.Implications {
		if r.result.Applied[i] == 0 && !r.result.Found.First[property].Exists {
			v.NeverApplied = append(v.NeverApplied, r.system.Properties[property].Name)
		}
	}
	for _, property := range r.search.Properties() {
		switch a := r.answers.Of[property]; {
		case a.NoRun:
			v.NoFairRun = append(v.NoFairRun, r.system.Properties[property].Name)
		case a.Vacuous:
			v.NeverApplied = append(v.NeverApplied, r.system.Properties[property].Name)
		}
	}
	for name, refused := range r.result.Guards.All() {
		if !refused {
			v.NeverRefused = append(v.NeverRefused, trace.Escape(name))
		}
	}
	return v
}

// appliedTo is to how many states, or steps, of a whole space an implication
// applies; zero for other properties, and for one that is violated: it is not asked any more.
func (r *run) appliedTo(property int) uint64 {
	i := slices.Index(r.result.Implications, property)
	if i < 0 || r.result.Stop != nil || r.result.Found.First[property].Exists {
		return 0
	}
	return r.result.Applied[i]
}
