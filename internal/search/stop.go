package search

import (
	"fmt"

	"github.com/muster-mc/muster/internal/number"
)

// Stop is why and when a search ended before the space was exhausted. There are two ways
// to end. A search that ends at a position has counted everything up to it, and cannot be
// resumed: part of a block is counted, and the log and the next level lack that part. A
// search that ends between rounds has no position, and a checkpoint can be written.
type Stop struct {
	Reason   string   // of an incomplete run; empty after a violation
	At       Position // the last thing that counts
	Anywhere bool     // At is set
}

// isIn reports whether the search ends in a block.
func (s *Stop) isIn(b *block) bool {
	return s.Anywhere && s.At.Parent >= b.first && s.At.Parent < b.first+uint64(b.parents)
}

// stopIn finds the first reason to stop in the blocks of a round. A violation and the
// limit of states may both be in them, and then the earlier one counts: a search with one
// queue would have met that one. Only fresh findings can end the search now.
func (s *Search) stopIn(blocks []block) *Stop {
	var first *Stop
	for _, kind := range s.found.fresh {
		f := &s.found.First[kind]
		if s.ends(kind) && (first == nil || f.At.Less(first.At)) {
			first = &Stop{At: f.At, Anywhere: true}
		}
	}
	if full := s.fullIn(blocks); full != nil && (first == nil || full.At.Less(first.At)) {
		first = full
	}
	if first != nil {
		s.found.drop(first.At, s.level.making == 0)
	}
	return first
}

// ends reports whether the search ends with a finding of this kind: a violation does
// unless the search is to keep going, a breach of contract or a panic always. After a
// breach no result can be trusted; after a panic the block is not whole.
func (s *Search) ends(kind int) bool {
	if kind == s.found.Other(Breach) || kind == s.found.Other(Panic) {
		return true
	}
	return !s.config.KeepGoing && !s.IsWitness(kind)
}

// IsWitness reports whether a kind of finding is good news: a property that claims
// that a state is reachable.
func (s *Search) IsWitness(kind int) bool {
	return kind < len(s.system().Properties) && s.system().Properties[kind].IsReachable()
}

// fullIn finds the new state that would be one too many. The search ends just before
// it, so the number of states is exactly the limit, whatever the size of a round.
func (s *Search) fullIn(blocks []block) *Stop {
	if s.config.MaxStates == 0 {
		return nil
	}
	// The counts never exceed the limit, since a search ends when a round would: the
	// difference cannot be negative.
	room := s.config.MaxStates - s.counts.Distinct
	for i := range blocks {
		b := &blocks[i]
		if n := uint64(len(b.order)); n <= room {
			room -= n
			continue
		}
		o := b.origins[b.order[room]]
		return &Stop{
			At: Before(b.first+o.Parent(), o.Ordinal()), Anywhere: true,
			Reason: fmt.Sprintf("the limit of %s was reached", number.Count(s.config.MaxStates, "state")),
		}
	}
	return nil
}

// commitPart counts the part of a block that comes before the end of the search. The log
// and the next level get nothing: the search is over, and a finding's trace goes by its
// parent, which is in the log. The counts by action were made for the whole block, so the
// part is run once more.
func (s *Search) commitPart(b *block, end *Stop) {
	t := b.until(end.At)
	s.observe(b, t.distinct)
	s.add(t)
	if s.level.making == 0 || s.found.Of(Breach).Exists { // there is no report then
		return
	}
	for _, i := range b.order[:t.distinct] {
		s.coverage[b.origins[i].Action()].Discovered++
	}
	s.workers[0].recount(b, end.At)
}

// reasonFull is why a run ends whose exact set has no more addresses for states.
const reasonFull = "a part of the exact set of visited states is at its limit of 64 GiB; a compact one has none"

// reasonDepth is why a run ends at its limit of levels.
func reasonDepth(most int) string {
	return fmt.Sprintf("the limit of %s was reached", number.Count(most, "level"))
}

// ReasonFailed is why a run ends whose files failed.
func ReasonFailed(err error) string {
	return "what does not fit in memory could not be kept on disk: " + err.Error()
}

// reasonCancelled is why the search was given up. Files come first: a failure of theirs
// sets cancelled too.
func (s *Search) reasonCancelled() string {
	if err := s.failureOfFiles(); err != nil {
		return ReasonFailed(err)
	}
	return s.config.Reason()
}
