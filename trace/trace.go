package trace

// Trace is a run of a model, from an initial state on.
type Trace struct {
	Length int    `json:"length"` // in states, the initial one included
	Steps  []Step `json:"steps"`  // one a state; the first step's action is Init

	// Loop is the number of the state, counting from 1, that the last state is
	// the same as: from there on the run goes round for ever. If it is the last
	// state itself, the run stays there. Zero: the run ends.
	Loop int `json:"loop,omitempty"`

	// Fair is how the loop is fair to each action that is owed fairness.
	Fair []Alibi `json:"fair,omitempty"`
}

// Step is one action of a run and the state it led to.
type Step struct {
	Action    string    `json:"action"`
	Arguments Arguments `json:"arguments"`

	// Changes is what differs from the state before. Of the first step, which
	// has none before it, it is the fields that say something: those that are
	// not zero, and zeros that a String method gives a name. Nil means that
	// nobody has worked it out yet.
	Changes []Change `json:"changes"`

	State Value `json:"state"`
}

// Append adds a step to the end, with its changes against the state before it.
// A run that went round for ever does so no more.
func (t *Trace) Append(action string, arguments Arguments, state Value) {
	t.Steps = append(t.Steps, Step{Action: action, Arguments: arguments, State: state})
	t.Length = len(t.Steps)
	t.Loop, t.Fair = 0, nil
	t.Steps[t.Length-1].Changes = t.changes(t.Length - 1)
}

// changes returns the changes of step i, worked out if need be.
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

// Label is the action and its arguments, such as Read(node=0).
func (s Step) Label() string {
	if len(s.Arguments) == 0 {
		return s.Action
	}
	return s.Action + "(" + s.Arguments.String() + ")"
}
