package explore

import (
	"context"
	"slices"
)

// round expands the blocks, finds which of their candidates are new, and puts
// those into the next level.
func (e *engine) round(ctx context.Context) {
	e.each(func(w *worker, b *block) { w.expand(b) })
	if e.abandoned(ctx) {
		return
	}
	if e.store.disk != nil {
		e.postpone(ctx)
		return
	}
	e.deduplicate()
	e.early = true
	if e.store.Full() {
		e.stop = &stop{reason: reasonFull}
		return
	}
	e.makeWay()
	e.each(func(w *worker, b *block) { w.collect(b) })
	if e.abandoned(ctx) {
		return
	}
	e.attach()
	e.early = false
	if e.stop == nil {
		e.link()
	}
	e.tidy()
}

// tidy is for the end of a round: it sees to it that memory is enough for the
// next one.
func (e *engine) tidy() {
	e.trim()
	e.measure()
	e.shrinkIfHeavy(e.counts.Distinct)
	e.endIfFull()
	if err := e.failureOfFiles(); err != nil {
		e.stop = &stop{reason: failed(err), anywhere: e.stop != nil && e.stop.anywhere}
	}
}

// each has every block worked on by one of the workers, in order. A single
// block is not worth waking anybody for.
func (e *engine) each(work func(*worker, *block)) {
	if len(e.blocks) == 1 {
		work(e.workers[0], &e.blocks[0])
		return
	}
	e.cursor.Store(0)
	e.team.run(func(i int) {
		for {
			from, to := e.takeBlocks()
			if from == to {
				return
			}
			for b := from; b < to; b++ {
				work(e.workers[i], &e.blocks[b])
			}
		}
	})
}

// takeBlocks gives a worker blocks that follow each other: many while there are
// many, so that what it met in one helps it with the next, and few in the end, so
// that all are done at the same time.
func (e *engine) takeBlocks() (from, to int) {
	for {
		next := e.cursor.Load()
		left := len(e.blocks) - int(next)
		some := min(left, max(1, left/(stretches*len(e.workers))))
		if e.cursor.CompareAndSwap(next, next+int64(some)) {
			return int(next), int(next) + some
		}
	}
}

// deduplicate inserts every candidate into the set, in canonical order within
// each partition.
func (e *engine) deduplicate() {
	owners := func(i int) {
		for b := range e.blocks {
			block := &e.blocks[b]
			block.fresh[i] = e.store.insert(block, block.candidates[i], block.fresh[i][:0])
		}
	}
	if len(e.blocks) == 1 {
		for i := range e.workers {
			owners(i)
		}
		return
	}
	e.team.run(owners)
}

// attach numbers the new states in order: prefix sums, and the only part of a
// round that one goroutine does alone. Then all copy what is to be known of the
// states' parents.
func (e *engine) attach() {
	e.attachBlocks()
	e.each(func(_ *worker, b *block) { b.links.Fill() })
}

func (e *engine) attachBlocks() {
	last := &e.blocks[len(e.blocks)-1]
	for _, w := range e.workers {
		e.found.merge(&w.found, last.end())
	}
	e.stop = e.stopIn(e.blocks)
	for i := range e.blocks {
		b := &e.blocks[i]
		if e.stop != nil && e.stop.in(b) {
			e.attachPart(b, e.stop)
			break
		}
		e.observe(b, uint64(len(b.order)))
		e.add(b.tally())
		for a := range e.coverage {
			e.coverage[a].add(b.coverage[a])
		}
		for i, n := range b.applied {
			e.applied[i] += n
		}
		e.log.Reserve(&b.links)
		e.next = append(roomFor(e.next, len(b.next)), b.next...)
		if !e.temporal {
			for _, f := range b.parentFragments {
				f.Release()
			}
		}
	}
	if e.making > 0 {
		e.settledAt, e.settledFirst = last.to, last.end()
	}
	if len(e.found.fresh) > 0 {
		e.found.fresh = e.found.fresh[:0]
		for _, w := range e.workers {
			w.forget(&e.found)
		}
	}
}

// roomFor doubles a list that has no room for so many more: one that is about states
// becomes long, and memory that is written to for the first time is dear.
func roomFor[E any](list []E, more int) []E {
	if len(list)+more > cap(list) {
		return slices.Grow(list, max(more, len(list)))
	}
	return list
}

// observe shows new states to who wants to explain them.
func (e *engine) observe(b *block, states uint64) {
	if e.explainer != nil {
		e.explainer.observe(b, e.making, e.counts.Distinct, states)
	}
}

// add counts states into the level being made.
func (e *engine) add(t tally) {
	e.counts.Generated += t.generated
	e.counts.Distinct += t.distinct
	e.stateBytes += t.bytes
	if t.distinct == 0 {
		return
	}
	if made := e.making; made == len(e.counts.Levels) {
		e.counts.Levels = append(e.counts.Levels, t.distinct)
		e.counts.Depth++
	} else {
		e.counts.Levels[made] += t.distinct
	}
}

// abandoned reports whether the run was cancelled in the middle of a round,
// which then counts for nothing.
func (e *engine) abandoned(ctx context.Context) bool {
	if !e.cancelled.Load() {
		return false
	}
	e.stop = &stop{reason: e.reasonCancelled(ctx)}
	return true
}
