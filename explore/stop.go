package explore

import (
	"context"
	"errors"
	"fmt"
)

// stop is why and when a search ended before the space was exhausted.
type stop struct {
	reason   string // of an incomplete run; empty after a violation
	at       moment // the last thing that counts
	anywhere bool   // at is set
}

func (s *stop) in(b *block) bool {
	return s.anywhere && s.at.parent >= b.first && s.at.parent < b.first+uint64(b.parents)
}

// stopIn finds the first reason to stop in the blocks of a round.
func (e *engine) stopIn(blocks []block) *stop {
	var first *stop
	for _, kind := range e.found.fresh {
		f := &e.found.first[kind]
		if e.ends(kind) && (first == nil || f.at.less(first.at)) {
			first = &stop{at: f.at, anywhere: true}
		}
	}
	if full := e.fullIn(blocks); full != nil && (first == nil || full.at.less(first.at)) {
		first = full
	}
	if first != nil {
		e.found.drop(first.at)
	}
	return first
}

// ends reports whether the search ends with a finding of this kind: a violation
// does unless it is to keep going, a breach of contract or a panic always.
func (e *engine) ends(kind int) bool {
	if kind == e.found.other(aBreach) || kind == e.found.other(aPanic) {
		return true
	}
	return !e.options.KeepGoing && !e.isWitness(kind)
}

// isWitness reports whether a kind of finding is good news: a reachability
// property was reached.
func (e *engine) isWitness(kind int) bool {
	return kind < len(e.model.Properties) && e.model.Properties[kind].IsReachable()
}

// fullIn finds the new state that would be one too many. The search ends just
// before it.
func (e *engine) fullIn(blocks []block) *stop {
	if e.options.MaxStates == 0 {
		return nil
	}
	room := e.options.MaxStates - e.counts.Distinct
	for i := range blocks {
		b := &blocks[i]
		if n := uint64(len(b.order)); n <= room {
			room -= n
			continue
		}
		o := b.origins[b.order[room]]
		return &stop{
			at: before(b.first+o.Parent(), o.Ordinal()), anywhere: true,
			reason: fmt.Sprintf("the limit of %d states was reached", e.options.MaxStates),
		}
	}
	return nil
}

// attachPart counts the part of a block that comes before the end of the search.
func (e *engine) attachPart(b *block, s *stop) {
	t := b.until(s.at)
	e.observe(b, t.distinct)
	e.add(t)
	for _, i := range b.order[:t.distinct] {
		if e.making > 0 {
			e.coverage[b.origins[i].Action()].discovered++
		}
	}
	if e.making > 0 {
		e.workers[0].recount(b, s.at)
	}
}

func reasonDepth(max int) string { return fmt.Sprintf("the limit of %d levels was reached", max) }

// errTimeout tells Options.Timeout from a deadline that the context came with.
var errTimeout = errors.New("the time limit was reached")

func reasonContext(ctx context.Context, o Options) string {
	switch cause := context.Cause(ctx); {
	case errors.Is(cause, errTimeout):
		return fmt.Sprintf("the time limit of %v was reached", o.Timeout)
	case errors.Is(cause, context.DeadlineExceeded):
		return "the time limit was reached"
	}
	return "it was interrupted"
}
