package explore

import (
	"slices"

	"github.com/muster-mc/muster/internal/system"
)

// cursor stands at a state of a block.
type cursor struct {
	fragment int // which one
	state    int // how many states of it came before
	at       int // and how many bytes
}

// expand makes the successors of every state of a block.
func (w *worker) expand(b *block) {
	w.block, b.maker = b, w.self
	if !w.load(b) {
		return
	}
	w.parents, w.Index, w.Inside = cursor{}, -1, false
	w.Effort, w.starts = system.Effort{}, system.Effort{}
	clear(w.Ends)
	w.Odometer.Reset()
	for !w.expandParents() { // once, unless an action panics that was to choose from nothing
	}
	w.settle()
	w.noteApplied()
	if b.generated = w.Effort.Made; !w.Root {
		w.noteCoverage()
	}
	if w.engine.store.numbered != nil {
		n := len(b.origins)
		b.places = slices.Grow(b.places[:0], n)[:n]
	}
}

// expandParents tries every action in every way on all parents from the one on
// where it stands. It reports whether it is done; it is not after a choice from
// nothing has made an action panic, which counts as disabled. After a panic of
// another kind it goes no further.
func (w *worker) expandParents() (done bool) {
	defer w.recoverAction(&done)
	w.expander.Expand()
	return true
}

// Next goes to the next parent, if there is one, and returns what begins with its
// encoding.
func (w *worker) Next() (data []byte, more bool) {
	b := w.block
	if w.panicked || len(b.made) == b.parents || w.engine.cancelled.Load() {
		return nil, false
	}
	b.made = append(b.made, w.Effort.Made)
	w.starts.Add(w.Effort)
	w.Others, w.Action, w.Inside = w.Effort.Made, 0, true
	w.Index++
	if w.Root {
		return nil, true
	}
	c := &w.parents
	f := &b.parentFragments[c.fragment]
	for c.state == f.States {
		*c = cursor{fragment: c.fragment + 1}
		f = &b.parentFragments[c.fragment]
	}
	return f.Data[c.at:], true
}

// Begin is called when the parent was decoded, whose encoding has this size.
func (w *worker) Begin(size int) bool {
	c := &w.parents
	encoded := w.block.parentFragments[c.fragment].Data[c.at:][:size]
	c.state++
	c.at += size
	if w.meetParent(encoded); w.panicked {
		return false
	}
	if isSample(w.number()) {
		w.checkContract(encoded)
	}
	return true
}

// Stuck is called for a parent without successors.
func (w *worker) Stuck() {
	if w.engine.deadlock && !w.Root {
		w.checkDeadlock()
	}
}

// enterRoot prepares for making the initial states: they are the successors, by
// way of Init, of a state before the first.
func (w *worker) enterRoot() { w.Root = true }

func (w *worker) leaveRoot() { w.Root = false }

// actions are those that expand the parent.
func (w *worker) actions() []system.Action {
	if w.Root {
		return []system.Action{w.engine.model.Init}
	}
	return w.engine.actions
}

// number is the parent's number.
func (w *worker) number() uint64 { return w.block.first + uint64(w.Index) }

func (w *worker) with(ordinal uint64) moment { return with(w.number(), ordinal) }
