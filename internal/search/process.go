package search

import (
	"bytes"

	"github.com/muster-mc/muster/internal/fingerprint"
	"github.com/muster-mc/muster/internal/steplog"
	"github.com/muster-mc/muster/internal/system"
)

// meetParent sees to it that a step that changes nothing goes no further. The parent is in the
// set and satisfies the constraint.
//
// A flat cache compares all pending states together, so the parent waits among the successors of
// the parents before it, and its origin marks it as no successor. Another cache takes the parent
// only if something is remembered of each state in it: to hash a parent takes longer than
// to compare a successor with it.
func (w *worker) meetParent(encoded []byte) {
	if w.cache.IsFlat() {
		if w.reducer != nil {
			w.remember(encoded)
		}
		p := &w.Pending
		// The copies are made from the encoding. The decoded parent was written to just now,
		// and to read it back could stall the processor; see system.PendingMax.
		copy(p.View(), encoded)
		if p.Push(system.OriginOfParent(w.Index)) {
			w.processRest()
		}
		copy(p.View(), encoded)
		return
	}
	if w.reducer != nil && w.Pending.Count > 0 {
		// Successors that are pending refer to their parents by place. Where a parent does not
		// wait among them, any number of parents without successors can come between.
		w.processRest()
	}
	w.remember(encoded)
	w.expander.Restore()
	if !w.noting && w.constraint == nil {
		return
	}
	slot := w.cache.Meet(encoded)
	if w.noting {
		w.pad.Fit(w.cache.Slots())
		w.pad.Remember(slot, steplog.Destination(w.number()))
	}
	if w.constraint != nil {
		w.outside.fit(w.cache.Slots())
		w.outside.set(slot, false)
	}
}

// remember makes the parent one of the latest.
func (w *worker) remember(encoded []byte) { w.recent[w.Index%len(w.recent)] = encoded }

// processRest deals with the pending successors when a block has been expanded, or was
// left because something panicked.
func (w *worker) processRest() {
	defer func() {
		if v := recover(); v != nil {
			w.panics(v, w.judging)
		}
	}()
	w.Sink.Process()
}

// Process makes candidates of the pending successors that the cache does not drop and
// that satisfy the constraint. While it runs, isPast tells a panic of the constraint or
// of a property from one of an action: the former belongs to a pending successor, whose
// position is earlier than that of the attempt where the expander stands.
func (w *worker) Process() {
	w.isPast = true
	switch p := &w.Pending; {
	case w.noting:
		w.processNoting()
	case w.constraint != nil:
		w.processBounded()
	default:
		for _, i := range w.cache.News(p) {
			if o := p.Origins[i%system.PendingMax]; !o.IsParent() && !w.isIdle(int(i), o) {
				w.candidate(int(i), o)
			}
		}
	}
	w.Pending.Clear()
	w.isPast = false
	w.haltIfWide()
}

// isIdle reports whether a pending successor is as its parent. A flat cache has found that out
// already. Where the place of the parent was taken by a later one of the block, the successor is
// compared with that one, which the set has too.
func (w *worker) isIdle(i int, o system.Origin) bool {
	return !w.cache.IsFlat() && !w.Root && bytes.Equal(w.Pending.Encoded[i], w.recent[o.Parent()%uint64(len(w.recent))])
}

// candidate makes a candidate of a pending successor. A flat cache has not hashed the
// state until now: the states that it drops are never hashed.
func (w *worker) candidate(i int, o system.Origin) {
	state := w.Pending.Encoded[i]
	if w.reducer == nil {
		w.block.add(w.cache.Print(uint8(i), state), o, state, &w.owners)
	} else if state = w.representative(i, o); state != nil {
		w.addOrbit(o, state)
	}
}

// processBounded does the same if there is a constraint. Which of the states in the
// cache are outside is remembered, so that the constraint is asked of new ones only.
//
// A successor outside is counted each time, duplicate or not, but is judged only if the
// cache did not have it. It never becomes a candidate, so the set does not know it, and
// different workers may judge it again: Findings tells the same ones by their keys.
func (w *worker) processBounded() {
	w.outside.fit(w.cache.Slots())
	p := &w.Pending
	news := w.cache.News(p)
	for i := range int(p.Count) {
		o, slot := p.Origins[i], w.cache.Slot(i)
		isNew := len(news) > 0 && int(news[0]) == i
		switch {
		case !isNew:
			if w.outside.has(slot) {
				w.block.leave(o)
			}
			continue
		case o.IsParent():
			w.outside.set(slot, false)
		case w.leaves(i):
			w.outside.set(slot, true)
			w.judgeOutside(i)
		default:
			w.outside.set(slot, false)
			w.candidate(i, o)
		}
		news = news[1:]
	}
}

