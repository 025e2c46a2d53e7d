package simulate

import (
	"context"
	"encoding/binary"
	"math/rand/v2"

	"github.com/muster-mc/muster/internal/fingerprint"
	"github.com/muster-mc/muster/internal/system"
)

// Result is what random walks have found. States and steps count as distinct if their
// fingerprints of 128 bits are.
type Result struct {
	Found       map[Kind]Route // the way to the first finding of each kind
	Coverage    []uint64       // by action: the times it was taken
	Begun       uint64         // walks
	Outside     uint64         // walks that ended outside the constraint
	Taken       uint64         // steps
	Longest     int            // states of the longest walk
	States      uint64         // distinct states that the walks saw
	Steps       uint64         // distinct steps
	Interrupted bool
}

// Walks are random walks through a system. One goroutine takes all walks, one after the
// other, so the order in which findings come is given by the seed alone.
type Walks struct {
	*walker
	Result
	ctx  context.Context
	seen *sights
	over bool
}

// New prepares walks that end when the context is cancelled.
func New(ctx context.Context, c Config) *Walks {
	s := &Walks{walker: newWalker(ctx, c), ctx: ctx, seen: newSights()}
	s.Found, s.Coverage = map[Kind]Route{}, make([]uint64, len(c.Actions))
	return s
}

// The errors of a system that no walk can begin in.
var (
	ErrNoStates = &system.ModelError{Problem: "Init returned false for everything it chose: there is no initial state"}
	ErrOutside  = &system.ModelError{Problem: "Constraint is false for every initial state that a walk began in"}
	ErrRare     = &system.ModelError{Problem: "Init returned false for all answers that were drawn at random: too few of its combinations are initial states"}
)

// Run takes one walk after the other until something is wrong. Each has random numbers of
// its own, from the seed and the walk's number, so that a walk does not depend on the
// length of the walks before it. A walk that was interrupted leaves what was found up to
// then.
func (s *Walks) Run() (Result, error) {
	c := s.config
	for s.Begun < uint64(c.Walks) && !s.over {
		if s.Interrupted = s.ctx.Err() != nil; s.Interrupted {
			break
		}
		r := rand.New(rand.NewPCG(c.Seed, s.Begun))
		s.Begun++
		s.Begin()
		if way := s.walk(r); len(way) == 0 && !s.over && !s.Interrupted {
			return s.Result, s.noStates()
		}
		if s.Interrupted {
			break
		}
	}
	s.States, s.Steps = uint64(len(s.seen.states)), uint64(len(s.seen.steps))
	if s.States == 0 && !s.over && !s.Interrupted {
		return s.Result, ErrOutside
	}
	return s.Result, nil
}

// SoFar is the result of walks that do not end although their context was cancelled, for
// another goroutine than theirs.
//
// The walks have not noticed the cancellation, so the model's code is running and the
// walks write nothing meanwhile. Locks would slow down every step of all other
// simulations.
//
//go:norace
func (s *Walks) SoFar() Result {
	r := s.Result
	r.States, r.Steps, r.Interrupted = uint64(len(s.seen.states)), uint64(len(s.seen.steps)), true
	return r
}

// noStates says why a walk could not begin. The walker still stands before the first
// state, so Init is asked once more: the walk did not keep the reason. The random numbers
// matter only to an Init that has too many combinations to be listed.
func (s *Walks) noStates() error {
	if _, is := s.choose(0, rand.New(rand.NewPCG(0, 0))); is == undecided {
		return ErrRare
	}
	return ErrNoStates
}

// walk takes one walk, and returns it. The step by Init counts as a step, as the states
// that a search generates include the initial ones. Only coverage leaves Init out,
// because Init is none of the actions that are tried.
func (s *Walks) walk(r *rand.Rand) Route {
	var way Route
	from := fingerprint.Print{}
	for len(way) < s.config.Depth {
		m, fate := s.step(r)
		switch fate {
		case isStuck:
			s.stuck(way)
			return way
		case isLost:
			return way
		case isCut:
			s.Interrupted = true
			return way
		case panics:
			s.find(Panic, way)
			return way
		}
		if !s.Initial() {
			s.Coverage[m.action]++
		}
		way = append(way, m)
		s.Taken++
		s.Longest = max(s.Longest, len(way))
		to := s.print()
		// A step counts even if it leads out of the constraint, as in a search. The state
		// that it leads to counts further below: only inside the constraint, and if no
		// finding there ends the walks.
		s.seen.step(from, m)
		if !s.judge(way) {
			return way
		}
		s.seen.states[to] = struct{}{}
		from = to
	}
	return way
}

// judge looks for findings where the walk has come to, and reports whether it goes on.
// All properties are asked, also after a finding or a panic, so the findings in one state
// do not depend on the order of the properties. A violation in a state outside the
// constraint counts.
func (s *Walks) judge(way Route) bool {
	panicked := false
	for _, i := range s.config.Properties {
		found, p := s.Shows(i)
		panicked = panicked || p != nil
		if found {
			s.find(Kind(i), way)
		}
	}
	inside, p := s.Inside()
	if panicked || p != nil {
		s.find(Panic, way)
	}
	if !inside {
		s.Outside++
	}
	return inside && !s.over
}

// stuck is for a place from where no step leads on. An empty way is an Init that rejects
// everything: an error of the model and no deadlock.
func (s *Walks) stuck(way Route) {
	if len(way) == 0 || !s.config.Deadlock {
		return
	}
	terminal, panicked := s.IsTerminal()
	switch {
	case panicked != nil:
		s.find(Panic, way)
	case !terminal:
		s.find(Deadlock, way)
	}
}

// find keeps the way to the first finding of its kind. A violation is the end; a state
// that a property wants to be reached is none. The route is cloned, because the walk goes
// on appending to its own. Only a state that was to be reached can be found again, and
// the report shows one way to it.
func (s *Walks) find(kind Kind, way Route) {
	if _, known := s.Found[kind]; known {
		return
	}
	s.Found[kind] = way.clone()
	s.over = s.over || kind < 0 || !s.config.System.Properties[kind].IsReachable()
}

// Shorten makes a route to a finding shorter, until neither leaving out steps nor a
// search for shorter ways between its states helps.
func (r Route) Shorten(ctx context.Context, c Config, kind Kind) Route {
	return newWalker(ctx, c).shorten(r, kind)
}

// sights are the states and steps that the walks have seen. They grow as long as the
// walks go on: the memory is in proportion to what was seen, not to the length of the
// walks.
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

// step notes a step: where it begins, and which it is. Where the step leads is left out,
// because an action does the same every time. Varints end by themselves and the
// fingerprint has a fixed size, so different steps have different bytes.
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
