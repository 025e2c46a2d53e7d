package trace

import (
	"slices"

	"github.com/muster-mc/muster/model"
)

// Trace is a run of a model, from an initial state on.
type Trace struct {
	Length int    `json:"length"` // in states, the initial one included
	Steps  []Step `json:"steps"`  // one a state; the first step's action is Init

	// Loop is the number of the state, counting from 1, that the last state equals.
	// The run repeats the steps after this state for ever. If it is the last state
	// itself, the run stays there. Zero means that the run ends.
	Loop int `json:"loop,omitempty"`

	// Fair has the reason why the loop is fair, for each demand of fairness.
	Fair []Alibi `json:"fair,omitempty"`

	// Beyond says that steps lead on from states outside the model's constraint, which bounds
	// searches and not the log of a real system.
	Beyond bool `json:"beyond,omitempty"`

	// Waits says who waits for what: in the last state of a deadlock, or in every state
	// of a loop. It is nil for other runs, and if the model says nothing.
	Waits []model.Wait `json:"waits,omitempty"`
}

// Step is one action of a run and the state it led to.
type Step struct {
	Action    string    `json:"action"`
	Arguments Arguments `json:"arguments"`

	// Fault is the kind of fault that the action injects, such as crash; empty if the
	// action is no fault.
	Fault string `json:"fault,omitempty"`

	// Changes has the differences from the previous state. For the first step it
	// has the informative fields: those that are not zero, and zeros to which a
	// String method gives a name. Nil means that the changes are not computed yet.
	Changes []Change `json:"changes"`

	State Value `json:"state"`
}

// Append adds a step at the end, with its changes from the previous state. It removes
// the loop and Waits.
func (t *Trace) Append(action string, arguments Arguments, state Value) {
	t.Steps = append(t.Steps, Step{Action: action, Arguments: arguments, State: state})
	t.Length = len(t.Steps)
	t.Loop, t.Fair, t.Waits = 0, nil, nil
	t.Steps[t.Length-1].Changes = t.changes(t.Length - 1)
}

// AppendFault adds a step as [Trace.Append] does, with its kind of fault, which may be empty.
func (t *Trace) AppendFault(kind, action string, arguments Arguments, state Value) {
	t.Append(action, arguments, state)
	t.Steps[t.Length-1].Fault = kind
}

// changes returns the changes of step i, and computes them if necessary.
func (t *Trace) changes(i int) []Change {
	s := &t.Steps[i]
	switch {
	case s.Changes != nil:
		return s.Changes
	case i == 0:
		return start(s.State)
	}
	return Changes(t.Steps[i-1].State, s.State)
}

// Label returns the action and its arguments, such as Read(node=0).
func (s Step) Label() string { return s.labelWith(s.Arguments.String()) }

// IsLabelled reports whether a label may be that of the step. Whether answers are shown
// with the values behind their texts depends on the other answers that there were.
func (s Step) IsLabelled(label string) bool {
	as := s.Arguments
	return slices.ContainsFunc([]string{as.String(), as.Plain(), as.Exposed()}, func(text string) bool {
		return s.labelWith(text) == label
	})
}

func (s Step) labelWith(arguments string) string {
	action := escaped(s.Action)
	if len(s.Arguments) == 0 {
		return action
	}
	return action + "(" + arguments + ")"
}

// heading returns the label with the mark of a fault.
func (s Step) heading() string { return s.Label() + s.faultMark() }

// faultMark returns the text behind the label of a fault.
func (s Step) faultMark() string {
	if s.Fault == "" {
		return ""
	}
	return " [fault: " + escaped(s.Fault) + "]"
}
