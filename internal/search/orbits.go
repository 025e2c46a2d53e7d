package search

import (
	"github.com/muster-mc/muster/internal/fingerprint"
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

// addOrbit appends a candidate whose representative was found just now, and notes how many states
// that stands for.
func (w *worker) addOrbit(o system.Origin, state []byte) fingerprint.Print {
	b, print := w.block, w.hasher.Of(state)
	b.add(print, o, state, &w.owners)
	b.orbits = append(b.orbits, w.reducer.Orbit())
	return print
}

// noteOrbit notes how many states a new state stands for, by the index of its candidate. That is
// worked out once more where the candidate was in a file, which has states alone.
func (w *worker) noteOrbit(i uint64, state []byte) {
	if w.reducer == nil {
		return
	}
	b := w.block
	if len(b.orbits) == 0 {
		if _, err := w.reducer.Canonical(state); err != nil {
			panic("a state has no representative, and was found by one: this is a bug in Muster: " + err.Error())
		}
		b.sizes = append(b.sizes, w.reducer.Orbit())
	} else {
		b.sizes = append(b.sizes, b.orbits[i])
	}
	b.symmetric += b.sizes[len(b.sizes)-1]
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
