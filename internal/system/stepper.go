package system

import (
	"iter"
	"slices"

	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

// Stepper runs a system step by step, at leisure: it is far slower than an
// [Expander]. It begins before the first state, from where Init leads on. It is for
// one goroutine.
type Stepper struct {
	System    *System
	Cancelled func() bool // looked at now and then among an action's combinations, if not nil

	// Around is called with the one run of the action by which Take takes a step, if it is
	// not nil: all other runs only ask for arguments or look at what is possible.
	Around func(run func())

	actions []Action
	looks   uint   // combinations so far, of all actions
	watch   *Watch // of all code of the model that is called here

	// Two states would do for most callers. There are four, because a property of steps is
	// asked about the state before the step and the one that the action made of it, after
	// the stepper has arrived and perhaps tried further actions.
	state, before           State
	after, work             State // the last step's copy, as the action has left it, and the next one's
	stateSpace, beforeSpace Space
	afterSpace, workSpace   Space
	cleaner                 Cleaner
	begun                   bool // it stands in a state
	initial                 bool // which Init has made
	encoded                 []byte
	witnesses               witnesses
}

// NewStepper returns a stepper that takes these actions.
func NewStepper(s *System, actions []Action) *Stepper {
	c := s.Codec
	return &Stepper{
		System: s, actions: actions, watch: s.Watch,
		state: c.Make(), before: c.Make(), after: c.Make(), work: c.Make(),
		stateSpace: c.New(), beforeSpace: c.New(), afterSpace: c.New(), workSpace: c.New(),
		cleaner: NewCleaner(c),
	}
}

// Begin goes before the first state: to the zero state, which Init changes.
func (p *Stepper) Begin() {
	p.begun, p.initial = false, false
	p.witnesses = nil
	// A copy of a new zero state, and no assignment: the memory behind the state is the
	// space's.
	p.stateSpace.Copy(p.state, p.System.Codec.Make())
}

// Enter goes to an encoded state, as if a step had led there. It reports false if
// data does not begin with a state.
func (p *Stepper) Enter(data []byte) (ok bool) {
	p.begun, p.initial = true, false
	p.witnesses = nil
	_, ok = p.stateSpace.Decode(p.state, data)
	return ok
}

// Begun reports whether the stepper stands in a state, and not before the first.
func (p *Stepper) Begun() bool { return p.begun }

// Initial reports whether the last step was by Init.
func (p *Stepper) Initial() bool { return p.initial }

// State is the state where the stepper stands.
func (p *Stepper) State() State { return p.state }

// Encoding returns the encoding of the state. It is valid until the next call.
func (p *Stepper) Encoding() []byte {
	p.encoded = p.workSpace.Append(p.encoded[:0], p.state)
	return p.encoded
}

// Actions are those that may lead on from here: Init, before the first state.
func (p *Stepper) Actions() []Action {
	if !p.begun {
		return []Action{p.System.Init}
	}
	return p.actions
}

// Ways are all ways to run each action, in the order of a search: the place of the
// action in Actions, and an odometer that stands at the answers. There are none
// where the stepper is bound.
func (p *Stepper) Ways() iter.Seq2[int, *model.Odometer] {
	return func(yield func(int, *model.Odometer) bool) {
		if p.IsBound() {
			return
		}
		for a := range p.Actions() {
			for o := range p.WaysOf(a) {
				if !yield(a, o) {
					return
				}
			}
		}
	}
}

// WaysOf are all ways to run one action.
func (p *Stepper) WaysOf(action int) iter.Seq[*model.Odometer] {
	return func(yield func(*model.Odometer) bool) {
		var o model.Odometer
		o.Reset()
		for more := true; more; more = o.Next() {
			// The cancellation is asked about once in 64 combinations, because most
			// combinations take less than the question.
			if p.looks++; p.looks%64 == 0 && p.Cancelled != nil && p.Cancelled() || !yield(&o) {
				return
			}
		}
	}
}

// Try runs an action on a copy of the state, and returns the state that it leads to,
// which is valid until the next call. For how panics count see [Attempt].
func (p *Stepper) Try(action int, o *model.Odometer) (s State, enabled, panicked bool) {
	p.workSpace.Copy(p.work, p.state)
	enabled, panicked = p.attempt(action, o)
	if !enabled {
		return nil, false, panicked
	}
	return p.cleaner.Clean(p.work), true, false
}

// attempt runs an action on the work copy.
func (p *Stepper) attempt(action int, o *model.Odometer) (enabled, panicked bool) {
	return p.watch.Attempt(&p.Actions()[action], p.work, o, p.state, p.begun)
}

// Call runs other code of the model, on the state where the stepper stands.
func (p *Stepper) Call(name string, code func()) { p.watch.Call(name, p.state, code) }

// ValueOf returns a state as text, for which it calls the model's String methods.
func (p *Stepper) ValueOf(s State) (v trace.Value) {
	p.watch.Call("a String method", nil, func() { v = trace.ValueOf(s) })
	return v
}

// Successors calls yield for every successor, in the order of a search, until yield
// returns false. The state is valid until yield returns. A panic of an action counts
// as disabled.
func (p *Stepper) Successors(yield func(action int, answers []int, s State) bool) {
	for a, o := range p.Ways() {
		s, enabled, _ := p.Try(a, o)
		if enabled && !yield(a, o.Answers(nil), s) {
			return
		}
	}
}

// Take takes a step, if there is a step with exactly these answers. The action is given
// the answers as a script. Questions beyond the script get their first answer, and
// answers that no question asked for are left over; so the answers that were really
// given are compared with those that were wanted.
func (p *Stepper) Take(action int, answers []int) (ok bool) {
	if action >= len(p.Actions()) {
		return false
	}
	var o model.Odometer
	o.Record(answers)
	// The state is not taken from Try, which has cleaned it: arrive encodes what the action
	// itself has left, and the rest of the step is asked about that.
	enabled := false
	run := func() { _, enabled, _ = p.Try(action, &o) }
	if p.Around != nil {
		p.Around(run)
	} else {
		run()
	}
	if enabled = enabled && slices.Equal(o.Answers(nil), answers); enabled {
		p.arrive()
	}
	return enabled
}

// arrive goes to the state that was tried. The stepper has it in the form in which a
// search meets it: decoded. So fields that are no part of the state are zero, and an
// action finds no more in the state than it would in a search. The step itself, before
// and after, stays as it was for the properties of steps.
func (p *Stepper) arrive() {
	// The work copy becomes the state after the step, and the old one is the next work
	// copy: a state with its space is too large to be copied for each step.
	p.after, p.work = p.work, p.after
	p.afterSpace, p.workSpace = p.workSpace, p.afterSpace
	p.beforeSpace.Copy(p.before, p.state)
	p.encoded = p.workSpace.Append(p.encoded[:0], p.after)
	Decode(p.stateSpace, p.state, p.encoded)
	p.initial, p.begun = !p.begun, true
	p.witness()
}

// Arguments returns the arguments of a step from here.
func (p *Stepper) Arguments(action int, answers []int) (list trace.Arguments) {
	p.workSpace.Copy(p.work, p.state)
	var recorder model.Odometer
	recorder.Record(answers)
	p.attempt(action, &recorder)
	p.watch.Call("a String method", nil, func() { list = trace.ArgumentsOf(recorder.Arguments()) })
	return list
}

// Label names a step from here: the action with its arguments.
func (p *Stepper) Label(action int, answers []int) string {
	return trace.Step{Action: p.Actions()[action].Name, Arguments: p.Arguments(action, answers)}.Label()
}

// IsBound reports whether no step leads on, because the state is outside the constraint.
func (p *Stepper) IsBound() bool { return !p.System.Beyond && p.IsOutside() }

// IsOutside reports whether the state does not satisfy the constraint. A state on
// which the constraint panics does not.
func (p *Stepper) IsOutside() bool {
	inside, panicked := p.Inside()
	return !inside || panicked != nil
}
