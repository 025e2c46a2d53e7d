package audit

import (
	"github.com/muster-mc/muster/internal/fingerprint"
	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
)

// The names of the properties through which a witness sees a model.
const (
	stateWitness = "(states)"
	stepWitness  = "(steps)"
)

func isOurs(property string) bool { return property == stateWitness || property == stepWitness }

// sampleStates is how many states of a model are looked at to find out which
// mutants there can be.
const sampleStates = 500

// witness sees all states and steps of an exploration with one worker: as
// properties that are always true. The engine may ask them of the same state
// twice, so each is known by its fingerprint.
type witness struct {
	codec  system.Codec
	space  system.Space
	hasher *fingerprint.Hasher
	states map[fingerprint.Print]struct{}
	steps  map[fingerprint.Print]struct{}
	bytes  []byte
	sample []system.State
}

func newWitness(c system.Codec) *witness {
	return &witness{
		codec: c, space: c.New(), hasher: fingerprint.New(0),
		states: map[fingerprint.Print]struct{}{}, steps: map[fingerprint.Print]struct{}{},
	}
}

// on is the model with the witness in it.
func (w *witness) on(m *system.System) *system.System {
	seen := *m
	seen.Properties = append(m.Properties[:len(m.Properties):len(m.Properties)],

		system.Property{Name: stateWitness, Kind: model.KindAlways, State: w.seeState},
		system.Property{Name: stepWitness, Kind: model.KindAlwaysStep, Step: w.seeStep})
	return &seen
}

func (w *witness) seeState(s system.State) bool {
	w.bytes = w.space.Append(w.bytes[:0], s)
	if note(w.states, w.hasher.Of(w.bytes)) && len(w.sample) < sampleStates {
		kept := w.codec.Make()
		w.codec.New().Copy(kept, s)
		w.sample = append(w.sample, kept)
	}
	return true
}

func (w *witness) seeStep(before, after system.State) bool {
	w.bytes = w.space.Append(w.bytes[:0], before)
	w.bytes = w.space.Append(w.bytes, after)
	note(w.steps, w.hasher.Of(w.bytes))
	return true
}

func note(seen map[fingerprint.Print]struct{}, p fingerprint.Print) bool {
	if _, known := seen[p]; known {
		return false
	}
	seen[p] = struct{}{}
	return true
}

// digest stands for all states and all steps that there are.
type digest struct{ states, steps sum }

// sum adds up fingerprints, in whatever order they come.
type sum struct {
	count       int
	hash, extra uint64
}

func (w *witness) digest() digest { return digest{sumOf(w.states), sumOf(w.steps)} }

func sumOf(seen map[fingerprint.Print]struct{}) sum {
	s := sum{count: len(seen)}
	for p := range seen {
		s.hash += p.Hash
		s.extra += p.Extra
	}
	return s
}
