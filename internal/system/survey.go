package system

import (
	"cmp"
	"context"
	"slices"

	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

// Way is a step by the place of its action and its answers, from where it is taken. A
// list of ways is a run that takes microseconds to take again, since nothing is looked
// up by its text.
type Way struct {
	Action  int
	Answers []int
}

// Retake goes before the first state and takes these steps.
func (p *Stepper) Retake(ways []Way) (ok bool) {
	p.Begin()
	for _, w := range ways {
		if !p.Take(w.Action, w.Answers) {
			return false
		}
	}
	return true
}

// After is the state to which the last step has led, as the action left it: fields that
// are no part of the state have their values. It is valid until the next step.
func (p *Stepper) After() State { return p.after }

// Tries says how an action was tried in one place, and why it was not enabled.
type Tries struct {
	Tried, Enabled int
	Guards         []Refusal // by guards, in the order in which they refused first
	Nothing        []Refusal // choices from nothing, by the name of the choice
	Unnamed        int       // the action returned false, and no guard had refused
	Panics         int
	Panicked       *Panic // the first of them
}

// Refusal is a reason for which attempts to take a step failed, and how many.
type Refusal struct {
	Name  string
	Count int
}

// Survey tries an action in every way, and calls yield for each way that leads on, with the
// odometer that remembers the answers and the arguments. Guards
// are watched, so that what it returns says why the others do not. Where Cancelled ends
// it, the counts are those until then.
func (p *Stepper) Survey(action int, yield func(o *model.Odometer)) (t Tries) {
	if p.IsBound() {
		return t
	}
	var guards model.Guards
	var o model.Odometer
	o.WatchAll(&guards)
	o.Reset()
	for more := true; more; more = o.Next() {
		if p.looks++; p.looks%64 == 0 && p.Cancelled != nil && p.Cancelled() {
			return t
		}
		guards = model.Guards{}
		o.Remember()
		t.Tried++
		enabled, panicked := p.tryLoudly(action, &o)
		switch {
		case enabled:
			t.Enabled++
			yield(&o)
		case panicked != nil:
			t.Panics++
			t.Panicked = cmp.Or(t.Panicked, panicked)
		default:
			t.refused(&guards, &o)
		}
	}
	return t
}

// refused notes why an attempt was refused: by a choice from nothing, by guards, or by
// the action itself.
func (t *Tries) refused(guards *model.Guards, o *model.Odometer) {
	if o.Void() {
		t.Nothing = count(t.Nothing, o.Empty())
		return
	}
	named := false
	for name, refused := range guards.All() {
		if refused {
			t.Guards, named = count(t.Guards, name), true
		}
	}
	if !named {
		t.Unnamed++
	}
}

func count(list []Refusal, name string) []Refusal {
	i := slices.IndexFunc(list, func(r Refusal) bool { return r.Name == name })
	if i < 0 {
		return append(list, Refusal{name, 1})
	}
	list[i].Count++
	return list
}

// Scout takes steps from one place, each only to see where it leads. It is for one
// goroutine.
type Scout struct {
	*Stepper
	from []byte // the place's state; nil before the first
}

// NewScout returns a scout of the steps from an encoded state, or, from nil, of those to
// the initial states.
func NewScout(s *System, actions []Action, from []byte) *Scout {
	return &Scout{NewStepper(s, actions), from}
}

// Go goes to the place, and takes a step from there.
func (s *Scout) Go(w Way) (ok bool) { return s.Return() && s.Take(w.Action, w.Answers) }

// Return goes back to the place.
func (s *Scout) Return() (ok bool) {
	if s.from == nil {
		s.Begin()
		return true
	}
	return s.Enter(s.from)
}

// Step returns the step of a way, without its changes. The scout stands at its place then.
func (s *Scout) Step(w Way) trace.Step {
	s.Return()
	a := s.Actions()[w.Action]
	return trace.Step{Action: a.Name, Fault: a.Fault, Arguments: s.Arguments(w.Action, w.Answers)}
}

// CancelledBy has the stepper look at a context now and then.
func (p *Stepper) CancelledBy(ctx context.Context) {
	p.Cancelled = func() bool { return ctx.Err() != nil }
}

// StepIs asks a predicate about the last step, as a property of steps is asked. The step to
// an initial state satisfies none.
func (p *Stepper) StepIs(holds func(before, after State) bool) bool {
	return p.begun && !p.initial && holds(p.before, p.after)
}
