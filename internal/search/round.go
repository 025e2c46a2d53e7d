package search

import "slices"

// round expands the blocks, finds which of their candidates are new, and puts
// those into the next level. It reports false if the level must be cut anew first,
// because a parent has too many successors.
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
	s.decideToSpill()
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

// endRound sees to it that memory is enough for the next round.
func (s *Search) endRound() {
	s.spillLog()
	s.measure()
	s.shrinkIfHeavy(s.counts.Distinct)
	s.stopIfFull()
	if err := s.failureOfFiles(); err != nil {
		s.stop = &Stop{Reason: ReasonFailed(err), Anywhere: s.stop != nil && s.stop.Anywhere}
	}
}

// stretches is into how many stretches of blocks each worker's share of the rest of a
// round is cut when the worker takes the next one.
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
	parents := s.blocks[len(s.blocks)-1].end() - s.blocks[0].first
	return parents*s.counts.Generated < uint64(s.config.Tuning.SmallRound)*max(1, s.level.committedFirst)
}

// each has every block worked on by one of the workers, in order.
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

// work has a worker work on a block.
func (s *Search) work(work func(*worker, *block), worker, block int) {
	w := s.workers[worker]
	w.isBusy.Store(true)
	work(w, &s.blocks[block])
	w.isBusy.Store(false)
}

// IsStuck reports whether a worker is busy with a block. When the search was cancelled
// some time ago, that can only be because the model's code does not return.
func (s *Search) IsStuck() bool {
	return slices.ContainsFunc(s.workers, func(w *worker) bool { return w.isBusy.Load() })
}

// Hung describes the model's code that does not return, when the search does not end
// although it was cancelled. Another goroutine than the one that runs the search calls
// it.
//
//go:norace
func (s *Search) Hung() string {
	for _, w := range s.workers {
		if !w.isBusy.Load() {
			continue
		}
		if checked := w.contract.Hung(); checked != "" {
			return checked
		}
		return w.Hung(s.system(), s.plan.actions, w.expander)
	}
	return "the model's code"
}

// takeBlocks gives a worker blocks that follow each other: many while there are
// many, so that its cache helps, and few in the end, so that all workers are done at
// the same time.
func (s *Search) takeBlocks() (from, to int) {
	for {
		next := s.cursor.Load()
		left := len(s.blocks) - int(next)
		some := min(left, max(1, left/(stretches*len(s.workers))))
		if s.cursor.CompareAndSwap(next, next+int64(some)) {
			return int(next), int(next) + some
		}
	}
}

// deduplicate inserts every candidate into the set, in the order of the search
// within each partition.
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
	s.each(func(_ *worker, b *block) { b.links.Fill() })
}

func (s *Search) commitBlock(b *block) {
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

// roomFor doubles a list that has no room for this many more elements: a list of
// states becomes long, and memory that is written to for the first time is dear.
func roomFor[E any](list []E, more int) []E {
	if len(list)+more > cap(list) {
		return slices.Grow(list, max(more, len(list)))
	}
	return list
}

// observe shows the observers the first new states of a block.
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
// then counts for nothing.
func (s *Search) isAbandoned() bool {
	if !s.cancelled.Load() {
		return false
	}
	s.stop = &Stop{Reason: s.reasonCancelled()}
	return true
}
