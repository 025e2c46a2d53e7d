package explore

import (
	"context"
	"encoding/binary"
	"math/rand/v2"
	"slices"

	"github.com/muster-mc/muster/internal/fingerprint"
)

// simulation is the random walks through a model, and what they find.
type simulation struct {
	*wanderer
	options     SimulateOptions
	seen        *sights
	found       map[int]route // the way to what was found first, by its kind
	coverage    []uint64      // how often each action was taken
	begun       uint64
	taken       uint64
	longest     int
	interrupted bool
	over        bool
}

// walks takes one walk after the other until something is wrong. Each has random
// numbers of its own.
func (s *simulation) walks(ctx context.Context) error {
	s.coverage = make([]uint64, len(s.actions))
	for s.begun < uint64(s.options.Walks) && !s.over {
		if s.interrupted = ctx.Err() != nil; s.interrupted {
			return nil
		}
		r := rand.New(rand.NewPCG(s.options.Seed, s.begun))
		s.begun++
		s.begin()
		if way := s.walk(r); len(way) == 0 && !s.over {
			return &ModelError{s.model.Name, s.noStates()}
		}
	}
	if len(s.seen.states) == 0 && !s.over {
		return &ModelError{s.model.Name, "Constraint is false for every initial state that a walk began in"}
	}
	return nil
}

// walk takes one walk, and returns it.
func (s *simulation) walk(r *rand.Rand) route {
	var way route
	from := fingerprint.Print{}
	for len(way) < s.options.Depth {
		m, fate := s.step(r)
		switch fate {
		case isStuck:
			s.stuck(way)
			return way
		case panics:
			s.find(s.engine.found.other(aPanic), way)
			return way
		}
		if !s.initial {
			s.coverage[m.action]++
		}
		way = append(way, m)
		s.taken++
		s.longest = max(s.longest, len(way))
		to := s.hasher.Of(s.encoded)
		s.seen.step(from, m)
		if !s.judge(way) {
			return way
		}
		s.seen.states[to] = struct{}{}
		from = to
	}
	return way
}

// judge looks for findings where the walk has come to, and reports whether it
// goes on.
func (s *simulation) judge(way route) bool {
	panicked := false
	for _, i := range s.properties {
		found, p := s.shows(i)
		panicked = panicked || p
		if found && !p {
			s.find(i, way)
		}
	}
	inside, p := s.inside()
	if panicked || p {
		s.find(s.engine.found.other(aPanic), way)
	}
	return inside && !s.over
}

// stuck: nothing leads on from here.
func (s *simulation) stuck(way route) {
	if len(way) == 0 || !s.deadlock {
		return
	}
	terminal, panicked := s.terminal()
	switch {
	case panicked:
		s.find(s.engine.found.other(aPanic), way)
	case !terminal:
		s.find(s.engine.found.other(aDeadlock), way)
	}
}

// find keeps the way to the first finding of its kind. A violation is the end.
func (s *simulation) find(kind int, way route) {
	if _, known := s.found[kind]; known {
		return
	}
	s.found[kind] = slices.Clone(way)
	s.over = s.over || !s.isWitness(kind)
}

// sights are what the walks have seen.
type sights struct {
	states map[fingerprint.Print]struct{}
	steps  map[fingerprint.Print]struct{}
	hasher *fingerprint.Hasher
	bytes  []byte
}

func newSights() *sights {
	return &sights{
		states: map[fingerprint.Print]struct{}{}, steps: map[fingerprint.Print]struct{}{},
		hasher: fingerprint.New(0),
	}
}

// step notes a step: where it begins, and which it is.
func (s *sights) step(from fingerprint.Print, m move) {
	b := binary.LittleEndian.AppendUint64(s.bytes[:0], from.Hash)
	b = binary.LittleEndian.AppendUint64(b, from.Extra)
	b = binary.AppendUvarint(b, uint64(m.action))
	for _, a := range m.answers {
		b = binary.AppendUvarint(b, uint64(a))
	}
	s.bytes = b
	s.steps[s.hasher.Of(b)] = struct{}{}
}

func (s *sights) extent() Extent {
	return Extent{States: uint64(len(s.states)), Steps: uint64(len(s.steps))}
}
