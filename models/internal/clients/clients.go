// Package clients has the clients of a replicated register, for the models of protocols that
// serve them. A client writes a value of its own and then reads, each time at another server. What the
// clients see has to be linearizable.
package clients

import (
	"fmt"
	"iter"

	"github.com/muster-mc/muster/actor"
	"github.com/muster-mc/muster/lin"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/network"
)

// ClientsMost is how many clients there is room for.
const ClientsMost = 6

// The networks.
const (
	Once    = "nondup"  // each message is delivered once, in any order
	Again   = "dup"     // any number of times
	Ordered = "ordered" // once, and in the order of sending for each pair
)

// Value is the value of a register: the client that has written it. None is the first value, since
// no client has the ID 0.
type Value = network.ID

// None is the value before anything was written.
const None Value = 0

// Kind is a kind of message.
type Kind uint8

const (
	Protocol Kind = iota // between servers
	Put
	PutOK
	Get
	GetOK
)

// Message is a message from or to a client, or one of the protocol between servers, which has the
// type P.
type Message[P comparable] struct {
	Kind     Kind
	Value    Value // of Put and GetOK
	Protocol P
}

func (m Message[P]) String() string {
	switch m.Kind {
	case Put:
		return fmt.Sprintf("Put(%d)", m.Value)
	case PutOK:
		return "PutOK"
	case Get:
		return "Get"
	case GetOK:
		return fmt.Sprintf("GetOK(%d)", m.Value)
	}
	return fmt.Sprint(m.Protocol)
}

// Servers is a set of up to seven servers, in a byte.
type Servers uint8

// Has reports whether a server is in the set.
func (s Servers) Has(id network.ID) bool { return network.IDs(s).Has(id) }

// With returns the set with a server more.
func (s Servers) With(id network.ID) Servers { return Servers(network.IDs(s).With(id)) }

// Len returns the number of servers.
func (s Servers) Len() int { return network.IDs(s).Len() }

// All ranges over the servers, from the least on.
func (s Servers) All() iter.Seq[network.ID] { return network.IDs(s).All() }

func (s Servers) String() string { return network.IDs(s).String() }

// Request is what a server does for a client: its write, or its read.
type Request struct {
	Client network.ID
	IsPut  bool
}

// Name returns Put or Get.
func (r Request) Name() string {
	if r.IsPut {
		return "Put"
	}
	return "Get"
}

// Out takes what a server sends, to other servers and to clients.
type Out[P comparable] struct {
	out     *network.Out[Message[P]]
	servers int
}

// Self returns the ID of the server.
func (o Out[P]) Self() network.ID { return o.out.Self() }

// Send sends a message to another server.
func (o Out[P]) Send(to network.ID, m P) { o.out.Send(to, Message[P]{Protocol: m}) }

// Broadcast sends a message to all other servers.
func (o Out[P]) Broadcast(m P) { o.out.Broadcast(network.Among(o.servers), Message[P]{Protocol: m}) }

// Answer answers a request. The value is that of a read; the answer to a write has none.
func (o Out[P]) Answer(r Request, value Value) {
	if r.IsPut {
		o.out.Send(r.Client, Message[P]{Kind: PutOK})
	} else {
		o.out.Send(r.Client, Message[P]{Kind: GetOK, Value: value})
	}
}

// Phase is how far a client is.
type Phase uint8

const (
	Idle Phase = iota
	Writing
	Reading
	Done
)

func (p Phase) String() string { return [...]string{"idle", "writing", "reading", "done"}[p] }

// Client is a client.
type Client struct{ Phase Phase }

// State is a global state: an array of servers, the clients, one of three networks, and what the
// clients have seen in one of two forms. The forms that other checkers count by default are in the
// state itself, and the others are in what it points to: what a state has room for takes time in
// each state, also where it is empty.
type State[A, P comparable] struct {
	Servers A
	Clients [ClientsMost]Client `muster:"by=ID"`

	Bag     network.Bag[Message[P]]
	History lin.RegisterHistory[network.ID, Value]
	Seen    *lin.RegisterMonitor[network.ID, Value] // nil if there is a History
	Other   *Other[P]                               // nil if the network is the Bag
}

// Other has the other networks.
type Other[P comparable] struct {
	Set   network.Set[Message[P]]
	Links network.Links[Message[P]]
	Last  network.Last[Message[P]]
}

// Options says what a model consists of. A is the type of the array of servers, and S that of a
// server.
type Options[A, S, P comparable] struct {
	Name             string
	Servers, Clients int
	Network          string
	History          bool // in the state, in place of a monitor
	Selective        bool // that of actor.System

	Of    func(a *A) []S // the servers; the first ones take part
	Start func(a *S, id network.ID)

	// Serve is what a server does when a client asks, with the value of a write, and Receive what it does
	// when another server sends it a message. They return false if the server cannot yet.
	Serve   func(a *S, r Request, value Value, out Out[P]) bool
	Receive func(a *S, from network.ID, m P, out Out[P]) bool

	Symmetry []model.Symmetry
}

