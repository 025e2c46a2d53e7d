package audit

import (
	"bytes"
	"slices"

	"github.com/muster-mc/muster/internal/codec"
	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
)

// mutator computes the steps of mutants. One goroutine may use it.
type mutator struct {
	model  *system.System
	codec  system.Codec
	space  system.Space // encodes
	fields []*codec.Field
	bytes  []byte
}

// way is one way to take an action: the answers to its choices, and the next state.
type way struct {
	after   system.State
	answers []int
}

// mutated returns the model with the mutant's action. When the new action is called
// for a state, it first computes all its successors, and then makes a choice among
// them. It keeps the successors of the last state, since the engine calls an action
// once for each choice.
func (a *auditor) mutated(m Mutant) *system.System {
	mut := newMutator(a.model)
	var from []byte // the encoding of the state whose successors are in next
	var next *successorSet
	broken := *a.model
	broken.Actions = slices.Clone(a.model.Actions)
	action := &broken.Actions[m.action]
	*action = action.Doing(func(s system.State, c *model.Choice) bool {
		mut.bytes = mut.space.Append(mut.bytes[:0], s)
		if next == nil || !bytes.Equal(from, mut.bytes) {
			from, next = slices.Clone(mut.bytes), nil
			next = mut.successors(m, s)
		}
		after := next.pick(c)
		if after == nil {
			return false
		}
		mut.codec.New().Copy(s, after)
		return true
	})
	if action.Fair.IsEach() {
		action.FairBy = []string{groupArgument}
	}
	return &broken
}

// copy returns a deep copy of a state.
func (mut *mutator) copy(s system.State) system.State {
	c := mut.codec.Make()
	mut.codec.New().Copy(c, s)
	return c
}

// each calls yield for every way to take an action from a state.
func (mut *mutator) each(action int, s system.State, yield func(way)) {
	do := mut.model.Actions[action].Do
	var o model.Odometer
	o.Reset()
	for more := true; more; more = o.Next() {
		after := mut.copy(s)
		if !attempt(do, after, &o) {
			continue
		}
		yield(way{after, o.Answers(nil)})
	}
}

// numbers returns the numbers that an action chose, by the names of its arguments. If
// the action used a name twice, the first number counts.
func (mut *mutator) numbers(action int, s system.State, answers []int) map[string]int {
	var o model.Odometer
	o.Record(answers)
	attempt(mut.model.Actions[action].Do, mut.copy(s), &o)
	list := map[string]int{}
	for i, x := range o.Arguments() {
		n, isNumber := x.Value.(int)
		if _, known := list[x.Name]; isNumber && !known && n == answers[i] { // and the action did not pick the number from a list
			list[x.Name] = n
		}
	}
	return list
}

// attempt runs an action once. After a choice from an empty set the action counts as
// disabled, even if it panics; any other panic is a defect of the model and passes
// through.
func attempt(do func(system.State, *model.Choice) bool, s system.State, o *model.Odometer) (enabled bool) {
	defer func() {
		if o.Void() {
			_ = recover()
			enabled = false
		}
	}()
	return do(s, o.Choice())
}

// again takes an action once more with the same answers. It reports false if the
// action is then disabled or makes other choices.
func (mut *mutator) again(action int, s system.State, answers []int) (system.State, bool) {
	var o model.Odometer
	o.Record(answers)
	after := mut.copy(s)
	enabled := attempt(mut.model.Actions[action].Do, after, &o)
	return after, enabled && slices.Equal(o.Answers(nil), answers)
}

// changed returns the fields in which two states differ.
func (mut *mutator) changed(s, t system.State) []int {
	var list []int
	for i, f := range mut.fields {
		if !f.Equal(s, t) {
			list = append(list, i)
		}
	}
	return list
}

// successors returns the states to which a mutant's action leads from a state.
func (mut *mutator) successors(m Mutant, from system.State) *successorSet {
	s := mut.copy(from)
	out := newSuccessorSet(mut)
	each := func(do func(way)) {
		mut.each(m.action, s, func(w way) {
			out.of = mut.whose(m.action, s, w.answers)
			do(w)
		})
	}
	switch m.Kind {
	case Lost:
		each(func(w way) {
			mut.fields[m.field].Copy(w.after, s)
			out.add(w.after)
		})
	case Skipped:
		each(func(way) { out.add(s) })
	case Twice:
		each(func(w way) {
			out.add(w.after)
			if second, ok := mut.again(m.action, w.after, w.answers); ok {
				out.add(second)
			}
		})
	case Swapped:
		each(func(w way) { out.add(mut.swap(m, s, w)) })
	case Torn:
		each(func(w way) { mut.tear(s, w.after, out) })
	case Stale:
		each(func(w way) { out.add(w.after) })
		mut.actStale(m, s, out)
	}
	return out
}

// swap returns the state after an action, with every change to an element whose index
// is the mutant's argument moved to the element with the next index.
func (mut *mutator) swap(m Mutant, before system.State, w way) system.State {
	element, asked := mut.numbers(m.action, before, w.answers)[m.Argument]
	if !asked {
		return w.after
	}
	swapped := mut.copy(w.after)
	for _, i := range mut.changed(before, w.after) {
		f := mut.fields[i]
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

// tear adds the state after a step, and the states of all interrupted versions of the
// step: with only the first changed fields, or only the last.
func (mut *mutator) tear(before, after system.State, out *successorSet) {
	out.add(after)
	changed := mut.changed(before, after)
	for cut := 1; cut < len(changed); cut++ {
		head, tail := mut.copy(before), mut.copy(before)
		for i, f := range changed {
			if i < cut {
				mut.fields[f].Copy(head, after)
			} else {
				mut.fields[f].Copy(tail, after)
			}
		}
		out.add(head)
		out.add(tail)
	}
}

// actStale adds the stale steps of the mutant's action after each step of another
// action that changes the field.
func (mut *mutator) actStale(m Mutant, s system.State, out *successorSet) {
	f := mut.fields[m.field]
	for other := range mut.model.Actions {
		mut.each(other, s, func(w way) {
			if !f.Equal(s, w.after) && mut.isInside(w.after) {
				mut.addStale(m.action, m.field, s, w.after, out)
			}
		})
	}
}

// addStale adds the results of an action that reads the old value of a field, if the
// action is disabled with the new value.
func (mut *mutator) addStale(action, field int, before, now system.State, out *successorSet) {
	stale := mut.copy(now)
	mut.fields[field].Copy(stale, before)
	mut.eachRecovering(action, stale, func(w way) {
		if _, enabled := mut.again(action, now, w.answers); !enabled {
			out.of = mut.whose(action, stale, w.answers)
			out.add(mut.applyChanges(now, stale, w.after))
		}
	})
}

// isInside reports whether a state satisfies the constraint, so that the search
// expands it.
func (mut *mutator) isInside(s system.State) bool {
	return mut.model.Constraint == nil || mut.model.Constraint(s)
}

// eachRecovering is each for a state that may be unreachable. A panic in such a state
// is not a defect of the model.
func (mut *mutator) eachRecovering(action int, s system.State, yield func(way)) {
	defer func() { _ = recover() }()
	mut.each(action, s, yield)
}

// applyChanges returns a state with the changes of a step from another state.
func (mut *mutator) applyChanges(to, before, after system.State) system.State {
	s := mut.copy(to)
	for _, f := range mut.fields {
		for place := range f.Places() {
			if !f.Same(place, before, after) {
				f.Move(s, place, after, place)
			}
		}
	}
	return s
}
