package explore

import (
	"github.com/muster-mc/muster/internal/fingerprint"
	"github.com/muster-mc/muster/internal/system"
)

// initFilters makes what drops duplicates early.
func (w *worker) initFilters() {
	w.noting, w.notepad = w.engine.linker != nil, notepad{}
	if w.small = w.flat && w.engine.codec.Size() <= smallMax; w.small {
		w.recent = newRecent(w.Pending.Stride)
		return
	}
	w.filter = w.engine.store.newFilter(w.engine.codec.Size())
}

// meetParent remembers the parent, so that a step that changes nothing goes no
// further, and makes the work copy of it.
func (w *worker) meetParent(encoded []byte) {
	if !w.small {
		w.expander.Restore()
		w.filter.met(w.hasher.Of(encoded), encoded)
		if w.noting {
			w.notepad.fit(len(w.filter.slots))
			w.notepad.remember(w.filter.last, destination(w.number()))
		}
		return
	}
	p := &w.Pending
	copy(p.View(), encoded)                     // not from the parent itself, which was written to just now
	if p.Push(system.OriginOfParent(w.Index)) { // in its turn, behind what the parent before has made
		w.settle()
	}
	copy(p.View(), encoded)
}

// settle deals with what is pending when a block has been expanded, or was left
// because something panicked.
func (w *worker) settle() {
	defer w.recoverProcess()
	w.Process()
}

// Process makes candidates of the pending successors.
func (w *worker) Process() {
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
	p := &w.Pending
	for i := range int(p.Count) {
		print := w.hasher.Of(p.Encoded[i])
		if w.filter.met(print, p.Encoded[i]) || !w.isInside(i) {
			continue
		}
		w.block.add(print, p.Origins[i], p.Encoded[i], &w.owners)
	}
	p.Clear()
}

// processNoting does the same, and writes down all of them.
func (w *worker) processNoting() {
	p, n := &w.Pending, &w.notepad
	for i := range int(p.Count) {
		print, o := w.hasher.Of(p.Encoded[i]), p.Origins[i]
		n.fit(len(w.filter.slots))
		met := w.filter.met(print, p.Encoded[i])
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
	p.Clear()
}

// addNoting makes a candidate of a pending successor, and writes down the step.
func (w *worker) addNoting(print fingerprint.Print, i, slot int) {
	o := w.Pending.Origins[i]
	if w.engine.store.numbered == nil {
		w.block.keys = append(w.block.keys, noteKey(print))
	}
	w.block.add(print, o, w.Pending.Encoded[i], &w.owners)
	w.block.note(w.notepad.candidate(slot), o, false)
}

// processSmall does the same, and hashes only what was not made shortly before.
func (w *worker) processSmall() {
	p := &w.Pending
	news := w.recent.news(p.Words, int(p.Count), &w.keep, &w.slots)
	for _, i := range w.keep[:news] {
		o := p.Origins[i]
		if o.IsParent() || w.constraint != nil && !w.isInside(int(i)) {
			continue
		}
		state := p.Encoded[i]
		w.block.add(w.hasher.Of(state), o, state, &w.owners)
	}
	p.Clear()
}

// processSmallNoting does the same, and writes down all of them: of what was made
// shortly before, it is still known where that leads.
func (w *worker) processSmallNoting() {
	p, n := &w.Pending, &w.notepad
	n.fit(w.recent.size())
	places := n.places
	news := w.recent.news(p.Words, int(p.Count), &w.keep, &w.slots)
	kept := 0
	for i := range int(p.Count) {
		o, slot := p.Origins[i], w.slots[i]
		switch isNews := kept < news && int(w.keep[kept]) == i; {
		case !isNews && o.IsParent():
			continue
		case !isNews:
			w.block.note(places[slot], o, w.leaves(i))
			continue
		}
		kept++
		switch {
		case o.IsParent():
			places[slot] = destination(w.block.first + o.Parent())
		case !w.isInside(i):
			places[slot] = 0
			w.block.note(0, o, true)
		default:
			w.addNoting(w.hasher.Of(p.Encoded[i]), i, int(slot))
		}
	}
	p.Clear()
}
