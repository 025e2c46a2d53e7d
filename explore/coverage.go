package explore

import "github.com/muster-mc/muster/internal/system"

// noteCoverage says what has become of each action on the parents of the block, if
// all of them were expanded.
func (w *worker) noteCoverage() {
	before := w.starts
	for a, after := range w.Ends[:len(w.engine.actions)] {
		c := &w.block.coverage[a]
		c.attempts, c.enabled = after.Tries-before.Tries, after.Made-before.Made
		before = after
	}
}

// recount adds to the coverage what was attempted and enabled in a block up to
// and including the end of the search, by running that part of it again.
func (w *worker) recount(b *block, end moment) {
	w.block, w.Index = b, 0
	if !w.load(b) {
		return
	}
	for _, f := range b.parentFragments {
		data := f.Data
		for range f.States {
			data = w.expander.Decode(data)
			last := w.number() == end.parent
			w.recountParent(end, last)
			if last {
				return
			}
			w.Index++
		}
	}
}

// recountParent counts what was tried on one parent; on the last one, until it
// has as many successors as it had at the end of the search.
func (w *worker) recountParent(end moment, last bool) {
	most := end.ordinal()
	if end.ofSuccessor() {
		most++
	}
	made := uint64(0)
	for a := range w.engine.actions {
		c := &w.engine.coverage[a]
		w.Odometer.Reset()
		for more := true; more; more = w.Odometer.Next() {
			w.expander.Restore()
			c.attempts++
			enabled, panicked := system.Attempt(w.engine.actions[a].Do, w.expander.Work(), &w.Odometer)
			if panicked || enabled && last && made == most {
				return
			}
			if !enabled {
				continue
			}
			made++
			c.enabled++
			if last && made == most && end.ofSuccessor() {
				return
			}
		}
	}
}
