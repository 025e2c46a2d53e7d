package search

// noteCoverage says what has become of each action on the parents of the block, if
// all of them were expanded. The expander adds up, over the parents, the effort after each
// action. The difference between an action's sum and that of the action before it is the
// action's own effort, so the hot loop keeps one count for all actions.
//
// In a block that was left early the differences are wrong. Such a block is never
// committed whole: its part is recounted.
func (w *worker) noteCoverage() {
	before := w.starts
	for a, after := range w.Ends[:len(w.search.plan.actions)] {
		c := &w.block.coverage[a]
		c.Attempts, c.Enabled = after.Tries-before.Tries, after.Made-before.Made
		before = after
	}
}

// recount adds to the coverage what was attempted and enabled in a block up to and
// including the end of the search, by running that part of it again. That is at most one
// block in a search, which costs less than exact counts in every block would.
func (w *worker) recount(b *block, end Position) {
	w.block, w.Index = b, 0 // number counts from here
	if !w.load(b) {
		return
	}
	for _, f := range b.parentFragments {
		data := f.Data
		for range f.States {
			data = w.expander.Decode(data)
			last := w.number() == end.Parent
			w.recountParent(end, last)
			if last {
				return
			}
			w.Index++
		}
	}
}

// recountParent counts the attempts on one parent; on the last one, until it has as
// many successors as it had at the end of the search. An attempt that panics is the last
// one counted. When the search ends before a successor, the attempt that would make it is
// counted as an attempt, but not as enabled.
func (w *worker) recountParent(end Position, last bool) {
	most := end.Ordinal()
	if end.OfSuccessor() {
		most++
	}
	// Made and tries count from the first attempt on the parent, as ordinals do, so
	// they tell where the end of the search is, also in a parent of several parts.
	made, tries := uint64(0), uint64(0)
	skip := w.block.tried // they were counted with an earlier part of the parent
	for a := range w.search.plan.actions {
		c := &w.search.coverage[a]
		w.Odometer.Reset()
		for more := true; more; more = w.Odometer.Next() {
			w.expander.Restore()
			if tries++; tries > skip {
				c.Attempts++
			}
			enabled, panicked := w.search.system().Watch.Attempt(&w.search.plan.actions[a], w.expander.Work(), &w.Odometer, w.expander.Parent(), true)
			if panicked || enabled && last && made == most {
				return
			}
			if !enabled {
				continue
			}
			made++
			if tries > skip {
				c.Enabled++
			}
			if last && made == most && end.OfSuccessor() {
				return
			}
		}
	}
}