// marks are a mark for each slot of a cache. A state without a slot, -1, needs no mark: the
// cache does not have it, so the constraint is asked again when the state is next
// generated.
//
// A mark says something of the state that the slot holds. So the code that puts another state
// into a slot must set its mark, also where the new state is inside.
type marks []bool

// fit prepares for a cache of this many slots. If the number has changed, the cache is
// a new one.
func (m *marks) fit(slots int) {
	if len(*m) != slots {
		*m = make(marks, slots)
	}
}

func (m marks) has(slot int) bool { return slot >= 0 && m[slot] }

func (m marks) set(slot int, mark bool) {
	if slot >= 0 {
		m[slot] = mark
	}
}

// processNoting does the same, and writes down all steps: where a step to a state in
// the cache leads is known. Steps are noted in the order in which they were taken, one
// for each successor, because the observer finds a step's ordinal by its place.
//
// Keys stay in step with the block's candidates: the i-th key is that of candidate i. A
// set that has the numbers itself needs no keys.
func (w *worker) processNoting() {
	w.pad.Fit(w.cache.Slots())
	bounded := w.constraint != nil
	if bounded {
		w.outside.fit(w.cache.Slots())
	}
	p, b, labelled := &w.Pending, w.block, w.Labeller != nil
	news := w.cache.News(p)
	targets, hows, labels := b.steps.Room(int(p.Count), labelled)
	n := 0 // the steps that are noted; parents are none
	for i := range int(p.Count) {
		o, slot := p.Origins[i], w.cache.Slot(i)
		isNew := len(news) > 0 && int(news[0]) == i
		if isNew {
			news = news[1:]
		}
		if o.IsParent() {
			if isNew {
				w.pad.Remember(slot, steplog.Destination(b.first+o.Parent()))
				if bounded {
					w.outside.set(slot, false)
				}
			}
			continue
		}
		leaves := false // the constraint is asked of new ones only, as in processBounded
		if isNew && bounded {
			leaves = w.leaves(i)
			w.outside.set(slot, leaves)
		} else if bounded && w.outside.has(slot) {
			leaves = true
			b.leave(o)
		}
		// A destination is the number of a state or, until the round is committed, that of
		// a candidate in the worker's pad, which learns the numbers then. Zero stands for a
		// step outside.
		to := steplog.Destination(0)
		switch {
		case !isNew:
			to = w.pad.At(slot)
		case leaves:
			w.judgeOutside(i)
			w.pad.Remember(slot, 0)
		default:
			state, print := p.Encoded[i], fingerprint.Print{}
			if w.reducer == nil {
				print = w.cache.Print(uint8(i), state)
				b.add(print, o, state, &w.owners)
			} else if state = w.representative(i, o); state != nil {
				print = w.addOrbit(o, state)
			} else {
				return // the search ends with this finding
			}
			// Otherwise the place of the candidate in the set leads to its number.
			if w.search.store.Numbered() == nil {
				b.keys = append(b.keys, Key(print))
			}
			to = w.pad.Candidate(slot)
		}
		targets[n], hows[n] = to, steplog.NewHow(o.Action(), leaves)
		if w.reducer != nil && bytes.Equal(p.Encoded[i], w.recent[o.Parent()%uint64(len(w.recent))]) {
			hows[n] = hows[n].Idle()
		}
		if labelled {
			labels[n] = p.Labels[i]
		}
		n++
	}
	// After a panic the steps of this batch are missing, and the observer sees none of
	// the round.
	b.steps.Keep(n, labelled)
}

// Key stands for a state in the table of numbers. It is made of no more of the
// fingerprint than a compact set compares, so that a state which the set took for
// another is taken for the same one here.
func Key(p fingerprint.Print) uint64 { return Mixed(p.Hash^p.Extra>>56*OddMultiplier, 0) }

// OddMultiplier is an odd number without structure: the digits of the golden ratio.
const OddMultiplier = 0x9E3779B97F4A7C15

// Mixed spreads a word over all bits, in one of many ways, and leaves different words
// different (the finalizer of MurmurHash3, by A. Appleby).
func Mixed(x, way uint64) uint64 {
	x ^= way * 0xD6E8FEB86659FD93
	x ^= x >> 33
	x *= 0xFF51AFD7ED558CCD
	x ^= x >> 33
	x *= 0xC4CEB9FE1A85EC53
	return x ^ x>>33
}
