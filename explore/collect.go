package explore

import "github.com/muster-mc/muster/internal/lineage"

// collect writes what is new in a block into the next level and into the log,
// and checks it.
func (w *worker[S]) collect(b *block) {
	w.block = b
	b.sortFresh()
	for _, i := range b.order {
		if w.engine.cancelled.Load() {
			return
		}
		o := b.origins[i]
		state := b.states.At(i)
		w.writer.Add(state)
		b.bytes += uint64(len(state))
		b.links.Add(lineage.Link{Parent: b.first + o.parent(), Ordinal: o.ordinal()})
		if !w.root {
			b.coverage[o.action()].discovered++
		}
	}
	if len(w.invariants) > 0 || len(w.witnesses) > 0 {
		w.judgeFresh(b)
	}
	w.noteApplied()
	b.next = w.writer.Take(b.next)
	w.engine.park(b.next)
}

// judgeFresh checks what is new in a block. A panic ends that: what comes later
// does not count.
func (w *worker[S]) judgeFresh(b *block) {
	defer func() {
		if v := recover(); v != nil {
			w.panics(v, w.judging)
		}
	}()
	for _, i := range b.order {
		if w.engine.cancelled.Load() {
			return
		}
		state := b.states.At(i)
		if w.flat {
			copy(w.judgedView, state)
		} else {
			decode(&w.judged, w.judgedSpace, state)
		}
		w.judge(&w.judged, b.at(b.origins[i]))
	}
}
