// Package history models a register in two places, and what its clients saw of it.
package history

import (
	"fmt"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
)

const (
	clientsMax = 3
	callsMax   = 4
)

// Config sizes the model and seeds a bug into it.
type Config struct {
	Clients int    `flag:"clients" default:"2" min:"1" max:"3" help:"clients, each with one call at a time"`
	Calls   int    `flag:"calls" default:"3" min:"1" max:"4" help:"calls in a run, at most"`
	Bug     string // "" or the name of a seeded bug
}

// Entry is the model on the command line.
var Entry = catalog.Define("history", "a register in two places, and what its clients saw of it", New,
	catalog.Bug{
		Name: "read-backup", Breaks: "Linearizable", Length: 5,
		Doc: "a read is answered by the backup, which a write may not have reached",
	},
)

// State is the register, and the calls of the clients in the order of their begin.
type State struct {
	Primary, Backup uint8
	Now             uint8 // counts the begins and ends of calls
	Calls           [callsMax]Call
}

// Call is a write of a value, or a read and its answer. A call that has not begun or
// ended has zero there.
type Call struct {
	Client     uint8
	Write      bool
	Value      uint8
	Begin, End uint8
}

func (c Call) String() string {
	switch {
	case c.Begin == 0:
		return "none"
	case c.Write && !c.ended():
		return fmt.Sprintf("client %d writes %d since %d", c.Client, c.Value, c.Begin)
	case c.Write:
		return fmt.Sprintf("client %d wrote %d, %d to %d", c.Client, c.Value, c.Begin, c.End)
	case !c.ended():
		return fmt.Sprintf("client %d reads since %d", c.Client, c.Begin)
	}
	return fmt.Sprintf("client %d read %d, %d to %d", c.Client, c.Value, c.Begin, c.End)
}

type register struct{ Config }

// New returns the model.
func New(c Config) *model.Model[State] {
	r := &register{catalog.Settle(c)}
	return &model.Model[State]{
		Name: "history",
		Actions: []model.Action[State]{
			{Name: "Call", Do: r.call},
			{Name: "Return", Do: r.answer},
			{Name: "Copy", Do: r.copy},
		},
		Properties: []model.Property[State]{
			model.AlwaysOf("Linearizable",
				func(s *State) [callsMax]Call { return s.Calls },
				func(calls *[callsMax]Call) bool { return linearizable(calls[:], 0) }),
		},
		AllowDeadlock: true,
	}
}

// call begins a call, unless the client is in one.
func (r *register) call(s *State, c *model.Choice) bool {
	client, write := c.Int("client", r.Clients), c.Bool("write")
	if r.callOf(s, client) != nil || s.begun() == r.Calls {
		return false
	}
	call := &s.Calls[s.begun()]
	s.Now++
	*call = Call{Client: uint8(client), Write: write, Begin: s.Now}
	if write {
		call.Value = s.Now // a value of its own
	}
	return true
}

func (r *register) answer(s *State, c *model.Choice) bool {
	call := r.callOf(s, c.Int("client", r.Clients))
	if call == nil {
		return false
	}
	switch {
	case call.Write:
		s.Primary = call.Value
	case r.Bug == "read-backup":
		call.Value = s.Backup
	default:
		call.Value = s.Primary
	}
	s.Now++
	call.End = s.Now
	return true
}

func (r *register) copy(s *State, _ *model.Choice) bool {
	if s.Backup == s.Primary {
		return false
	}
	s.Backup = s.Primary
	return true
}

func (s *State) begun() int {
	n := 0
	for n < callsMax && s.Calls[n].Begin > 0 {
		n++
	}
	return n
}

// callOf is the call that a client is in.
func (r *register) callOf(s *State, client int) *Call {
	for i := range s.Calls {
		if c := &s.Calls[i]; c.Begin > 0 && c.End == 0 && int(c.Client) == client {
			return c
		}
	}
	return nil
}
