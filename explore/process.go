package explore

// initFilters makes what drops duplicates early.
func (w *worker[S]) initFilters() {
	if w.small = w.flat && w.codec.Size() <= smallMax; w.small {
		w.recent = newRecent(w.pending.stride)
		return
	}
	w.filter = w.engine.store.newFilter(w.codec.Size())
}

// meetParent remembers the parent, so that a step that changes nothing goes no
// further.
func (w *worker[S]) meetParent(encoded []byte) {
	if !w.small {
		w.filter.met(w.hasher.Of(encoded), encoded)
		return
	}
	if w.pending.push(ofParent) { // in its turn, behind what the parent before has made
		w.settle()
	}
	w.restore()
}

// settle deals with what is pending when a block has been expanded, or was left
// because something panicked.
func (w *worker[S]) settle() {
	defer w.recoverProcess()
	w.process()
}

// process makes candidates of the pending successors.
func (w *worker[S]) process() {
	if w.small {
		w.processSmall()
		return
	}
	p := &w.pending
	for i := range p.count {
		print := w.hasher.Of(p.encoded[i])
		if w.filter.met(print, p.encoded[i]) || !w.isInside(i) {
			continue
		}
		w.block.add(print, p.origins[i], p.encoded[i], &w.owners)
	}
	p.clear()
}

// processSmall does the same, and hashes only what was not made shortly before.
func (w *worker[S]) processSmall() {
	p := &w.pending
	news := w.recent.news(p.words, p.count, &p.keep)
	for _, i := range p.keep[:news] {
		if p.origins[i] == ofParent || !w.isInside(int(i)) {
			continue
		}
		state := p.encoded[i]
		w.block.add(w.hasher.Of(state), p.origins[i], state, &w.owners)
	}
	p.clear()
}
