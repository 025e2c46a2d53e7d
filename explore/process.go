package explore

import "github.com/muster-mc/muster/internal/fingerprint"

// initFilters makes what drops duplicates early.
func (w *worker[S]) initFilters() {
	w.noting, w.notepad = w.engine.linker != nil, notepad{}
	if w.small = w.flat && w.codec.Size() <= smallMax; w.small {
		w.recent = newRecent(w.pending.stride)
		return
	}
	w.filter = w.engine.store.newFilter(w.codec.Size())
}

// meetParent remembers the parent, so that a step that changes nothing goes no
// further, and makes the work copy of it.
func (w *worker[S]) meetParent(encoded []byte) {
	if !w.small {
		w.restore()
		w.filter.met(w.hasher.Of(encoded), encoded)
		if w.noting {
			w.notepad.fit(len(w.filter.slots))
			w.notepad.remember(w.filter.last, destination(w.number()))
		}
		return
	}
	p := &w.pending
	copy(p.view(), encoded)                          // not from the parent itself, which was written to just now
	if p.push(newOrigin(w.index, parentItself, 0)) { // in its turn, behind what the parent before has made
		w.settle()
	}
	copy(p.view(), encoded)
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
	p, n := &w.pending, &w.notepad
	for i := range int(p.count) {
		print, o := w.hasher.Of(p.encoded[i]), p.origins[i]
		n.fit(len(w.filter.slots))
		met := w.filter.met(print, p.encoded[i])
		slot := w.filter.last
		switch {
		case met:
			w.block.note(n.places[slot], o, w.leaves(i))
		case !w.isInside(i):
			n.remember(slot, 0)
			w.block.note(0, o, true)
		default:
			w.addNoting(print, i, slot)
		}
	}
	p.clear()
}

// addNoting makes a candidate of a pending successor, and writes down the step.
func (w *worker[S]) addNoting(print fingerprint.Print, i, slot int) {
	o := w.pending.origins[i]
	if w.engine.store.numbered == nil {
		w.block.keys = append(w.block.keys, noteKey(print))
	}
	w.block.add(print, o, w.pending.encoded[i], &w.owners)
	w.block.note(w.notepad.candidate(slot), o, false)
}

// processSmall does the same, and hashes only what was not made shortly before.
func (w *worker[S]) processSmall() {
	p := &w.pending
	news := w.recent.news(p.words, int(p.count), &p.keep, &p.slots)
	for _, i := range p.keep[:news] {
		o := p.origins[i]
		if o.isParent() || w.constraint != nil && !w.isInside(int(i)) {
			continue
		}
		state := p.encoded[i]
		w.block.add(w.hasher.Of(state), o, state, &w.owners)
	}
	p.clear()
}

// processSmallNoting does the same, and writes down all of them: of what was made
// shortly before, it is still known where that leads.
func (w *worker[S]) processSmallNoting() {
	p, n := &w.pending, &w.notepad
	n.fit(w.recent.size())
	places := n.places
	news := w.recent.news(p.words, int(p.count), &p.keep, &p.slots)
	kept := 0
	for i := range int(p.count) {
		o, slot := p.origins[i], p.slots[i]
		switch isNews := kept < news && int(p.keep[kept]) == i; {
		case !isNews && o.isParent():
			continue
		case !isNews:
			w.block.note(places[slot], o, w.leaves(i))
			continue
		}
		kept++
		switch {
		case o.isParent():
			places[slot] = destination(w.block.first + o.parent())
		case !w.isInside(i):
			places[slot] = 0
			w.block.note(0, o, true)
		default:
			w.addNoting(w.hasher.Of(p.encoded[i]), i, int(slot))
		}
	}
	p.clear()
}
