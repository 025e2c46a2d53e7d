// Package abd models a register on several servers that answers although a minority of them does not:
// the protocol of Attiya, Bar-Noy and Dolev (Sharing Memory Robustly in Message-Passing Systems, 1995),
// in which every server can write. A server asks a majority for the newest value, and has a majority
// store it before it answers, for a read too.
//
// Promised: what the clients see is linearizable.
package abd

import (
	"fmt"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/models/internal/clients"
	"github.com/muster-mc/muster/network"
)

// Config sizes the model and seeds bugs into it.
type Config struct {
	Clients int    `flag:"clients" default:"2" min:"1" max:"6" help:"clients, each with a write and then a read"`
	Servers int    `flag:"servers" default:"2" min:"1" max:"5" help:"servers with a replica of the register"`
	Network string `flag:"network" default:"nondup" oneof:"nondup dup ordered" help:"messages are delivered once in any order, again and again, or in the order of sending"`
	History bool   `flag:"history" help:"keep the whole history in the state, and no monitor"`
	Bug     string // "" or the name of a seeded bug
}

// Version orders the values: by its clock, and by the server that made it.
type Version struct {
	Clock uint8
	By    network.ID
}

func (v Version) less(w Version) bool {
	return v.Clock < w.Clock || v.Clock == w.Clock && v.By < w.By
}

func (v Version) String() string { return fmt.Sprintf("%d.%d", v.Clock, v.By) }

// Held is a value and its version.
type Held struct {
	Version Version
	Value   clients.Value
}

// Phase is what a server does for a client.
type Phase uint8

const (
	Free    Phase = iota
	Asking        // which value is the newest
	Storing       // it at a majority
)

func (p Phase) String() string { return [...]string{"free", "asking", "storing"}[p] }

// Server is a server: its replica, and the request that it works on.
type Server struct {
	Held

	Phase   Phase
	Request clients.Request
	Value   clients.Value   // to write while it asks, and to answer while it stores
	Heard   clients.Servers // that have answered
	Answers [serversMost]Held
}

const serversMost = 5

// Servers has room for all of them.
type Servers [serversMost]Server

// Kind is a kind of message between servers.
type Kind uint8

const (
	Query Kind = iota
	QueryAnswer
	Store
	Stored
)

func (k Kind) String() string { return [...]string{"Query", "QueryAnswer", "Store", "Stored"}[k] }

// Message is a message between servers.
type Message struct {
	Kind    Kind
	Request clients.Request
	Held    Held // of QueryAnswer and Store
}

func (m Message) String() string {
	what := "Get"
	if m.Request.IsPut {
		what = "Put"
	}
	text := fmt.Sprintf("%v(%s of %d", m.Kind, what, m.Request.Client)
	if m.Kind == QueryAnswer || m.Kind == Store {
		text += fmt.Sprintf(", %d@%v", m.Held.Value, m.Held.Version)
	}
	return text + ")"
}

// State is a global state.
type State = clients.State[Servers, Message]

type (
	message  = clients.Message[Message]
	envelope = network.Envelope[message]
	out      = network.Out[message]
)

type protocol struct{ Config }

// New returns the model. Versions order the servers, and the clients are told apart by the servers that
// they send to.
func New(c Config) *model.Model[State] {
	p := &protocol{catalog.Settle(c)}
	return clients.New(clients.Options[Servers, Server, Message]{
		Name: "actor/abd", Servers: p.Servers, Clients: p.Clients, Network: p.Network, History: p.History,
		Of:    func(a *Servers) []Server { return a[:] },
		Start: func(a *Server, id network.ID) { a.Version.By = id }, Receive: p.receive,
	})
}

func (p *protocol) receive(a *Server, e envelope, out *out) bool {
	switch e.Message.Kind {
	case clients.Put:
		return p.ask(a, clients.Request{Client: e.From, IsPut: true}, e.Message.Value, out)
	case clients.Get:
		return p.ask(a, clients.Request{Client: e.From}, clients.None, out)
	case clients.Protocol:
		return p.receiveFrom(a, e.From, e.Message.Protocol, out)
	}
	return false
}

func (p *protocol) receiveFrom(a *Server, from network.ID, m Message, out *out) bool {
	switch m.Kind {
	case Query:
		p.send(out, from, Message{QueryAnswer, m.Request, a.Held})
	case QueryAnswer:
		return p.heard(a, from, m, out)
	case Store:
		p.send(out, from, Message{Stored, m.Request, Held{}})
		a.adopt(m.Held)
	case Stored:
		return p.stored(a, from, m, out)
	}
	return true
}

func (p *protocol) send(out *out, to network.ID, m Message) { out.Send(to, message{Protocol: m}) }

func (p *protocol) majority() int {
	if p.Bug == "half" {
		return (p.Servers + 1) / 2
	}
	return p.Servers/2 + 1
}

// ask: a server works on one request at a time. A further one stays in the network.
func (p *protocol) ask(a *Server, r clients.Request, value clients.Value, out *out) bool {
	if a.Phase != Free {
		return false
	}
	if p.Bug == "local-read" && !r.IsPut {
		out.Send(r.Client, message{Kind: clients.GetOK, Value: a.Held.Value})
		return true
	}
	a.Phase, a.Request, a.Value = Asking, r, value
	a.Heard = a.Heard.With(out.Self())
	a.Answers[out.Self().Index()] = a.Held
	out.Broadcast(network.Among(p.Servers), message{Protocol: Message{Kind: Query, Request: r}})
	if a.Heard.Len() >= p.majority() {
		p.store(a, out)
	}
	return true
}

func (p *protocol) heard(a *Server, from network.ID, m Message, out *out) bool {
	if a.Phase != Asking || a.Request != m.Request {
		return false
	}
	a.Heard, a.Answers[from.Index()] = a.Heard.With(from), m.Held
	if a.Heard.Len() == p.majority() {
		p.store(a, out)
	}
	return true
}

// store begins the second phase, with the newest value that the majority has answered, the server's own answer
// at the beginning of the first phase among them, or with a newer one.
func (p *protocol) store(a *Server, out *out) {
	var newest Held
	for id := range a.Heard.All() {
		if h := a.Answers[id.Index()]; newest.Version.less(h.Version) {
			newest = h
		}
	}
	if a.Request.IsPut {
		newest = Held{Version{newest.Version.Clock + 1, out.Self()}, a.Value}
		a.Value = clients.None
	} else {
		a.Value = newest.Value
	}
	a.Phase, a.Answers, a.Heard = Storing, [serversMost]Held{}, clients.Servers(0).With(out.Self())
	out.Broadcast(network.Among(p.Servers), message{Protocol: Message{Store, a.Request, newest}})
	a.adopt(newest)
	p.answer(a, out)
}

func (a *Server) adopt(h Held) {
	if a.Version.less(h.Version) {
		a.Held = h
	}
}

func (p *protocol) stored(a *Server, from network.ID, m Message, out *out) bool {
	if a.Phase != Storing || a.Request != m.Request || a.Heard.Has(from) {
		return false
	}
	a.Heard = a.Heard.With(from)
	p.answer(a, out)
	return true
}

// answer answers the client when enough servers have the value.
func (p *protocol) answer(a *Server, out *out) {
	if a.Heard.Len() < p.majority() {
		return
	}
	out.Send(a.Request.Client, message{Kind: a.Request.Answer(), Value: a.Value})
	*a = Server{Held: a.Held}
}
