package search

import "slices"

// round expands the blocks, finds which of their candidates are new, and puts
// those into the next level. It reports false if the level must be cut anew first,
// because a parent has too many successors.
//
// Up to the end of the expansion nothing outside the blocks and the workers has changed,
// so a round that is given up there can be begun again.
func (s *Search) round() (ok bool) {
	s.each(func(w *worker, b *block) { w.expand(b) })
	if s.isAbandoned() {
		return true
	}
	if s.isolateWide() {
		return false
	}
	s.finishRound()
	return true
}

// finishRound is the round after its blocks were expanded.
//
// From the insertion into the set to the commit, the set is ahead of the log and the next
// level. A search that is cancelled in between leaves s.inserted set, and a checkpoint
// then omits those states.
func (s *Search) finishRound() {
	if s.store.IsDelayed() {
		s.delay()
		return
	}
	s.deduplicate()
	s.inserted = true
	if s.store.Full() {
		s.stop = &Stop{Reason: reasonFull}
		return
	}
	s.decideToSpill() // before workers write states, so that all of them read one decision
	s.each(func(w *worker, b *block) { w.collect(b) })
	if s.isAbandoned() {
		return
	}
	s.commit()
	s.inserted = false
	if s.stop == nil {
		s.link()
	}
	s.endRound()
}

// endRound makes room for the next round. The log is spilled and the set converted before
// stopIfFull, which ends the run only if neither has helped. A failure of files comes last, and replaces any other reason. Anywhere is kept,
// because a search that has ended in the middle of a round must not be saved.
func (s *Search) endRound() {
	s.spillLog()
	s.measure()
	s.shrinkIfHeavy(s.counts.Distinct)
	s.stopIfFull()
	if err := s.failureOfFiles(); err != nil {
		s.stop = &Stop{Reason: ReasonFailed(err), Anywhere: s.stop != nil && s.stop.Anywhere}
	}
}

// stretches divides the share of a worker: a worker takes a third of its share of the
// blocks that are left. Shares shrink as a round goes on (guided self-scheduling: C. D.
// Polychronopoulos, D. J. Kuck. IEEE Transactions on Computers 36(12), 1987).
const stretches = 3

// smallRound is the number of successors below which a round is not worth waking the
// pool for: the workers would wait for each other longer than they work.
const smallRound = 1 << 14

// isSmall reports whether one worker does the whole round. It goes by the successors that
// the states before had on average.
func (s *Search) isSmall() bool {
	if len(s.blocks) <= 1 {
		return true
	}
	// All multiplied out, for a quotient of two whole numbers would be rounded to nothing
	// where states have less than one new successor.
	parents := s.blocks[len(s.blocks)-1].end() - s.blocks[0].first
	return parents*s.counts.Generated < uint64(s.config.Tuning.SmallRound)*max(1, s.level.committedFirst)
}

// each has every block worked on by one of the workers, and returns when all blocks are
// done: the barrier between two phases.
//
// Blocks are taken in ascending order. So the blocks that a worker takes are in the order
// of the search, which two things rely on: a cache drops only states that were generated
// earlier in that order, and a worker that leaves a block after a panic misses only
// states that come after the panic.
func (s *Search) each(work func(*worker, *block)) {
	if s.isSmall() {
		for b := range s.blocks {
			s.work(work, 0, b)
		}
		return
	}
	s.cursor.Store(0)
	s.pool.Run(func(i int) {
		for {
			from, to := s.takeBlocks()
			if from == to {
				return
			}
			for b := from; b < to; b++ {
				s.work(work, i, b)
			}
		}
	})
}

// work has a worker work on a block. The mark costs two atomic writes for each block,
// and is all that IsStuck needs.
func (s *Search) work(work func(*worker, *block), worker, block int) {
	w := s.workers[worker]
	w.isBusy.Store(true)
	work(w, &s.blocks[block])
	w.isBusy.Store(false)
}

// IsStuck reports whether a worker is busy with a block, or states are made again. When
// the search was cancelled some time ago, that can only be because the model's code does
// not return.
func (s *Search) IsStuck() bool {
	return s.refilling.Load() != nil || slices.ContainsFunc(s.allWorkers(), func(w *worker) bool { return w.isBusy.Load() })
}

// allWorkers are those of the search itself, and those of Pieces.
func (s *Search) allWorkers() []*worker {
	s.othersMutex.Lock()
	defer s.othersMutex.Unlock()
	return slices.Concat(s.workers, s.others)
}

// Hung describes the model's code that does not return, when the search does not end
// although it was cancelled, or returns nothing if there is none. Another goroutine than
// the one that runs the search calls Hung, and reads a worker's fields without
// synchronization: the worker hangs, so it no longer writes, and locks would slow down each
// attempt of every search.
//
//go:norace
func (s *Search) Hung() string {
	for _, w := range s.allWorkers() {
		if !w.isBusy.Load() {
			continue
		}
		if checked := w.watch.Hung(); checked != "" {
			return checked
		}
		return w.Hung(s.system(), s.plan.actions, w.expander)
	}
	if r := s.refilling.Load(); r != nil {
		return r.Hung(s.system(), s.plan.actions, r.expander)
	}
	return ""
}

