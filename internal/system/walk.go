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
	if action >= len(w.Actions()) {
		return false
	}
	a, arguments := w.Actions()[action], w.Arguments(action, answers)
	if ok = w.Stepper.Take(action, answers); ok {
		w.Run.AppendFault(a.Fault, a.Name, arguments, w.ValueOf(w.state))
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

// Next are the steps that a search would take from here, in its order. The ways are
// collected first, because Arguments runs the action on the work copy, and would
// overwrite the state that Successors has just handed out.
func (w *Walk) Next() []trace.Step {
	type way struct {
		action  int
		answers []int
		value   trace.Value
	}
	var ways []way
	w.Successors(func(action int, answers []int, s State) bool {
		ways = append(ways, way{action, answers, w.ValueOf(s)})
		return true
	})
	steps := []trace.Step{}
	last := w.Run.Steps[max(0, w.Run.Length-1):] // all that a step's changes depend on
	for _, way := range ways {
		further := trace.Trace{Steps: last[:len(last):len(last)]}
		a := w.Actions()[way.action]
		further.AppendFault(a.Fault, a.Name, w.Arguments(way.action, way.answers), way.value)
		steps = append(steps, further.Steps[len(last)])
	}
	return steps
}

// TakeNamed takes the step with the name and arguments of a step of a trace. Of
// several, it prefers the one that leads to the same state. It reports which action
// took it, and whether it led to the same state. If several steps look alike, lead to
// different states, and none of them to the same one, it takes none. Alike is the
// number of steps that look alike, zero if there is no such step.
func (w *Walk) TakeNamed(want trace.Step) (action, alike int, same bool) {
	type way struct {
		action  int
		answers []int
		value   trace.Value
	}
	var ways []way
	w.Successors(func(a int, given []int, s State) bool {
		if w.Actions()[a].Name == want.Action {
			ways = append(ways, way{a, given, w.ValueOf(s)})
		}
		return true
	})
	var taken way // the last one that looks alike and leads elsewhere than the ones before
	for _, way := range ways {
		if !w.Arguments(way.action, way.answers).Match(want.Arguments) {
			continue
		}
		if way.value.Equal(want.State) {
			w.Take(way.action, way.answers)
			return way.action, 1, true
		}
		if alike == 0 || !way.value.Equal(taken.value) {
			taken = way
			alike++
		}
	}
	if alike == 1 {
		w.Take(taken.action, taken.answers)
	}
	return taken.action, alike, false
}
