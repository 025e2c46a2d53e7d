package system

import (
	"fmt"

	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

// Shows reports whether a property about states or steps has something to show where
// the stepper stands: a violation, or what it claims to be reachable. Nothing is shown
// before the first state, and the step to an initial state violates no property of
// steps. Such a property is asked about the state as the action left it, as in a search,
// and not about the decoded one.
func (p *Stepper) Shows(property int) (shows bool, panicked *Panic) {
	q := &p.System.Properties[property]
	if !p.begun {
		return false, nil
	}
	return p.Ask("property "+q.Name, func() bool {
		switch q.Kind {
		case model.KindAlways:
			return !q.State(p.state)
		case model.KindReachable:
			return q.State(p.state)
		case model.KindAlwaysStep:
			return !p.initial && !q.Step(p.before, p.after)
		}
		return false
	})
}

// Inside reports whether the state satisfies the constraint. Init leads on whatever the
// constraint says about the zero state, for that is no state of the model.
func (p *Stepper) Inside() (inside bool, panicked *Panic) {
	if p.System.Constraint == nil || !p.begun {
		return true, nil
	}
	return p.Ask("Constraint", func() bool { return p.System.Constraint(p.state) })
}

// IsTerminal reports whether the state may be without successors.
func (p *Stepper) IsTerminal() (terminal bool, panicked *Panic) {
	if p.System.Terminal == nil {
		return false, nil
	}
	return p.Ask("Terminal", func() bool { return p.System.Terminal(p.state) })
}

// LeadsOn reports whether any step leads on from here, and the first panic of an
// action. It goes through all ways even after an enabled one, because a search would
// report a panic of any of them.
func (p *Stepper) LeadsOn() (somewhere bool, panicked *Panic) {
	// One odometer goes through all ways of an action, so its answers are those of the
	// attempt until the loop goes on.
	for a, o := range p.Ways() {
		enabled, now := p.tryLoudly(a, o)
		somewhere = somewhere || enabled
		if panicked == nil {
			panicked = now
		}
	}
	return somewhere, panicked
}

// tryLoudly is Try, but keeps the panic. The label is made after the panic was recovered,
// by a run of its own.
func (p *Stepper) tryLoudly(action int, o *model.Odometer) (enabled bool, panicked *Panic) {
	defer func() {
		if v := recover(); v != nil && !o.Void() {
			panicked = Recovered("", v)
			panicked.In = LabelOf(p.Actions()[action].Name, p.Arguments(action, o.Answers(nil)))
		}
	}()
	p.workSpace.Copy(p.work, p.state)
	a := &p.Actions()[action]
	p.watch.beginAction(a, o, p.state, p.begun)
	defer p.watch.end()
	return a.Do(p.work, o.Choice()) && !o.Void(), nil
}

// Ask runs a part of the model's code that says yes or no about the state where the
// stepper stands. If it panics, it says no.
func (p *Stepper) Ask(part string, code func() bool) (yes bool, panicked *Panic) {
	p.watch.begin(part, p.state)
	defer p.watch.end()
	return recovering(part, code)
}

// recovering turns a panic of code into the answer no.
func recovering(part string, code func() bool) (yes bool, panicked *Panic) {
	defer func() {
		if v := recover(); v != nil {
			yes, panicked = false, Recovered(part, v)
		}
	}()
	return code(), nil
}

// Explain asks a violated property for its own words. A panic there must not hide the
// violation, so it becomes the explanation.
func (p *Stepper) Explain(property int) (detail string) {
	q := &p.System.Properties[property]
	defer func() {
		if recover() != nil {
			detail = "(the property's explanation panicked)"
		}
	}()
	p.watch.begin("the explanation of property "+q.Name, p.state)
	defer p.watch.end()
	if said := p.witnesses.say(property); said != "" {
		return trace.Escape(said)
	}
	switch {
	case q.ExplainStep != nil && q.Kind == model.KindAlwaysStep:
		return trace.Escape(q.ExplainStep(p.before, p.after))
	case q.Explain != nil:
		return trace.Escape(q.Explain(p.state))
	}
	return ""
}

// Inspection is what there is to be said of one place of a run.
type Inspection struct {
	Shown      []Finding // by properties, in the order of the system
	IsDeadlock bool      // false if the code that decides it panicked
	Panicked   *Panic    // the first panic, nil for none
}

// Finding is a property that has something to show.
type Finding struct {
	Property int
	Detail   string // what the property says about a violation
}

// Inspect asks all properties about the place where the stepper stands, and whether
// it is a deadlock. A panic in the model's code leaves the rest its say. Properties
// about whole runs are asked by ofRun, which reports whether one is violated and why.
func (p *Stepper) Inspect(ofRun func(property int) (violated bool, detail string)) Inspection {
	var i Inspection
	for property := range p.System.Properties {
		i.ask(p, property, ofRun)
	}
	i.IsDeadlock = i.isStuck(p)
	return i
}

// ask asks one property. Only a violation has an explanation: of a state that was to be
// reached there is nothing wrong.
func (i *Inspection) ask(p *Stepper, property int, ofRun func(int) (bool, string)) {
	q := &p.System.Properties[property]
	f := Finding{Property: property}
	var shows bool
	var panicked *Panic
	if q.IsTemporal() {
		// Not through Ask: the property is asked in each state of the run, by a walk of its own.
		shows, panicked = recovering("property "+q.Name, func() (violated bool) {
			violated, f.Detail = ofRun(property)
			return violated
		})
	} else if shows, panicked = p.Shows(property); shows && !q.IsReachable() {
		f.Detail = p.Explain(property)
	}
	i.note(panicked)
	if shows {
		i.Shown = append(i.Shown, f)
	}
}

// note keeps the first panic: later ones are often its consequences.
func (i *Inspection) note(panicked *Panic) {
	if i.Panicked == nil {
		i.Panicked = panicked
	}
}

// isStuck reports whether there is a deadlock. Where a search would not go on,
// because of the constraint or of a panic, there is none.
func (i *Inspection) isStuck(p *Stepper) bool {
	inside, panicked := p.Inside()
	// No step leads on from outside, and the search does not call that a deadlock.
	if i.note(panicked); !inside && !p.System.Beyond {
		return false
	}
	leadsOn, panicked := p.LeadsOn()
	if i.note(panicked); !p.begun || leadsOn || p.System.AllowDeadlock || i.Panicked != nil {
		return false
	}
	terminal, panicked := p.IsTerminal()
	i.note(panicked)
	return !terminal && panicked == nil
}

// Part names the part of the model's code that an [Expansion] is at; label names the
// step of an action.
func (s *System) Part(doing int, label func() string) string {
	switch doing {
	case DoAction:
		return label()
	case DoConstraint:
		return "Constraint"
	case DoTerminal:
		return "Terminal"
	}
	return fmt.Sprintf("property %s", s.Properties[doing].Name)
}
