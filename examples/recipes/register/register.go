// Package register models a register with a primary and a backup, in four versions that get better.
package register

import (
	"github.com/muster-mc/muster/actor"
	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/lin"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/network"
)

// Config says which version of the protocol it is.
type Config struct {
	Copy  string `flag:"copy" default:"first" oneof:"never later first" help:"when a write is copied to the backup: never, after it is answered, or before"`
	Reads string `flag:"reads" default:"primary" oneof:"any primary" help:"where clients read"`
	Bug   string // "" or the name of a seeded bug
}

// Entry is the model on the command line.
var Entry = catalog.Define("register", "a register with a primary and a backup, and what its clients see", New,
	catalog.Bug{
		Name: "read-backup", Breaks: "Linearizable", Length: 6,
		Doc: "a read is sent to the backup, which may not have the value yet",
	},
)

// Message is a message of any kind.
type Message struct {
	Kind  Kind
	Value uint8
}

// Kind is a kind of message.
type Kind uint8

// The kinds of messages.
const (
	Put Kind = iota
	PutOK
	Get
	GetOK
	Copy
	Copied
)

func (k Kind) String() string {
	return [...]string{"Put", "PutOK", "Get", "GetOK", "Copy", "Copied"}[k]
}

// The IDs of all actors, in the order of the roles below.
const (
	primary network.ID = iota + 1
	backup
	writer
	reader
)

// Server is a server, and the client whose write it has not answered yet.
type Server struct {
	Value  uint8
	Client network.ID
}

// Client is a client, and how many answers it has accepted.
type Client struct{ Answers uint8 }

// State is a global state.
type State struct {
	Servers [2]Server
	Clients [2]Client
	Net     network.Bag[Message]
	Seen    lin.RegisterMonitor[network.ID, uint8]
}

type (
	envelope = network.Envelope[Message]
	out      = network.Out[Message]
)

type protocol struct{ Config }

// New returns the model.
func New(c Config) *model.Model[State] {
	p := &protocol{catalog.Settle(c)}
	system := actor.System[State, Message]{
		Net: func(s *State) network.Net[Message] { return &s.Net },
		Roles: []actor.Role[State, Message]{
			actor.RoleOf(func(s *State) []Server { return s.Servers[:] },
				actor.Handlers[Server, Message, actor.NoTimers]{Receive: p.serve}),
			actor.RoleOf(func(s *State) []Client { return s.Clients[:] },
				actor.Handlers[Client, Message, actor.NoTimers]{Start: p.start, Receive: p.receive}),
		},
		Sending: calls, Received: answers,
	}
	return &model.Model[State]{
		Name: "register", Init: system.Start, Actions: system.Actions(),
		Properties: []model.Property[State]{
			lin.Linearizable("Linearizable", seen),
			model.Reachable("AllIsAnswered", func(s *State) bool { return s.Clients == [2]Client{{2}, {2}} }),
		},
		Terminal: func(s *State) bool { return s.Clients == [2]Client{{2}, {2}} },
	}
}

// serve is the servers' side.
func (p *protocol) serve(a *Server, e envelope, out *out) bool {
	m := e.Message
	switch m.Kind {
	case Put:
		a.Value = m.Value
		if p.Copy == "first" {
			a.Client = e.From
		} else {
			out.Send(e.From, Message{Kind: PutOK})
		}
		if p.Copy != "never" {
			out.Send(backup, Message{Copy, m.Value})
		}
	case Copy:
		a.Value = m.Value
		out.Send(e.From, Message{Kind: Copied})
	case Copied:
		if a.Client != 0 {
			out.Send(a.Client, Message{Kind: PutOK})
			a.Client = 0
		}
	case Get:
		out.Send(e.From, Message{GetOK, a.Value})
	}
	return true
}

// start: one client begins with a write, and the other one with a read.
func (p *protocol) start(_ *Client, out *out) {
	if out.Self() == writer {
		out.Send(primary, Message{Put, 7})
	} else {
		out.Send(primary, Message{Kind: Get})
	}
}

// receive: after the first answer a client reads, and after the second one it is done.
func (p *protocol) receive(c *Client, _ envelope, out *out) bool {
	c.Answers++
	if c.Answers == 1 {
		out.Send(p.second(), Message{Kind: Get})
	}
	return true
}

// second is where the second read goes.
func (p *protocol) second() network.ID {
	if p.Reads == "any" || p.Bug == "read-backup" {
		return backup
	}
	return primary
}

// calls tells the monitor of the calls, and answers of the answers that clients accept.
func calls(s *State, e envelope) {
	switch e.Message.Kind {
	case Put:
		s.Seen.Call(e.From, lin.Write(e.Message.Value))
	case Get:
		s.Seen.Call(e.From, lin.Read[uint8]())
	}
}

func answers(s *State, e envelope) {
	if k := e.Message.Kind; k == PutOK || k == GetOK {
		s.Seen.Answer(e.To, e.Message.Value)
	}
}

func seen(s *State) *lin.RegisterMonitor[network.ID, uint8] { return &s.Seen }
