// Package abd models a register on several servers that answers although a minority of them does not:
// the protocol of Attiya, Bar-Noy and Dolev (Sharing Memory Robustly in Message-Passing Systems, 1995),
// in which every server can write. A server asks a majority for the newest value, and has a majority
// store it before it answers, for a read too.
//
// Promised: what the clients see is linearizable.
package abd

import (
	"cmp"
	"fmt"
	"slices"

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

func (v Version) compare(w Version) int {
	return cmp.Or(cmp.Compare(v.Clock, w.Clock), cmp.Compare(v.By, w.By))
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
	text := fmt.Sprintf("%v(%s of %d", m.Kind, m.Request.Name(), m.Request.Client)
	if m.Kind == QueryAnswer || m.Kind == Store {
		text += fmt.Sprintf(", %d@%v", m.Held.Value, m.Held.Version)
	}
	return text + ")"
}

// State is a global state.
type State = clients.State[Servers, Message]

type out = clients.Out[Message]

// New returns the model. Versions order the servers, and the clients are told apart by the servers that
// they send to.
func New(c Config) *model.Model[State] {
	c = catalog.Settle(c)
	return clients.New(clients.Options[Servers, Server, Message]{
		Name: "actor/abd", Servers: c.Servers, Clients: c.Clients, Network: c.Network, History: c.History,
		Of:    func(a *Servers) []Server { return a[:] },
		Start: func(a *Server, id network.ID) { a.Version.By = id }, Serve: c.serve, Receive: c.receive,
	})
}

// serve: a server works on one request at a time. A further one stays in the network.
func (c *Config) serve(a *Server, r clients.Request, value clients.Value, out out) bool {
	if a.Phase != Free {
		return false
	}
	if c.Bug == "local-read" && !r.IsPut {
		out.Answer(r, a.Held.Value)
		return true
	}
	a.Phase, a.Request, a.Value = Asking, r, value
	out.Broadcast(Message{Kind: Query, Request: r})
	c.heard(a, out.Self(), a.Held, out)
	return true
}

func (c *Config) receive(a *Server, from network.ID, m Message, out out) bool {
	isWork := a.Request == m.Request
	switch {
	case m.Kind == Query:
		out.Send(from, Message{QueryAnswer, m.Request, a.Held})
	case m.Kind == QueryAnswer && isWork && a.Phase == Asking:
		c.heard(a, from, m.Held, out)
	case m.Kind == Store:
		out.Send(from, Message{Stored, m.Request, Held{}})
		a.adopt(m.Held)
	case m.Kind == Stored && isWork && a.Phase == Storing && !a.Heard.Has(from):
		c.stored(a, from, out)
	default:
		return false
	}
	return true
}

func (c *Config) majority() int {
	if c.Bug == "half" {
		return (c.Servers + 1) / 2
	}
	return c.Servers/2 + 1
}

func (c *Config) heard(a *Server, from network.ID, h Held, out out) {
	a.Heard, a.Answers[from.Index()] = a.Heard.With(from), h
	if a.Heard.Len() == c.majority() {
		c.store(a, out)
	}
}

// store begins the second phase, with the newest value that the majority has answered, the server's own answer
// at the beginning of the first phase among them, or with a newer one.
func (c *Config) store(a *Server, out out) {
	newest := slices.MaxFunc(a.Answers[:], func(h, g Held) int { return h.Version.compare(g.Version) })
	if a.Request.IsPut {
		newest = Held{Version{newest.Version.Clock + 1, out.Self()}, a.Value}
		a.Value = clients.None
	} else {
		a.Value = newest.Value
	}
	a.Phase, a.Answers, a.Heard = Storing, [serversMost]Held{}, 0
	out.Broadcast(Message{Store, a.Request, newest})
	a.adopt(newest)
	c.stored(a, out.Self(), out)
}

func (a *Server) adopt(h Held) {
	if a.Version.compare(h.Version) < 0 {
		a.Held = h
	}
}

// stored answers the client when enough servers have the value.
func (c *Config) stored(a *Server, at network.ID, out out) {
	if a.Heard = a.Heard.With(at); a.Heard.Len() >= c.majority() {
		out.Answer(a.Request, a.Value)
		*a = Server{Held: a.Held}
	}
}
