package search

import (
	"sync/atomic"

	"github.com/muster-mc/muster/internal/digraph"
	"github.com/muster-mc/muster/internal/pages"
	"github.com/muster-mc/muster/internal/steplog"
)

// linking finds out after each round which numbers the round's candidates have, so
// that the observer of steps learns where they lead: to look the candidates up takes a
// fraction of taking each step once more. An exact set may have the numbers beside the
// states; otherwise there is a table of numbers by keys.
//
// There is no harm in giving up. The observer gets the steps that are missing when
// the search has ended.
//
// The states here are those that were committed: before a round is linked, states is what
// counts.Distinct was before the round.
type linking struct {
	numbers *digraph.Numbers     // nil if the set has the numbers
	keys    [][]uint64           // of all states, in order, keysPart at a time
	chunks  pages.Chunks[uint64] // the memory of keys
	states  int
	room    int // the number of states that the table is for
	list    []steplog.Steps
}

// keysPart is the number of keys that are allocated together. Keys never move, as they
// would in one list that grows, so that there are never two copies of all of them.
const keysPart = 1 << 12

// ObserveSteps has an observer see all steps. An exact set has the states' numbers, then.
func (s *Search) ObserveSteps(o StepObserver) { s.steps = o }

// beginLinking prepares to give the observer the steps. A resumed run has no use for
// that, because it does not see the first steps; nor has a set on disk, because the
// numbers of a round's states are not known after the round. The new caches come last:
// newCache reads the two fields that are set before.
func (s *Search) beginLinking() {
	if s.steps == nil || s.counts.Distinct > 0 || s.store.IsDelayed() {
		return
	}
	// An exact set then has a number beside each state.
	s.store.UseNumbers()
	s.linking = &linking{}
	s.newCaches()
}

// endLinking gives up linking, and leaves the rest of the steps to the end of the search.
// The workers get new caches, which do not make them note steps any more.
func (s *Search) endLinking() {
	if s.linking == nil {
		return
	}
	s.linking.free()
	s.linking = nil
	s.store.DropNumbers()
	s.newCaches()
	s.steps.Done()
}

// link gives the observer the steps of a round. The pads begin anew only after that,
// because the steps refer to the pads' numbers. Linking ends when memory gets short:
// steps can be taken once more, states cannot be given up.
func (s *Search) link() {
	l := s.linking
	if l == nil {
		return
	}
	// The parts are done in this order because each needs the one before: numbers, then
	// what the pads make of them, then the list of steps.
	ok, more := false, false
	// The count of states is compared, because states would get wrong numbers if a round
	// had not been linked.
	if l.number(s) && uint64(l.states) == s.counts.Distinct && l.learn(s) && l.collect(s) {
		ok, more = s.steps.Steps(l.list, l.states, s.level.making == 0)
	}
	if !ok {
		s.endLinking()
		s.steps.Lost() // the steps are taken once more, and whatever is wrong is found once more
		return
	}
	for _, w := range s.workers {
		w.pad.BeginRound()
	}
	if s.held() > s.shares.free/2 || s.steps.Bytes() > s.shares.free/8 || !more {
		s.endLinking()
	}
}

// number gives the new states of the blocks their numbers: those that the commit has given
// them, in the order of blocks and of candidates. It reports false if that cannot be done,
// as when there are more states than a step's destination has bits for.
func (l *linking) number(s *Search) (ok bool) {
	first := l.states
	for i := range s.blocks {
		b := &s.blocks[i]
		// The same prefix sums as in the commit.
		b.numbers = l.states
		l.states += len(b.order)
	}
	switch set := s.store.Numbered(); {
	case l.states > steplog.StatesMax:
		return false
	case set != nil:
		s.each(func(_ *worker, b *block) {
			for i, candidate := range b.order {
				set.SetNumber(b.places[candidate], uint32(b.numbers+i))
			}
		})
		return true
	}
	return l.enter(s.blocks, first)
}

// enter puts the new states of the blocks into the table of numbers, from the first one
// on. It reports false if two have one key. The table cannot grow: a table of twice as
// many states replaces it, and takes the keys of all states anew.
func (l *linking) enter(blocks []block, first int) (ok bool) {
	for i := range blocks {
		b := &blocks[i]
		for _, candidate := range b.order {
			l.add(b.keys[candidate])
		}
	}
	if l.states > l.room {
		l.room, first = 2*l.states, 0
		l.numbers.Free()
		l.numbers = digraph.NewNumbers(l.room)
	}
	for ok = true; ok && first < l.states; {
		part := l.keys[first/keysPart][first%keysPart:]
		part = part[:min(len(part), steplog.BatchKeys)]
		ok = l.numbers.InsertAll(part, uint32(first))
		first += len(part)
	}
	return ok
}

// add appends the key of the next state.
func (l *linking) add(key uint64) {
	last := len(l.keys) - 1
	if last < 0 || len(l.keys[last]) == keysPart {
		l.keys = append(l.keys, l.chunks.Alloc(keysPart)[:0])
		last++
	}
	l.keys[last] = append(l.keys[last], key)
}

// learn has the workers find out the numbers of their candidates. It reports false if
// a candidate has none.
//
// Each worker learns for the blocks that it has expanded, in ascending order, because its
// pad has counted the candidates in that order. A worker writes only to its own pad.
func (l *linking) learn(s *Search) (ok bool) {
	var failed atomic.Bool
	learn := func(i int) {
		pad := &s.workers[i].pad
		for b := range s.blocks {
			switch b, set := &s.blocks[b], s.store.Numbered(); {
			case b.maker != i:
			case set != nil:
				pad.LearnPlaces(b.places, set)
			case !pad.Learn(b.keys, l.numbers):
				failed.Store(true)
				return
			}
		}
		pad.Resolve()
	}
	if s.isSmall() {
		for i := range s.workers {
			learn(i)
		}
	} else {
		s.pool.Run(learn)
	}
	return !failed.Load()
}

// collect lists the steps of the round. It reports false if some are missing. The list is
// in the order of the blocks, so the parents' numbers ascend. The steps to the initial
// states have no parent among the states; only their number is verified.
func (l *linking) collect(s *Search) (ok bool) {
	l.list = l.list[:0]
	if s.level.making == 0 {
		b := &s.blocks[0]
		return uint64(len(b.steps.Targets)) == b.generated
	}
	for i := range s.blocks {
		n, whole := s.blocks[i].allSteps()
		if !whole {
			return false
		}
		// Destinations that are candidates refer to the pad of the worker that expanded the
		// block.
		n.Candidates = s.workers[s.blocks[i].maker].pad.Numbers()
		l.list = append(l.list, n)
	}
	return true
}

// Numbers is a table of the numbers of all states by their [Key], or nil if there is
// none.
func (s *Search) Numbers() *digraph.Numbers {
	if s.linking == nil {
		return nil
	}
	return s.linking.numbers
}

// IsLinked reports whether the observer of steps has seen all steps so far. Once it has
// missed some it never has again: linking does not begin anew.
func (s *Search) IsLinked() bool { return s.linking != nil }

func (l *linking) free() {
	if l != nil {
		l.numbers.Free()
	}
}

// bytes is the memory of the numbers and their keys, in bytes.
func (l *linking) bytes() uint64 {
	if l == nil {
		return 0
	}
	return 8*keysPart*uint64(len(l.keys)) + l.numbers.Bytes()
}

// graphBytes is the memory of the graph of steps while it is made.
func (s *Search) graphBytes() uint64 {
	if s.steps == nil {
		return 0
	}
	return s.steps.Bytes() + s.linking.bytes()
}
