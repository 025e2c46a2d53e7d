// Package paxos models Paxos for a single decision: three servers decide on one of the values that
// clients write (L. Lamport, The Part-Time Parliament, 1998). A server that is asked to write proposes the
// value in a ballot of its own, and every decided server answers reads.
//
// Promised: what the clients see is linearizable.
package paxos

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/models/internal/clients"
	"github.com/muster-mc/muster/network"
)

const servers, majority = 3, 2

// Config sizes the model and seeds bugs into it.
type Config struct {
	Clients int    `flag:"clients" default:"2" min:"1" max:"6" help:"clients, each with a write and then a read"`
	Network string `flag:"network" default:"nondup" oneof:"nondup dup ordered" help:"messages are delivered once in any order, again and again, or in the order of sending"`
	History bool   `flag:"history" help:"keep the whole history in the state, and no monitor"`
	Bug     string // "" or the name of a seeded bug
}

// Ballot is a ballot: a round, and in the last two bits the server that leads it. The zero Ballot is
// before all others.
type Ballot uint8

// next returns the ballot of a server in the round after that of b.
func (b Ballot) next(by network.ID) Ballot { return b>>2<<2 + 4 + Ballot(by) }

func (b Ballot) String() string { return fmt.Sprintf("%d.%d", b>>2, b&3) }

// Accepted is the value of a client that a server has accepted in a ballot. The zero value is
// none, since no client has the ID 0.
type Accepted struct {
	Ballot Ballot
	Value  clients.Value
}

func (a Accepted) String() string {
	if a.Value == clients.None {
		return "none"
	}
	return fmt.Sprintf("%d@%v", a.Value, a.Ballot)
}

// Server is a server.
type Server struct {
	Ballot   Ballot
	Proposal clients.Value   // of a client that it serves, or the one that it has to propose
	Prepared clients.Servers // that have promised
	Promises [servers]Accepted
	Accepts  clients.Servers // that have accepted
	Accepted Accepted
	Decided  bool
}

// Kind is a kind of message between servers.
type Kind uint8

const (
	Prepare Kind = iota
	Prepared
	Accept
	AcceptedBy
	Decided
)

func (k Kind) String() string {
	return [...]string{"Prepare", "Prepared", "Accept", "Accepted", "Decided"}[k]
}

// Message is a message between servers.
type Message struct {
	Kind     Kind
	Ballot   Ballot
	Accepted Accepted // of Prepared; of Accept and Decided the value alone
}

func (m Message) String() string {
	switch m.Kind {
	case Prepared:
		return fmt.Sprintf("Prepared(%v, %v)", m.Ballot, m.Accepted)
	case Accept, Decided:
		return fmt.Sprintf("%v(%v, %d)", m.Kind, m.Ballot, m.Accepted.Value)
	}
	return fmt.Sprintf("%v(%v)", m.Kind, m.Ballot)
}

// State is a global state.
type State = clients.State[[servers]Server, Message]

type out = clients.Out[Message]

// New returns the model. Ballots order the servers, and the clients are told apart by the servers that
// they send to.
func New(c Config) *model.Model[State] {
	c = catalog.Settle(c)
	return clients.New(clients.Options[[servers]Server, Server, Message]{
		Name: "actor/paxos", Servers: servers, Clients: c.Clients, Network: c.Network, History: c.History,
		Of: func(a *[servers]Server) []Server { return a[:] }, Serve: c.serve, Receive: c.receive,
		Selective: true, // an undecided server waits with reads, and a decided one answers nothing else
	})
}

// serve: a read waits for the decision.
func (c *Config) serve(a *Server, r clients.Request, value clients.Value, out out) bool {
	switch {
	case a.Decided && !r.IsPut:
		out.Answer(r, a.Accepted.Value)
	case !a.Decided && r.IsPut && a.Proposal == clients.None:
		a.Proposal, a.Ballot = value, a.Ballot.next(out.Self())
		a.Prepared, a.Promises, a.Accepts = clients.Servers(0).With(out.Self()), [servers]Accepted{}, 0
		a.Promises[out.Self().Index()] = a.Accepted
		out.Broadcast(Message{Kind: Prepare, Ballot: a.Ballot})
	default:
		return false
	}
	return true
}

func (c *Config) receive(a *Server, from network.ID, m Message, out out) bool {
	if a.Decided {
		return false
	}
	switch {
	case m.Kind == Prepare && m.Ballot > a.Ballot:
		a.Ballot = m.Ballot
		out.Send(from, Message{Kind: Prepared, Ballot: m.Ballot, Accepted: a.Accepted})
	case m.Kind == Prepared && m.Ballot == a.Ballot:
		c.prepared(a, from, m, out)
	case m.Kind == Accept && (m.Ballot >= a.Ballot || c.Bug == "accept-lower"):
		a.Ballot, a.Accepted = m.Ballot, Accepted{m.Ballot, m.Accepted.Value}
		out.Send(from, Message{Kind: AcceptedBy, Ballot: m.Ballot})
	case m.Kind == AcceptedBy && m.Ballot == a.Ballot:
		c.accepted(a, from, out)
	case m.Kind == Decided:
		a.Ballot, a.Accepted, a.Decided = m.Ballot, Accepted{m.Ballot, m.Accepted.Value}, true
	default:
		return false
	}
	return true
}

// prepared: with a majority, the server proposes the value that may be decided already, and its own only
// if there is none.
func (c *Config) prepared(a *Server, from network.ID, m Message, out out) {
	a.Prepared, a.Promises[from.Index()] = a.Prepared.With(from), m.Accepted
	if a.Prepared.Len() != majority {
		return
	}
	last := slices.MaxFunc(a.Promises[:], func(a, b Accepted) int { return cmp.Compare(a.Ballot, b.Ballot) })
	if last.Value != clients.None && c.Bug != "own-value" {
		a.Proposal = last.Value
	}
	a.Accepted = Accepted{m.Ballot, a.Proposal}
	a.Accepts = a.Accepts.With(out.Self())
	out.Broadcast(Message{Kind: Accept, Ballot: m.Ballot, Accepted: Accepted{Value: a.Proposal}})
}

func (c *Config) accepted(a *Server, from network.ID, out out) {
	a.Accepts = a.Accepts.With(from)
	if a.Accepts.Len() != majority {
		return
	}
	a.Decided = true
	out.Broadcast(Message{Kind: Decided, Ballot: a.Ballot, Accepted: Accepted{Value: a.Proposal}})
	out.Answer(clients.Request{Client: a.Proposal, IsPut: true}, clients.None)
}
