package explore

import (
	"sync/atomic"

	"github.com/muster-mc/muster/internal/frontier"
	"github.com/muster-mc/muster/internal/predecessor"
)

// collect writes what is new in a block into the next level and into the log,
// and checks it.
func (w *worker) collect(b *block) {
	w.block = b
	b.sortFresh()
	if !b.keep(w.writer, w.Root, &w.engine.cancelled) {
		return
	}
	if len(w.predicates) > 0 {
		w.judgeFresh(b)
	}
	w.noteApplied()
	b.next = w.writer.Take(b.next)
	w.engine.park(b.next)
}

// keep writes down what is new, unless that is cancelled.
func (b *block) keep(level *frontier.Writer, root bool, cancelled *atomic.Bool) bool {
	for _, i := range b.order {
		if cancelled.Load() {
			return false
		}
		o, state := b.origins[i], b.states.At(i)
		level.Add(state)
		b.bytes += uint64(len(state))
		b.links.Add(predecessor.Link{Parent: b.first + o.Parent(), Ordinal: o.Ordinal()})
		if !root {
			b.coverage[o.Action()].discovered++
		}
	}
	return true
}

// judgeFresh checks what is new in a block. A panic ends that: what comes later
// does not count.
func (w *worker) judgeFresh(b *block) {
	defer func() {
		if v := recover(); v != nil {
			w.panics(v, w.judging)
		}
	}()
	for _, i := range b.order {
		if w.engine.cancelled.Load() {
			return
		}
		w.judging = b.at(b.origins[i])
		w.expander.Judge(b.states.At(i))
	}
}
