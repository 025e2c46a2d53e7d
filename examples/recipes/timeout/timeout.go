// Package timeout models a client that waits for an answer, but not for ever.
package timeout

import (
	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
)

// Config sizes the model and seeds a bug into it.
type Config struct {
	Calls int    `flag:"calls" default:"2" min:"1" max:"4" help:"calls that the client makes"`
	Bug   string // "" or the name of a seeded bug
}

// Entry is the model on the command line.
var Entry = catalog.Define("timeout", "a client that waits for an answer, but not for ever", New,
	catalog.Bug{
		Name: "any-answer", Breaks: "OwnAnswer", Length: 6,
		Doc: "the client takes a late answer for the answer to its next call",
	},
	catalog.Bug{
		Name: "patience", Breaks: "GoesOn", Length: 2,
		Doc: "the client may wait for ever",
	},
)

// State is the client's call, and the calls whose messages are on their way.
type State struct {
	Call    uint8 // the client's call, 1 for the first
	Waiting bool
	Got     uint8 // the call whose answer the client took, 0 for none
	Asked   model.Set[uint8]
	Answers model.Set[uint8]
}

type client struct{ Config }

// New returns the model.
func New(c Config) *model.Model[State] {
	cl := &client{catalog.Settle(c)}
	patience := model.Weak
	if cl.Bug == "patience" {
		patience = model.Unfair
	}
	return &model.Model[State]{
		Name: "timeout",
		Actions: []model.Action[State]{
			{Name: "Ask", Do: cl.ask},
			{Name: "Answer", Do: cl.answer},
			{Name: "Hear", Do: cl.hear},
			{Name: "TimeOut", Do: cl.timeOut, Fair: patience},
		},
		Properties: []model.Property[State]{
			model.Always("OwnAnswer", func(s *State) bool { return s.Got == 0 || s.Got == s.Call }),
			model.LeadsTo("GoesOn",
				func(s *State) bool { return s.Waiting },
				func(s *State) bool { return !s.Waiting }),
		},
		Terminal: func(s *State) bool { return int(s.Call) == cl.Calls && !s.Waiting },
	}
}

func (cl *client) ask(s *State, _ *model.Choice) bool {
	if s.Waiting || int(s.Call) == cl.Calls {
		return false
	}
	s.Call++
	s.Waiting, s.Got = true, 0
	return s.Asked.Add(s.Call)
}

func (cl *client) answer(s *State, c *model.Choice) bool {
	call := model.Pick(c, "call", s.Asked.Items())
	s.Asked.Remove(call)
	return s.Answers.Add(call)
}

// hear takes an answer out of the network. The client drops it unless it is for the
// call that the client waits for.
func (cl *client) hear(s *State, c *model.Choice) bool {
	call := model.Pick(c, "call", s.Answers.Items())
	s.Answers.Remove(call)
	if s.Waiting && (call == s.Call || cl.Bug == "any-answer") {
		s.Waiting, s.Got = false, call
	}
	return true
}

// timeOut is possible as long as the client waits, whatever is on its way.
func (cl *client) timeOut(s *State, _ *model.Choice) bool {
	if !s.Waiting {
		return false
	}
	s.Waiting = false
	return true
}
