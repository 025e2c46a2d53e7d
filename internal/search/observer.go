package search

import (
	"github.com/muster-mc/muster/internal/steplog"
	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/internal/visited"
)

// Observer sees a search go on. Its methods are called by one goroutine, between the
// phases of a round, and in the order of a sequential search. So an observer needs no
// lock, and its results do not depend on the number of workers; but the workers wait for
// it. Blocks and slices are valid during the call only.
type Observer interface {
	// Block is called for each block, before its first n new states, which are on
	// this level (0 for initial states) and numbered from first on, are counted.
	Block(b *Block, level int, first, n uint64)

	// Level is called when a level is about to be expanded, with the sizes of all
	// levels that are complete.
	Level(levels []uint64)

	// Round is called after each round.
	Round(Standing)
}

// Standing is where a search stands. Sizes are in bytes of memory, except for Written.
type Standing struct {
	Depth     int
	Distinct  uint64
	Generated uint64
	Frontier  uint64 // states of the last whole level that are yet to be expanded
	Expanded  uint64 // states that were expanded

	Store                                                  visited.Kind
	Bytes, StoreBytes, FrontierBytes, LogBytes, GraphBytes uint64
	Written                                                uint64 // bytes, to files
}

// StepObserver sees all steps of a search.
type StepObserver interface {
	// Steps is called after each round with all steps from the states that the round
	// expanded, and the number of states that are known by then. It reports whether
	// the observer could make use of the steps, and whether it wants more. The slice
	// is the observer's until the next call.
	Steps(list []steplog.Steps, states int, initial bool) (ok, more bool)

	// NewLabeller returns labels for the steps of one worker, nil if the observer
	// needs none.
	NewLabeller() system.Labeller

	// Bytes is the memory that the observer holds.
	Bytes() uint64

	// Lost is called when steps are missing: the observer forgets all of them.
	Lost()

	// Done is called when no more steps come.
	Done()
}

// eachObserver calls f for every observer.
func (s *Search) eachObserver(f func(Observer)) {
	for _, o := range s.config.Observers {
		f(o)
	}
}

// measure notes how much memory is held, and tells the observers where the search
// stands. It comes after the log was spilled and before the set is converted, so the peak
// has the larger set.
func (s *Search) measure() {
	now := s.Standing()
	s.peak = max(s.peak, now.Bytes)
	s.eachObserver(func(o Observer) { o.Round(now) })
}

// Standing is where the search stands.
func (s *Search) Standing() Standing {
	return Standing{
		Depth: s.counts.Depth, Distinct: s.counts.Distinct, Generated: s.counts.Generated,
		Frontier: s.waiting(), Expanded: s.level.committedFirst,
		Store: s.store.Kind(), StoreBytes: s.store.Bytes(), FrontierBytes: s.slabs.Bytes(), LogBytes: s.log.InMemory(),
		GraphBytes: s.graphBytes(), Bytes: s.held(), Written: s.files.Written(),
	}
}
