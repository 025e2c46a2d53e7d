package search

import (
	"github.com/muster-mc/muster/internal/frontier"
	"github.com/muster-mc/muster/internal/system"
)

// A parent can have more successors than fit into memory, and so can Init. Such a wide
// parent is expanded alone, in parts: after each part the rest of a round is done, so
// that limits and memory are looked at. The results are those of one block.
//
// A wide parent is noticed when its block is expanded together with others. That round is
// given up, and the next one ends before the parent.
const (
	wideCandidates = 1 << 15 // of one parent
	wideBytes      = 4 << 20 // of its candidates
)

// candidates counts candidates and their bytes. A successor outside the constraint
// counts as one, for the block keeps its place.
type candidates struct{ count, bytes int }

// kept counts what the block has kept so far.
func (b *block) kept() candidates {
	return candidates{len(b.origins) + len(b.outside), b.states.Bytes()}
}

// haltIfWide has the expander return soon if the parent has enough candidates for a
// part. The count is of what the block keeps, and not of all successors: the cache may
// drop most of them.
func (w *worker) haltIfWide() {
	if w.undivided {
		return
	}
	now := w.block.kept()
	if now.count-w.before.count >= w.search.config.Tuning.WideCandidates || now.bytes-w.before.bytes >= wideBytes {
		w.Halt = true
	}
}

// isolateWide reports whether a block has a wide parent. The first one then gets a
// fragment of its own, and the round counts for nothing. Everything that the workers have
// kept of it must go: findings, and the mark of a panic, which the round is to find again,
// and caches.
func (s *Search) isolateWide() bool {
	for i := range s.blocks {
		if b := &s.blocks[i]; b.wide >= 0 {
			s.isolate(b.first + uint64(b.wide))
			for _, w := range s.workers {
				w.found.forget(s.blocks[0].first)
				w.panicked = false
				w.newCache() // the old one has states that the set does not have
			}
			return true
		}
	}
	return false
}

// isolate gives a state of the level a fragment of its own. The state is not before the
// level's place, so delayed blocks, which name their fragments by index, keep theirs.
func (s *Search) isolate(number uint64) {
	l := &s.level
	at, first := l.at, l.first
	for first+uint64(l.states[at].States) <= number {
		first += uint64(l.states[at].States)
		at++
	}
	f, err := l.states[at].Load()
	if err != nil {
		s.fail(err)
		s.isAbandoned()
		return
	}
	parts := s.cut(f, int(number-first))
	l.states = append(l.states[:at:at], append(parts, l.states[at+1:]...)...)
	l.wide = number + 1
}

// cut divides a fragment: the states before the one with this place, that one, and the
// rest, as far as there are any. States are decoded to find the cuts, because the sizes
// of encodings may vary.
func (s *Search) cut(f frontier.Fragment, place int) (parts []frontier.Fragment) {
	c := s.system().Codec
	space, state := c.New(), c.Make()
	sizeOf := func(data []byte, states int) int {
		rest := data
		for range states {
			rest = system.Decode(space, state, rest)
		}
		return len(data) - len(rest)
	}
	for _, states := range []int{place, 1} {
		if states == 0 {
			continue
		}
		if states == f.States {
			return append(parts, f)
		}
		var first frontier.Fragment
		first, f = f.Split(states, sizeOf(f.Data, states))
		parts = append(parts, first)
	}
	return append(parts, f)
}

// expandWide expands the next state of the level alone. If that takes several parts, the
// state after it is expanded alone too, for it may be of the same kind: a level of wide
// parents then does not give up a round for each of them.
func (s *Search) expandWide() {
	l := &s.level
	if s.linking != nil {
		s.endLinking()
		s.steps.Lost() // a state's steps must be noted together
	}
	// A wide parent has a fragment of its own, so the block takes exactly one state.
	parts := s.expandInParts(func(b *block) {
		b.begin(l.first, 0)
		b.take(l.states, l.at, 1)
	})
	if s.stop != nil {
		return
	}
	l.wide = 0
	l.at++
	l.first++
	if parts > 1 && l.at < len(l.states) {
		s.isolate(l.first)
	}
}

// expandInParts expands a single parent, in parts, and returns how many there are. Begin
// has a block take the parent. The first worker expands all parts, because the place where
// a part ends is the state of its expander.
//
// Each part is committed, or delayed, before the next is made, so memory holds the
// candidates of one part only. Tried adds up the attempts of the parts, so that a recount
// can pass over those that an earlier part has counted.
func (s *Search) expandInParts(begin func(*block)) (parts int) {
	w, tried := s.workers[0], uint64(0)
	for done := false; !done && s.stop == nil; parts++ {
		s.blocks = s.blocks[:0]
		b := s.nextBlock()
		begin(b)
		b.tried = tried
		w.isBusy.Store(true)
		done = w.expandPart(b, parts == 0)
		w.isBusy.Store(false)
		tried += w.Effort.Tries
		if s.isAbandoned() {
			return parts
		}
		b.partial = !done
		if s.finishRound(); s.stop == nil {
			s.resolveIfDue()
		}
	}
	return parts
}

// expandPart expands the next part of a parent, and reports whether it is the last one.
//
// The effort begins at zero in each part, as in each block, but ordinals count all
// successors of the parent. Others is what Ordinal subtracts; minus the successors made
// before, in unsigned arithmetic, makes it add them.
func (w *worker) expandPart(b *block, first bool) (done bool) {
	w.block, b.maker = b, w.self
	made := w.Ordinal()
	w.Effort, w.starts = system.Effort{}, system.Effort{}
	clear(w.Ends)
	w.Halt = false
	w.before = candidates{}
	// A later part loads the parent again: observers read it from the block, and the
	// expander from the memory that the block had for the part before.
	if !w.load(b) {
		return true
	}
	if first {
		w.parents, w.Index, w.Inside = cursor{}, -1, false
		w.Odometer.Reset()
	} else {
		w.Others = -made // so that ordinals go on
		b.made = append(b.made, w.Others)
		w.expander.Restore()
	}
	for !w.expandParents() {
	}
	done = !w.Halt
	if !done {
		// The effort of an action is the difference of two ends. The actions that were
		// not tried yet get the same end as the one at which the part has stopped, so
		// that their efforts are zero.
		for a := w.Action; a < len(w.Ends); a++ {
			w.Ends[a].Add(w.Effort)
		}
	}
	w.finish(b)
	return done
}