// New returns the model.
func New[A, S, P comparable](o Options[A, S, P]) *model.Model[State[A, P]] {
	system := actor.System[State[A, P], Message[P]]{
		Net: o.net(),
		Roles: []actor.Role[State[A, P], Message[P]]{
			actor.RoleOf(func(s *State[A, P]) []S { return o.Of(&s.Servers)[:o.Servers] }, actor.Handlers[S, Message[P], actor.NoTimers]{
				Start:   func(a *S, out *network.Out[Message[P]]) { o.start(a, out.Self()) },
				Receive: o.handle,
			}),
			actor.RoleOf(func(s *State[A, P]) []Client { return s.Clients[:o.Clients] }, actor.Handlers[Client, Message[P], actor.NoTimers]{
				Start: o.write, Receive: o.receive,
			}),
		},
		Selective: o.Selective, Sending: o.sending, Received: o.received,
	}
	if o.History && o.Network == Again {
		system.LastDelivered = func(s *State[A, P]) *network.Last[Message[P]] { return &s.Other.Last }
	}
	return &model.Model[State[A, P]]{
		Name: o.Name, Init: o.init(system), Actions: system.Actions(), Symmetry: o.Symmetry,
		Properties: []model.Property[State[A, P]]{o.linearizable(), model.Reachable("ValueIsRead", o.valueIsRead)},

		// A protocol without timers ends when no message makes a difference.
		AllowDeadlock: true,
	}
}

// init makes room for what the state needs, and starts the servers and the clients.
func (o *Options[A, S, P]) init(system actor.System[State[A, P], Message[P]]) func(s *State[A, P], c *model.Choice) bool {
	return func(s *State[A, P], c *model.Choice) bool {
		if !o.History {
			s.Seen = new(lin.RegisterMonitor[network.ID, Value])
		}
		if o.Network == Again || o.Network == Ordered {
			s.Other = new(Other[P])
		}
		return system.Start(s, c)
	}
}

func (o *Options[A, S, P]) start(a *S, id network.ID) {
	if o.Start != nil {
		o.Start(a, id)
	}
}

// handle: an answer to a client is nothing that a server handles.
func (o *Options[A, S, P]) handle(a *S, e network.Envelope[Message[P]], out *network.Out[Message[P]]) bool {
	to := Out[P]{out, o.Servers}
	switch m := &e.Message; m.Kind {
	case Put, Get:
		return o.Serve(a, Request{e.From, m.Kind == Put}, m.Value, to)
	case Protocol:
		return o.Receive(a, e.From, m.Protocol, to)
	}
	return false
}

// net returns where a state has its network.
func (o *Options[A, S, P]) net() func(s *State[A, P]) network.Net[Message[P]] {
	switch o.Network {
	case Again:
		return func(s *State[A, P]) network.Net[Message[P]] { return &s.Other.Set }
	case Ordered:
		return func(s *State[A, P]) network.Net[Message[P]] { return &s.Other.Links }
	}
	return func(s *State[A, P]) network.Net[Message[P]] { return &s.Bag }
}

// write: a client starts with a write at the server that its number says.
func (o *Options[A, S, P]) write(c *Client, out *network.Out[Message[P]]) {
	c.Phase = Writing
	out.Send(o.server(out.Self(), 0), Message[P]{Kind: Put, Value: out.Self()})
}

// receive: an answer that the client does not wait for is not handled.
func (o *Options[A, S, P]) receive(c *Client, e network.Envelope[Message[P]], out *network.Out[Message[P]]) bool {
	switch {
	case e.Message.Kind == PutOK && c.Phase == Writing:
		c.Phase = Reading
		out.Send(o.server(out.Self(), 1), Message[P]{Kind: Get})
	case e.Message.Kind == GetOK && c.Phase == Reading:
		c.Phase = Done
	default:
		return false
	}
	return true
}

// server is where a client sends its n-th request.
func (o *Options[A, S, P]) server(client network.ID, n int) network.ID {
	return network.ID((client.Index()+n)%o.Servers + 1)
}

// sending notes the calls of clients, and received the answers that they accept.
func (o *Options[A, S, P]) sending(s *State[A, P], e network.Envelope[Message[P]]) {
	op := lin.Read[Value]()
	switch e.Message.Kind {
	case Put:
		op = lin.Write(e.Message.Value)
	case Get:
	default:
		return
	}
	if o.History {
		s.History.Call(e.From, op)
	} else {
		s.Seen.Call(e.From, op)
	}
}

func (o *Options[A, S, P]) received(s *State[A, P], e network.Envelope[Message[P]]) {
	if e.Message.Kind != PutOK && e.Message.Kind != GetOK {
		return
	}
	if o.History {
		s.History.Answer(e.To, e.Message.Value)
	} else {
		s.Seen.Answer(e.To, e.Message.Value)
	}
}

func (o *Options[A, S, P]) linearizable() model.Property[State[A, P]] {
	if o.History {
		return lin.LinearizableHistory("Linearizable", func(s *State[A, P]) *lin.RegisterHistory[network.ID, Value] { return &s.History })
	}
	return lin.Linearizable("Linearizable", func(s *State[A, P]) *lin.RegisterMonitor[network.ID, Value] { return s.Seen })
}

// valueIsRead: an answer with a value that a client has written can be delivered.
func (o *Options[A, S, P]) valueIsRead(s *State[A, P]) bool {
	for e := range o.net()(s).Ready() {
		if e.Message.Kind == GetOK && e.Message.Value != None {
			return true
		}
	}
	return false
}
