package system

import (
	"fmt"
	"time"

	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

// recordPatience is the time that an action gets to ask the questions that it asked
// before it did not return.
const recordPatience = 100 * time.Millisecond

// LabelOfHung names a step of an action that does not return, with the arguments that
// it has asked for so far. The state and the answers must be copies. The action runs
// once more, and may not return from that either.
//
//go:norace
func LabelOfHung(a *Action, s State, answers []int) string {
	var recorder model.Odometer
	recorder.Record(answers)
	done := make(chan struct{})
	go func() {
		defer close(done)
		Attempt(a.Do, s, &recorder)
	}()
	select {
	case <-done:
	case <-time.After(recordPatience):
	}
	return trace.Step{Action: a.Name, Arguments: trace.ArgumentsOf(recorder.Arguments())}.Label()
}

// Hung describes the attempt to take a step that does not return, for another goroutine
// than the stepper's: nothing, if none was made.
//
//go:norace
func (p *Stepper) Hung() string {
	if p.odometer == nil {
		return "the model's code"
	}
	s := p.System.Codec.Make()
	p.System.Codec.New().Copy(s, p.state)
	label := LabelOfHung(&p.Actions()[p.trying], s, p.odometer.Answers(nil))
	return onState(label, p.begun, p.state)
}

// onState says on which state a step was tried.
func onState(label string, begun bool, s State) string {
	if !begun {
		return label
	}
	return fmt.Sprintf("%s, on the state %s,", label, trace.ValueOf(s))
}

// Hung describes the attempt that does not return, for another goroutine than the
// check's; nothing, if there is none.
//
//go:norace
func (c *Contract) Hung() string {
	if c.trying == nil {
		return ""
	}
	s := c.system.Codec.Make()
	c.system.Codec.New().Copy(s, c.parent)
	return onState(LabelOfHung(c.trying, s, c.odometer.Answers(nil)), true, c.parent)
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
	if x.Doing != DoAction && x.Doing != DoTerminal {
		return part // the state is another one
	}
	return onState(part, !x.Root, e.Parent())
}
