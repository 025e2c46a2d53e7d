package system

import (
	"slices"

	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

// Walk is a run that is taken step by step, and recorded as a trace.
type Walk struct {
	*Stepper
	Run trace.Trace

	waits [][]model.Wait // by step: who waits in the state after it
}

// NewWalk returns a walk that is still to begin.
func NewWalk(s *System, actions []Action) *Walk { return &Walk{Stepper: NewStepper(s, actions)} }

// Take takes a step, if there is one with exactly these answers, and records it. The
// arguments are asked for before the step, where the action still runs on the state
// that it leaves. A model's notes are made of the state as the action left it, where
// the fields that are no part of the state still have their values.
func (w *Walk) Take(action int, answers []int) (ok bool) {
	return w.take(action, answers, nil)
}

// take is Take with the state that the step leads to, if it was read already.
func (w *Walk) take(action int, answers []int, read *trace.Value) (ok bool) {
	if action >= len(w.Actions()) {
		return false
	}
	// The actions are those of the place before the step: Init is among them only there.
	a, arguments := w.Actions()[action], w.Arguments(action, answers)
	if ok = w.Stepper.Take(action, answers); ok {
		if read == nil {
			value := w.ValueOf(w.state)
			read = &value
		}
		w.Run.AppendFault(a.Fault, a.Name, arguments, *read)
		w.watch.Call("a Note of a part of the state", w.state, func() { w.Run.Note(w.after) })
		w.waits = append(w.waits, w.waitsHere())
	}
	return ok
}

// waitsHere asks the model who waits. A panic there must not hide the run.
func (w *Walk) waitsHere() (list []model.Wait) {
	if w.System.Waits == nil {
		return nil
	}
	defer func() {
		if recover() != nil {
			list = nil
		}
	}()
	w.watch.Call("Waits", w.state, func() { list = w.System.Waits(w.state) })
	return list
}

// NoteWaits adds to the run who waits at its end, or, if it has a loop, who waits in every
// state of the loop: whoever goes on in one of them does not wait for ever.
func (w *Walk) NoteWaits() {
	w.Run.Waits = nil
	if w.Run.Length == 0 {
		return
	}
	last := len(w.waits) - 1
	round := w.waits[last:]
	if w.Run.Loop > 0 {
		// The states of a trace are counted from one.
		round = w.waits[w.Run.Loop-1:]
	}
	for _, wait := range w.waits[last] {
		isHis := func(other model.Wait) bool { return other.Who == wait.Who }
		if !slices.ContainsFunc(round, func(list []model.Wait) bool { return !slices.ContainsFunc(list, isHis) }) {
			w.Run.Waits = append(w.Run.Waits, wait)
		}
	}
}

// TakeOrdinal takes the step to one of the successors, by its place among them: the
// ordinal of an [Origin], by which the log of predecessors knows it. So the order of
// Successors must be the order in which an [Expander] makes them.
func (w *Walk) TakeOrdinal(ordinal uint64) (ok bool) {
	i := uint64(0)
	w.Successors(func(action int, answers []int, _ State) bool {
		if i == ordinal {
			ok = w.Take(action, answers)
			return false
		}
		i++
		return true
	})
	return ok
}

// TakeAll takes steps, each by its place among the successors. The first place is one
// among the initial states.
func (w *Walk) TakeAll(ordinals []uint64) (ok bool) {
	for _, ordinal := range ordinals {
		if !w.TakeOrdinal(ordinal) {
			return false
		}
	}
	return true
}

// Next are the steps that a search would take from here, in its order.
func (w *Walk) Next() []trace.Step {
	steps, _ := w.next(func(string, *model.Odometer) bool { return true })
	return steps
}

// NextOf are the steps of Next of one action that may be meant, with their places in Next. May
// is asked about the action and its arguments alone, which do not know the other answers.
func (w *Walk) NextOf(action string, may func(trace.Step) bool) (list []trace.Step, places []int) {
	return w.next(func(name string, o *model.Odometer) (is bool) {
		if name != action {
			return false
		}
		w.watch.Call("a String method", nil, func() {
			is = may(trace.Step{Action: name, Arguments: trace.ArgumentsOf(o.Arguments())})
		})
		return is
	})
}

// next are the steps for which is holds. The ways are collected first, because Arguments runs
// the action on the work copy, and would overwrite the state that an attempt has just made.
func (w *Walk) next(is func(action string, o *model.Odometer) bool) (steps []trace.Step, places []int) {
	type way struct {
		action  int
		answers []int
		value   trace.Value
	}
	var ways []way
	place := 0
	for action, o := range w.Ways() {
		o.Remember()
		s, enabled, _ := w.Try(action, o)
		if !enabled {
			continue
		}
		if is(w.Actions()[action].Name, o) {
			ways, places = append(ways, way{action, o.Answers(nil), w.ValueOf(s)}), append(places, place)
		}
		place++
	}
	steps = []trace.Step{}
	last := w.Run.Steps[max(0, w.Run.Length-1):] // all that a step's changes depend on
	for _, way := range ways {
		// The capacity is clipped, so that what is appended does not overwrite the run.
		further := trace.Trace{Steps: last[:len(last):len(last)]}
		a := w.Actions()[way.action]
		further.AppendFault(a.Fault, a.Name, w.Arguments(way.action, way.answers), way.value)
		steps = append(steps, further.Steps[len(last)])
	}
	return steps, places
}

// TakeNamed takes the step with the name and arguments of a step of a trace. Of
// several, it prefers the one that leads to the same state. It reports which action
// took it, and whether it led to the same state. If several steps look alike, lead to
// different states, and none of them to the same one, it takes none. Alike is the
// number of steps that look alike, zero if there is no such step.
func (w *Walk) TakeNamed(want trace.Step) (action, alike int, same bool) {
	type way struct {
		answers []int
		value   trace.Value
	}
	// All ways are tried before one is chosen: only then is it known whether the step is
	// ambiguous. To read the state to which a way leads takes far longer than to try it, so
	// only those that look alike are read.
	var ways []way
	if place := slices.IndexFunc(w.Actions(), func(a Action) bool { return a.Name == want.Action }); place >= 0 && !w.IsBound() {
		action = place
		for o := range w.WaysOf(action) {
			o.Remember()
			if s, enabled, _ := w.Try(action, o); enabled && w.mayBe(o, want) {
				ways = append(ways, way{o.Answers(nil), w.ValueOf(s)})
			}
		}
	}
	var taken way // the last one that looks alike and leads elsewhere than the ones before
	for _, way := range ways {
		if !w.Arguments(action, way.answers).Match(want.Arguments) {
			continue
		}
		if way.value.Equal(want.State) {
			w.take(action, way.answers, &way.value)
			return action, 1, true
		}
		if alike == 0 || !way.value.Equal(taken.value) {
			taken = way
			alike++
		}
	}
	if alike == 1 {
		w.take(action, taken.answers, &taken.value)
	}
	return action, alike, false
}

// mayBe reports whether the last attempt may be the step of a trace, by its arguments.
func (w *Walk) mayBe(o *model.Odometer, want trace.Step) (may bool) {
	w.watch.Call("a String method", nil, func() {
		may = trace.ArgumentsOf(o.Arguments()).MayMatch(want.Arguments)
	})
	return may
}
