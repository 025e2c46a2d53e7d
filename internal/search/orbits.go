package search

import (
	"github.com/muster-mc/muster/internal/orbit"
	"github.com/muster-mc/muster/internal/system"
)

// representative returns the encoding of the state that stands for a pending successor's
// orbit, which is valid until the next call, or nil if it cannot be found: the search then
// ends, because no state may be left out.
func (w *worker) representative(i int, o system.Origin) []byte {
	state, err := w.reducer.Canonical(w.Pending.Encoded[i])
	if err != nil {
		w.find(w.found.Other(Breach), Before(w.block.first+o.Parent(), o.Ordinal()), err.Error())
		w.panicked = true
		return nil
	}
	return state
}

// noteOrbit notes how many states a new state stands for. That is worked out once more,
// for the few candidates that are new, because candidates may be in files meanwhile.
func (w *worker) noteOrbit(state []byte) {
	if w.reducer == nil {
		return
	}
	if _, err := w.reducer.Canonical(state); err != nil {
		panic("a state has no representative, and was found by one: this is a bug in Muster: " + err.Error())
	}
	size := w.reducer.Orbit()
	w.block.symmetric += size
	w.block.sizes = append(w.block.sizes, size)
}

// Orbits are the orbits of which one state each is searched, or nil.
func (s *Search) Orbits() *orbit.Orbits { return s.config.Orbits }

// keyOutside is the key of a pending successor that does not satisfy the constraint. All
// states of an orbit are one finding.
func (w *worker) keyOutside(i int) uint64 {
	if w.reducer == nil {
		return w.cache.Print(uint8(i), w.Pending.Encoded[i]).Hash | 1
	}
	state := w.representative(i, w.Pending.Origins[i])
	return w.hasher.Of(state).Hash | 1
}