// takeBlocks gives a worker blocks that follow each other: many while there are
// many, so that its cache helps, and few in the end, so that all workers are done at
// the same time. From and to are equal when there is no block left.
func (s *Search) takeBlocks() (from, to int) {
	for {
		next := s.cursor.Load()
		// A stale value does no harm: the exchange fails then, and the loop looks again.
		left := len(s.blocks) - int(next)
		some := min(left, max(1, left/(stretches*len(s.workers))))
		if s.cursor.CompareAndSwap(next, next+int64(some)) {
			return int(next), int(next) + some
		}
	}
}

// deduplicate inserts every candidate into the set, in the order of the search
// within each partition. Of several candidates with one state the first in that order is
// new, whatever the number of workers.
//
// Each partition has one owner, and the owner writes only to its own lists of each block
// and to the places of its own candidates, so there are no locks. The store itself is
// converted only between phases.
func (s *Search) deduplicate() {
	owner := func(i int) {
		for b := range s.blocks {
			b := &s.blocks[b]
			b.fresh[i] = s.store.Insert(b.candidates[i], &b.states, b.base, b.fresh[i][:0], b.places)
		}
	}
	if s.isSmall() {
		for i := range s.workers {
			owner(i)
		}
		return
	}
	s.pool.Run(owner)
}

// commit numbers the new states in order, and counts them. Then all workers copy the
// states' predecessors into the log.
//
// The findings come first, because they decide where the search ends, and nothing after
// that place may be counted. Observers see a block before it is counted.
func (s *Search) commit() {
	last := &s.blocks[len(s.blocks)-1]
	for _, w := range s.workers {
		s.found.merge(&w.found, last.end())
	}
	s.stop = s.stopIn(s.blocks)
	for i := range s.blocks {
		b := &s.blocks[i]
		if s.stop != nil && s.stop.isIn(b) {
			s.commitPart(b, s.stop)
			break
		}
		s.commitBlock(b)
	}
	// Not all successors of a partial parent are counted, so the parent itself is not
	// committed yet. The root is in no level.
	if l := &s.level; l.making > 0 && last.partial {
		l.committedAt, l.committedFirst = last.from, last.first
	} else if l.making > 0 {
		l.committedAt, l.committedFirst = last.to, last.end()
	}
	s.partial = last.partial
	if s.found.Any() {
		s.found.fresh = s.found.fresh[:0]
		for _, w := range s.workers {
			w.askWhatIsLeft(&s.found)
		}
	}
	// Reserve has given each block its own room in the log, so the copying needs no
	// order. Blocks that were not committed have no room, and Fill skips them.
	s.each(func(_ *worker, b *block) { b.links.Fill() })
}

// commitBlock counts a whole block. Its parents' memory is given back here and not when
// they were expanded: until the commit the round may be given up, and a checkpoint then
// has the parents. A partial parent is needed for its next part.
func (s *Search) commitBlock(b *block) {
	// Before the block is counted: an observer is told the number of the first of these
	// states, which is the count so far.
	s.observe(b, uint64(len(b.order)))
	s.add(b.tally())
	for a := range s.coverage {
		s.coverage[a].add(b.coverage[a])
	}
	for i, n := range b.applied {
		s.applied[i] += n
	}
	s.log.Reserve(&b.links)
	s.level.next = append(roomFor(s.level.next, len(b.next)), b.next...)
	if !s.config.KeepStates && !b.partial {
		for _, f := range b.parentFragments {
			f.Release()
		}
	}
}

// roomFor doubles a list that has no room for this many more elements. Append alone grows
// a long list by a quarter at a time, and so copies each fragment several times into
// memory that is written to for the first time, which is slow.
func roomFor[E any](list []E, more int) []E {
	if len(list)+more > cap(list) {
		return slices.Grow(list, max(more, len(list)))
	}
	return list
}

// observe shows the observers the first new states of a block: all of them, unless the
// search ends in it.
func (s *Search) observe(b *block, states uint64) {
	for _, o := range s.config.Observers {
		o.Block(&Block{b}, s.level.making, s.counts.Distinct, states)
	}
}

// add counts states into the level that is being made.
func (s *Search) add(t tally) {
	c := &s.counts
	c.Generated += t.generated
	c.Outside += t.outside
	c.Distinct += t.distinct
	c.Symmetric += t.symmetric
	s.stateBytes += t.bytes
	if t.distinct == 0 {
		return
	}
	if making := s.level.making; making == len(c.Levels) {
		c.Levels = append(c.Levels, t.distinct)
		c.Depth++
	} else {
		c.Levels[making] += t.distinct
	}
}

// isAbandoned reports whether the search was cancelled in the middle of a round, which
// then counts for nothing. Workers leave their blocks early once they notice the
// cancellation, so the blocks of the round are not whole and must not be committed. Every
// phase in which a worker may leave early is therefore followed by this question.
func (s *Search) isAbandoned() bool {
	if !s.cancelled.Load() {
		return false
	}
	s.stop = &Stop{Reason: s.reasonCancelled()}
	return true
}
