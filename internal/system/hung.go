package system

import (
	"fmt"
	"sync"
	"time"

	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

// recordPatience is the time that the model's code gets to say what describes a call that
// does not return: an action to ask the questions that it asked before, and the String
// methods of a state. Either may be the very code that does not return.
const recordPatience = 100 * time.Millisecond

// Watch knows which part of the model's code a goroutine runs, so that another goroutine
// can tell when that code does not return. The goroutine that runs the code cannot.
//
// A lock for each call is too slow for an [Expander], which has [Expansion.Hung] instead,
// and for the checks of many calls on one state, which have a series. All other code of
// the engine calls the model through a watch.
type Watch struct {
	mu       sync.Mutex
	codec    Codec
	calls    uint64 // so far
	running  bool   // the last of them has not returned
	name     string // of the part that is running, unless it is an action
	action   *Action
	odometer *model.Odometer // with the answers of the action
	from     State           // where the code was called, nil for no state or an unknown one
	begun    bool            // from is a state of the model, and not the zero state that Init changes
	series   *series         // knows all of this instead, unless it is nil
}

// A series is many short calls of the model's code that a watch takes for one. Which of
// them is running is noted without a lock, by pointers that are whole at any time: a
// goroutine that reads them while they change may name the call before, and nothing else
// that is wrong.
type series struct {
	action   *Action
	odometer *model.Odometer // with the answers of the action
	part     *string         // the name of what is running, if that is no action
	from     *State          // where it was called: a state of the model that stays as it is
}

// attempt notes that an action is called on a copy of a state.
func (s *series) attempt(a *Action, o *model.Odometer, from *State) {
	s.action, s.odometer, s.from = a, o, from
}

// ask notes that another part of the model's code is called.
func (s *series) ask(part *string, from *State) { s.action, s.part, s.from = nil, part, from }

// NewWatch returns a watch for one goroutine.
func NewWatch(c Codec) *Watch { return &Watch{codec: c} }

// begin notes that a part of the model's code is called on a state, which may be nil. The
// caller must call end, also after a panic.
func (w *Watch) begin(name string, on State) {
	w.mu.Lock()
	w.calls++
	w.running, w.name, w.action, w.from, w.begun, w.series = true, name, nil, on, on != nil, nil
	w.mu.Unlock()
}

// beginAction notes that an action is called. From is the state before the step, of which
// the action changes a copy; it is no state of the model for Init.
func (w *Watch) beginAction(a *Action, o *model.Odometer, from State, begun bool) {
	w.mu.Lock()
	w.calls++
	w.running, w.action, w.odometer, w.from, w.begun, w.series = true, a, o, from, begun, nil
	w.mu.Unlock()
}

// beginSeries notes that a series of calls begins, which the caller must end. The states on
// which they are called must be there by now.
func (w *Watch) beginSeries(s *series) {
	*s = series{}
	w.mu.Lock()
	w.calls++
	w.running, w.series = true, s
	w.mu.Unlock()
}

func (w *Watch) end() {
	w.mu.Lock()
	w.running = false
	w.mu.Unlock()
}

// Attempt runs an action on a copy of the state before the step, as the function of that
// name does. Begun says that this is a state of the model: Init begins at none.
func (w *Watch) Attempt(a *Action, work State, o *model.Odometer, from State, begun bool) (enabled, panicked bool) {
	w.beginAction(a, o, from, begun)
	defer w.end()
	return Attempt(a.Do, work, o)
}

// Call notes that code of the model is called, and calls it.
func (w *Watch) Call(name string, on State, code func()) {
	w.begin(name, on)
	defer w.end()
	code()
}

// Running returns the number of the call that is running, or 0. The same number at two
// moments means one call: many short calls are no reason to give a run up.
func (w *Watch) Running() uint64 {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.running {
		return 0
	}
	return w.calls
}

// Hung describes the call that does not return, or returns nothing if none is running.
//
//go:norace
func (w *Watch) Hung() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.running && w.series != nil {
		w.recall()
	}
	switch {
	case !w.running:
		return ""
	case w.action == nil:
		return OnState(w.name, w.begun, w.from)
	}
	s := w.codec.Make()
	w.codec.New().Copy(s, w.from)
	return OnState(LabelOfHung(w.action, s, w.odometer.Answers(nil)), w.begun, w.from)
}

// recall takes the running call from the series.
//
//go:norace
func (w *Watch) recall() {
	s := w.series
	w.action, w.odometer, w.from, w.begun, w.name = s.action, s.odometer, nil, s.from != nil, ""
	if s.part != nil {
		w.name = *s.part
	}
	if s.from != nil {
		w.from = *s.from
	}
	// The first call of the series may not have begun.
	if w.action == nil && w.name == "" {
		w.running = false
	}
}

// LabelOfHung names a step of an action that does not return, with the arguments that
// it has asked for so far. The state and the answers must be copies. The action runs
// once more, and may not return from that either.
//
//go:norace
func LabelOfHung(a *Action, s State, answers []int) string {
	var recorder model.Odometer
	// The recorder stands at the answers of the call that hangs. It may ask further
	// questions, or fewer, if the model does not do the same again: the label is then a
	// hint.
	recorder.Record(answers)
	inTime(func() { Attempt(a.Do, s, &recorder) })
	label := a.Name
	inTime(func() {
		label = LabelOf(a.Name, trace.ArgumentsOf(recorder.Arguments()))
	})
	return label
}

// inTime runs code for as long as recordPatience, and reports whether it has ended.
func inTime(code func()) (ended bool) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		code()
	}()
	select {
	case <-done:
		return true
	case <-time.After(recordPatience):
		return false
	}
}

// OnState says on which state a part of the model's code was called, if begun says that
// it was called on one.
//
//go:norace
func OnState(part string, begun bool, s State) string {
	text := ""
	if !begun || !inTime(func() { text = fmt.Sprint(trace.ValueOf(s)) }) {
		return part
	}
	return fmt.Sprintf("%s, on the state %s,", part, text)
}

// Hung describes the code that an expander runs and that does not return, for another
// goroutine than the expander's. Actions are those that it tries.
//
//go:norace
func (x *Expansion) Hung(s *System, actions []Action, e Expander) string {
	state := s.Codec.Make() // a copy, for the action may change it
	s.Codec.New().Copy(state, e.Parent())
	part := s.Part(x.Doing, func() string {
		a := &s.Init
		if !x.Root {
			a = &actions[x.Action]
		}
		return LabelOfHung(a, state, x.Odometer.Answers(nil))
	})
	switch {
	case x.Doing == DoAction || x.Doing == DoTerminal:
		return OnState(part, !x.Root, e.Parent())
	case x.Doing >= 0 && s.Properties[x.Doing].Step != nil:
		return OnState(part+", on a step", !x.Root, e.Parent())
	}
	return OnState(part, true, x.On)
}
