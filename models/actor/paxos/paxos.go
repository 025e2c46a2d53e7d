// Package paxos models Paxos for a single decision: three servers decide on one of the values that
// clients write (L. Lamport, The Part-Time Parliament, 1998). A server that is asked to write proposes the
// value in a ballot of its own, and every decided server answers reads.
//
// Promised: what the clients see is linearizable.
package paxos

import (
	"cmp"
	"fmt"

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

// compare orders what was accepted: none is the least.
func (a Accepted) compare(b Accepted) int {
	switch {
	case a.Value == clients.None || b.Value == clients.None:
		return cmp.Compare(min(a.Value, 1), min(b.Value, 1))
	}
	return cmp.Or(cmp.Compare(a.Ballot, b.Ballot), cmp.Compare(a.Value, b.Value))
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

type (
	message  = clients.Message[Message]
	envelope = network.Envelope[message]
	out      = network.Out[message]
)

type protocol struct{ Config }

// New returns the model. Ballots order the servers, and the clients are told apart by the servers that
// they send to.
func New(c Config) *model.Model[State] {
	p := &protocol{catalog.Settle(c)}
	return clients.New(clients.Options[[servers]Server, Server, Message]{
		Name: "actor/paxos", Servers: servers, Clients: p.Clients, Network: p.Network, History: p.History, Selective: true,
		Of: func(a *[servers]Server) []Server { return a[:] }, Receive: p.receive,
	})
}

func (p *protocol) receive(a *Server, e envelope, out *out) bool {
	m := e.Message
	switch {
	case a.Decided:
		if m.Kind == clients.Get {
			out.Send(e.From, message{Kind: clients.GetOK, Value: a.Accepted.Value})
		}
		return m.Kind == clients.Get
	case m.Kind == clients.Put:
		return p.propose(a, m.Value, out)
	case m.Kind == clients.Protocol:
		return p.receiveFrom(a, e.From, m.Protocol, out)
	}
	return false // a read waits for the decision
}

func (p *protocol) propose(a *Server, value clients.Value, out *out) bool {
	if a.Proposal != clients.None {
		return false
	}
	a.Proposal, a.Ballot = value, a.Ballot.next(out.Self())
	a.Prepared, a.Promises, a.Accepts = clients.Servers(0).With(out.Self()), [servers]Accepted{}, 0
	a.Promises[out.Self().Index()] = a.Accepted
	broadcast(out, Message{Kind: Prepare, Ballot: a.Ballot})
	return true
}

func broadcast(out *out, m Message) { out.Broadcast(network.Among(servers), message{Protocol: m}) }

func (p *protocol) receiveFrom(a *Server, from network.ID, m Message, out *out) bool {
	switch order := cmp.Compare(a.Ballot, m.Ballot); m.Kind {
	case Prepare:
		if order >= 0 {
			return false
		}
		a.Ballot = m.Ballot
		out.Send(from, message{Protocol: Message{Kind: Prepared, Ballot: m.Ballot, Accepted: a.Accepted}})
	case Prepared:
		if order != 0 {
			return false
		}
		p.prepared(a, from, m, out)
	case Accept:
		if order > 0 && p.Bug != "accept-lower" {
			return false
		}
		a.Ballot, a.Accepted = m.Ballot, Accepted{m.Ballot, m.Accepted.Value}
		out.Send(from, message{Protocol: Message{Kind: AcceptedBy, Ballot: m.Ballot}})
	case AcceptedBy:
		if order != 0 {
			return false
		}
		p.accepted(a, from, out)
	case Decided:
		a.Ballot, a.Accepted, a.Decided = m.Ballot, Accepted{m.Ballot, m.Accepted.Value}, true
	}
	return true
}

// prepared: with a majority, the server proposes the value that may be decided already, and its own only
// if there is none.
func (p *protocol) prepared(a *Server, from network.ID, m Message, out *out) {
	a.Prepared, a.Promises[from.Index()] = a.Prepared.With(from), m.Accepted
	if a.Prepared.Len() != majority {
		return
	}
	var last Accepted
	for id := range a.Prepared.All() {
		if promised := a.Promises[id.Index()]; last.compare(promised) < 0 {
			last = promised
		}
	}
	if last.Value != clients.None && p.Bug != "own-value" {
		a.Proposal = last.Value
	}
	a.Accepted = Accepted{m.Ballot, a.Proposal}
	a.Accepts = a.Accepts.With(out.Self())
	broadcast(out, Message{Kind: Accept, Ballot: m.Ballot, Accepted: Accepted{Value: a.Proposal}})
}

func (p *protocol) accepted(a *Server, from network.ID, out *out) {
	a.Accepts = a.Accepts.With(from)
	if a.Accepts.Len() != majority {
		return
	}
	a.Decided = true
	broadcast(out, Message{Kind: Decided, Ballot: a.Ballot, Accepted: Accepted{Value: a.Proposal}})
	out.Send(a.Proposal, message{Kind: clients.PutOK})
}
