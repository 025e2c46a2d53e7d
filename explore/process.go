package explore

// initFilters makes what drops duplicates early.
func (w *worker[S]) initFilters() {
	w.noting = w.engine.linker != nil
	if w.small = w.flat && w.codec.Size() <= smallMax; w.small {
		w.recent, w.recentKeys = newRecent(w.pending.stride), nil
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
	switch {
	case w.small && w.noting:
		w.processSmallNoting()
		return
	case w.small:
		w.processSmall()
		return
	case w.noting:
		w.processNoting()
		return
	}
	p := &w.pending
	for i := range int(p.count) {
		print := w.hasher.Of(p.encoded[i])
		if w.filter.met(print, p.encoded[i]) || !w.isInside(i) {
			continue
		}
		w.block.add(print, p.origins[i], p.encoded[i], &w.owners)
	}
	p.clear()
}

// processNoting does the same, and writes down all of them.
func (w *worker[S]) processNoting() {
	p := &w.pending
	for i := range int(p.count) {
		print := w.hasher.Of(p.encoded[i])
		key := noteKey(print)
		w.block.note(key, p.origins[i], w.leaves(i))
		if w.filter.met(print, p.encoded[i]) || !w.isInside(i) {
			continue
		}
		w.block.keys = append(w.block.keys, key)
		w.block.add(print, p.origins[i], p.encoded[i], &w.owners)
	}
	p.clear()
}

// processSmall does the same, and hashes only what was not made shortly before.
func (w *worker[S]) processSmall() {
	p := &w.pending
	news := w.recent.news(p.words, int(p.count), &p.keep, &p.slots)
	for _, i := range p.keep[:news] {
		if p.origins[i] == ofParent || !w.isInside(int(i)) {
			continue
		}
		state := p.encoded[i]
		w.block.add(w.hasher.Of(state), p.origins[i], state, &w.owners)
	}
	p.clear()
}

// processSmallNoting does the same, and writes down all of them: the key of what
// was made shortly before is still known.
func (w *worker[S]) processSmallNoting() {
	p := &w.pending
	if len(w.recentKeys) != w.recent.size() {
		w.recentKeys = make([]uint64, w.recent.size())
	}
	news, known := w.recent.news(p.words, int(p.count), &p.keep, &p.slots), w.recentKeys
	kept := 0
	for i := range int(p.count) {
		o, key := p.origins[i], &known[p.slots[i]]
		if kept == news || int(p.keep[kept]) != i {
			if o != ofParent {
				w.block.note(*key, o, w.leaves(i))
			}
			continue
		}
		kept++
		state := p.encoded[i]
		print := w.hasher.Of(state)
		*key = noteKey(print)
		if o == ofParent {
			continue
		}
		if w.block.note(*key, o, w.leaves(i)); w.isInside(i) {
			w.block.keys = append(w.block.keys, *key)
			w.block.add(print, o, state, &w.owners)
		}
	}
	p.clear()
}
