package explore

// effort is how often some action was tried, and how many successors that made.
// It only grows while a block is expanded, so that one addition for each action and
// parent is all that coverage costs: what became of an action is the effort after
// it less the effort after the one before.
type effort struct{ tries, made uint64 }

// newEfforts returns so many, alone on their cache lines: what another worker wrote
// to one of those would have to be fetched from that one's cache each time.
func newEfforts(n int) []effort {
	const aLine = 64 / 16 // of efforts
	return make([]effort, n, (n+aLine-1)/aLine*aLine)
}

func (e *effort) add(f effort) {
	e.tries += f.tries
	e.made += f.made
}

// cover is called when an action has been tried in all ways on this parent.
func (w *worker[S]) cover() { w.ends[w.action].add(w.effort) }

// noteCoverage says what has become of each action on the parents of the block, if
// all of them were expanded.
func (w *worker[S]) noteCoverage() {
	before := w.starts
	for a, after := range w.ends[:len(w.actions)] {
		c := &w.block.coverage[a]
		c.attempts, c.enabled = after.tries-before.tries, after.made-before.made
		before = after
	}
}

// recount adds to the coverage what was attempted and enabled in a block up to
// and including the end of the search, by running that part of it again.
func (w *worker[S]) recount(b *block, end moment) {
	w.block, w.index = b, 0
	if !w.load(b) {
		return
	}
	for _, f := range b.parentFragments {
		data := f.Data
		for range f.States {
			data = w.decodeParent(data)
			last := w.number() == end.parent
			w.recountParent(end, last)
			if last {
				return
			}
			w.index++
		}
	}
}

// recountParent counts what was tried on one parent; on the last one, until it
// has as many successors as it had at the end of the search.
func (w *worker[S]) recountParent(end moment, last bool) {
	most := end.ordinal()
	if end.ofSuccessor() {
		most++
	}
	made := uint64(0)
	for a := range w.engine.actions {
		c := &w.engine.coverage[a]
		w.odometer.Reset()
		for more := true; more; more = w.odometer.Next() {
			w.restore()
			c.attempts++
			enabled, panicked := attempt(w.engine.actions[a].Do, w.pending.work(), &w.odometer)
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
