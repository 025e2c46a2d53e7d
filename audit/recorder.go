package audit

import (
	"github.com/muster-mc/muster/internal/fingerprint"
	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
)

// The names of the properties through which a recorder observes an exploration.
const (
	stateRecorder = "(states)"
	stepRecorder  = "(steps)"
)

func isRecorder(property string) bool { return property == stateRecorder || property == stepRecorder }

// sampleStates is the number of states from which the possible mutants of a model are
// determined.
const sampleStates = 500

// recorder records all states and steps of an exploration with one worker. It does so
// by properties that always hold and see every state and step. The engine may evaluate
// a property twice on the same state, so the recorder identifies states by their
// fingerprints.
type recorder struct {
	codec  system.Codec
	space  system.Space
	hasher *fingerprint.Hasher
	states map[fingerprint.Print]struct{}
	steps  map[fingerprint.Print]struct{}
	bytes  []byte
	sample []system.State
}

func newRecorder(c system.Codec) *recorder {
	return &recorder{
		codec: c, space: c.New(), hasher: fingerprint.New(0),
		states: map[fingerprint.Print]struct{}{}, steps: map[fingerprint.Print]struct{}{},
	}
}

// on returns the model with the properties of the recorder.
func (w *recorder) on(m *system.System) *system.System {
	seen := *m
	seen.Properties = append(m.Properties[:len(m.Properties):len(m.Properties)],

		system.Property{Name: stateRecorder, Kind: model.KindAlways, State: w.seeState},
		system.Property{Name: stepRecorder, Kind: model.KindAlwaysStep, Step: w.seeStep})
	return &seen
}

func (w *recorder) seeState(s system.State) bool {
	w.bytes = w.space.Append(w.bytes[:0], s)
	if note(w.states, w.hasher.Of(w.bytes)) && len(w.sample) < sampleStates {
		kept := w.codec.Make()
		w.codec.New().Copy(kept, s)
		w.sample = append(w.sample, kept)
	}
	return true
}

func (w *recorder) seeStep(before, after system.State) bool {
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

// digest identifies a state graph by a sum over its states and one over its steps.
type digest struct{ states, steps sum }

// sum is the sum of fingerprints, which does not depend on their order.
type sum struct {
	count       int
	hash, extra uint64
}

func (w *recorder) digest() digest { return digest{sumOf(w.states), sumOf(w.steps)} }

func sumOf(seen map[fingerprint.Print]struct{}) sum {
	s := sum{count: len(seen)}
	for p := range seen {
		s.hash += p.Hash
		s.extra += p.Extra
	}
	return s
}
