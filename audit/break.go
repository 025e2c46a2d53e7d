package audit

// successors are the states that a mutant's action leads to from a state, by whose
// steps they are, each once.
func (b *breaker[S]) successors(m Mutant, from *S) *collection[S] {
	s := b.copy(from)
	out := newCollection(b)
	each := func(do func(way[S])) {
		b.each(m.action, s, func(w way[S]) {
			out.of = b.whose(m.action, s, w.answers)
			do(w)
		})
	}
	switch m.Kind {
	case Lost:
		each(func(w way[S]) {
			b.fields[m.field].Copy(w.after, s)
			out.add(w.after)
		})
	case Skipped:
		each(func(way[S]) { out.add(s) })
	case Twice:
		each(func(w way[S]) {
			out.add(w.after)
			if second, ok := b.again(m.action, w.after, w.answers); ok {
				out.add(second)
			}
		})
	case Swapped:
		each(func(w way[S]) { out.add(b.swap(m, s, w)) })
	case Torn:
		each(func(w way[S]) { b.tear(s, w.after, out) })
	case Stale:
		each(func(w way[S]) { out.add(w.after) })
		b.actStale(m, s, out)
	}
	return out
}

// swap is what comes of an action if all that it changed in the elements with the
// number of an argument had been changed in those of the next number.
func (b *breaker[S]) swap(m Mutant, before *S, w way[S]) *S {
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
func (b *breaker[S]) tear(before, after *S, out *collection[S]) {
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
func (b *breaker[S]) actStale(m Mutant, s *S, out *collection[S]) {
	f := b.fields[m.field]
	for other := range b.model.Actions {
		b.each(other, s, func(w way[S]) {
			if !f.Equal(s, w.after) && b.isInside(w.after) {
				b.forced(m.action, m.field, s, w.after, out)
			}
		})
	}
}

// forced adds all that an action makes of a state if it reads one field as it was
// before, and is disabled otherwise.
func (b *breaker[S]) forced(action, field int, before, now *S, out *collection[S]) {
	stale := b.copy(now)
	b.fields[field].Copy(stale, before)
	b.eachQuietly(action, stale, func(w way[S]) {
		if _, enabled := b.again(action, now, w.answers); !enabled {
			out.of = b.whose(action, stale, w.answers)
			out.add(b.applied(now, stale, w.after))
		}
	})
}

// isInside: steps lead on from the state.
func (b *breaker[S]) isInside(s *S) bool { return b.model.Constraint == nil || b.model.Constraint(s) }

// eachQuietly is each from a state that no run may lead to: a panic there says
// nothing.
func (b *breaker[S]) eachQuietly(action int, s *S, yield func(way[S])) {
	defer func() { _ = recover() }()
	b.each(action, s, yield)
}

// applied is a state with the changes of a step that was taken from another one.
func (b *breaker[S]) applied(to, before, after *S) *S {
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
