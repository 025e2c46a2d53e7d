package explore

import (
	"slices"

	"github.com/muster-mc/muster/internal/codec"
	"github.com/muster-mc/muster/model"
)

// cursor stands at a state of a block.
type cursor struct {
	fragment int // which one
	state    int // how many states of it came before
	at       int // and how many bytes
}

// expand makes the successors of every state of a block.
func (w *worker[S]) expand(b *block) {
	w.block, b.maker = b, w.self
	if !w.load(b) {
		return
	}
	w.parents, w.index, w.inside = cursor{}, -1, false
	w.effort, w.starts = effort{}, effort{}
	clear(w.ends)
	w.odometer.Reset()
	for !w.expandParents() { // once, unless an action panics that was to choose from nothing
	}
	w.settle()
	w.noteApplied()
	if b.generated = w.effort.made; !w.root {
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
func (w *worker[S]) expandParents() (done bool) {
	defer w.recoverAction(&done)
	for w.inside || w.nextParent() {
		if w.flat && len(w.steps) == 0 {
			w.tryFlat()
		} else {
			w.tryActions()
		}
		if w.inside = false; w.effort.made == w.others && w.engine.deadlock && !w.root {
			w.checkDeadlock()
		}
	}
	return true
}

// nextParent goes to the next parent, if there is one.
func (w *worker[S]) nextParent() bool {
	b := w.block
	if w.panicked || len(b.made) == b.parents || w.engine.cancelled.Load() {
		return false
	}
	b.made = append(b.made, w.effort.made)
	w.starts.add(w.effort)
	w.others, w.action, w.inside = w.effort.made, 0, true
	w.index++
	if w.root {
		w.restore()
		return true
	}
	if w.meetParent(w.readParent()); w.panicked {
		return false
	}
	if isSample(w.number()) {
		w.checkContract()
	}
	return true
}

// readParent decodes the next parent, and returns its encoding.
func (w *worker[S]) readParent() []byte {
	c := &w.parents
	f := &w.block.parentFragments[c.fragment]
	for c.state == f.States {
		*c = cursor{fragment: c.fragment + 1}
		f = &w.block.parentFragments[c.fragment]
	}
	state := f.Data[c.at:]
	state = state[:len(state)-len(w.decodeParent(state))]
	c.state++
	c.at += len(state)
	return state
}

// decodeParent reads a state from the front of data and returns the rest.
func (w *worker[S]) decodeParent(data []byte) []byte {
	if w.flat {
		return data[copy(w.parentView, data):]
	}
	return decode(&w.parent, w.parentSpace, data)
}

func decode[S any](s *S, space *codec.Space[S], data []byte) []byte {
	rest, ok := space.Decode(s, data)
	if !ok {
		panic("explore: a state in memory cannot be decoded: this is a bug in Muster, or the machine's memory fails")
	}
	return rest
}

// enterRoot prepares for making the initial states: they are the successors, by
// way of Init, of a state before the first.
func (w *worker[S]) enterRoot() {
	w.root = true
	w.actions = []model.Action[S]{{Name: initName, Do: initOf(w.engine.model)}}
}

func (w *worker[S]) leaveRoot() {
	w.root, w.actions = false, w.engine.actions
}

// tryActions runs the actions for every combination of answers, unless that is
// cancelled.
func (w *worker[S]) tryActions() {
	o := &w.odometer
	for ; w.action < len(w.actions) && !w.engine.cancelled.Load(); w.action++ { // they may be slow
		do := w.actions[w.action].Do
		for {
			w.effort.tries++
			if enabled := do(w.pending.work(), o.Choice()); enabled || o.Void() {
				if !o.Void() {
					w.successor()
				}
				w.restore()
			}
			if w.isCancelled() {
				return
			}
			if !o.Next() {
				break
			}
		}
		w.cover()
	}
}

// tryFlat does the same with states of a flat type, of which there are many in a
// second, if there are no properties of steps. What is done here again and again is
// as little as can be, and what the compiler would call is written out: it is not
// inlined here unless it is generic.
func (w *worker[S]) tryFlat() {
	o, p, actions := &w.odometer, &w.pending, w.actions
	choice, work, ends := o.Choice(), p.work(), w.ends[:len(actions)]
	ours := origin(w.index)<<(actionBits+ordinalBits) - origin(w.others)
	for a := w.action; a < len(actions); a++ {
		w.action = a
		do := actions[a].Do
		for {
			w.effort.tries++
			if do(work, choice) && !o.Void() {
				made, n := w.effort.made, p.count // as newOrigin and push do
				p.origins[n%pendingMax] = ours + origin(a)<<ordinalBits + origin(made)
				w.effort.made, p.count = made+1, n+1
				if n+1 == pendingMax {
					w.process()
				}
				work = p.states[(n+1)%pendingMax]
				*work = w.parent
			}
			if w.isCancelled() {
				return
			}
			if o.Turn() {
				continue
			}
			if o.Void() {
				*work = w.parent // as restore does
			}
			if !o.Carry() {
				break
			}
		}
		o.Reset()
		ends[a].tries += w.effort.tries // as cover does
		ends[a].made += w.effort.made
	}
}

// isCancelled looks now and then: a single state can have successors without end,
// and actions without number.
func (w *worker[S]) isCancelled() bool {
	return w.effort.tries%64 == 0 && w.engine.cancelled.Load()
}

// restore makes the work copy equal to the parent again.
func (w *worker[S]) restore() {
	if w.flat {
		*w.pending.work() = w.parent
		return
	}
	w.workSpace.Copy(w.pending.work(), &w.parent)
}

// appendWork appends the encoding of the work copy.
func (w *worker[S]) appendWork(to []byte) []byte {
	if w.flat {
		return append(to, w.pending.view()...)
	}
	return w.workSpace.Append(to, w.pending.work())
}

// successor takes note of the state that an action made of the work copy.
func (w *worker[S]) successor() {
	origin := newOrigin(w.index, w.action, w.ordinal())
	w.effort.made++
	if len(w.steps) > 0 && !w.root {
		w.judgeStep(origin.ordinal())
	}
	if w.flat {
		if w.pending.push(origin) {
			w.process()
		}
		return
	}
	w.pending.encode(w.workSpace, origin)
	w.process()
}

// ordinal is how many successors the parent has so far.
func (w *worker[S]) ordinal() uint64 { return w.effort.made - w.others }

// number is the parent's number.
func (w *worker[S]) number() uint64 { return w.block.first + uint64(w.index) }

func (w *worker[S]) with(ordinal uint64) moment { return with(w.number(), ordinal) }
