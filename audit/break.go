package audit

import "github.com/muster-mc/muster/internal/system"

// successors are the states that a mutant's action leads to from a state, by whose
// steps they are, each once.
func (b *breaker) successors(m Mutant, from system.State) *collection {
	s := b.copy(from)
	out := newCollection(b)
	each := func(do func(way)) {
		b.each(m.action, s, func(w way) {
			out.of = b.whose(m.action, s, w.answers)
			do(w)
		})
	}
	switch m.Kind {
	case Lost:
		each(func(w way) {
			b.fields[m.field].Copy(w.after, s)
			out.add(w.after)
		})
	case Skipped:
		each(func(way) { out.add(s) })
	case Twice:
		each(func(w way) {
			out.add(w.after)
			if second, ok := b.again(m.action, w.after, w.answers); ok {
				out.add(second)
			}
		})
	case Swapped:
		each(func(w way) { out.add(b.swap(m, s, w)) })
	case Torn:
		each(func(w way) { b.tear(s, w.after, out) })
	case Stale:
		each(func(w way) { out.add(w.after) })
		b.actStale(m, s, out)
	}
	return out
}

// swap is what comes of an action if all that it changed in the elements with the
// number of an argument had been changed in those of the next number.
func (b *breaker) swap(m Mutant, before system.State, w way) system.State {
	element, asked := b.numbers(m.action, before, w.answers)[m.Argument]
	if !asked {
		return w.after
	}
	swapped := b.copy(w.after)
	for _, i := range b.changed(before, w.after) {
		f := b.fields[i]
		for place := range f.Places() {
			if f.Same(place, before, w.after) {
				continue
			}
			if beside, ok := f.Beside(place, element, (element+1)%m.limit); ok {
				f.Move(swapped, place, before, place)
				f.Move(swapped, beside, w.after, place)
			}
		}
	}
	return swapped
}

// tear adds what is left of a step when a fault strikes in it: the first fields
// that it changed, or the last, and, if none strikes, all.
func (b *breaker) tear(before, after system.State, out *collection) {
	out.add(after)
	changed := b.changed(before, after)
	for cut := 1; cut < len(changed); cut++ {
		head, tail := b.copy(before), b.copy(before)
		for i, f := range changed {
			if i < cut {
				b.fields[f].Copy(head, after)
			} else {
				b.fields[f].Copy(tail, after)
			}
		}
		out.add(head)
		out.add(tail)
	}
}

// actStale adds what the action does after another one that has just changed the
// field, in ways that only the old value permits.
func (b *breaker) actStale(m Mutant, s system.State, out *collection) {
	f := b.fields[m.field]
	for other := range b.model.Actions {
		b.each(other, s, func(w way) {
			if !f.Equal(s, w.after) && b.isInside(w.after) {
				b.forced(m.action, m.field, s, w.after, out)
			}
		})
	}
}

// forced adds all that an action makes of a state if it reads one field as it was
// before, and is disabled otherwise.
func (b *breaker) forced(action, field int, before, now system.State, out *collection) {
	stale := b.copy(now)
	b.fields[field].Copy(stale, before)
	b.eachQuietly(action, stale, func(w way) {
		if _, enabled := b.again(action, now, w.answers); !enabled {
			out.of = b.whose(action, stale, w.answers)
			out.add(b.applied(now, stale, w.after))
		}
	})
}

// isInside: steps lead on from the state.
func (b *breaker) isInside(s system.State) bool {
	return b.model.Constraint == nil || b.model.Constraint(s)
}

// eachQuietly is each from a state that no run may lead to: a panic there says
// nothing.
func (b *breaker) eachQuietly(action int, s system.State, yield func(way)) {
	defer func() { _ = recover() }()
	b.each(action, s, yield)
}

// applied is a state with the changes of a step that was taken from another one.
func (b *breaker) applied(to, before, after system.State) system.State {
	s := b.copy(to)
	for _, f := range b.fields {
		for place := range f.Places() {
			if !f.Same(place, before, after) {
				f.Move(s, place, after, place)
			}
		}
	}
	return s
}
