// Package register models a register on servers that know nothing of each other, and clients that
// write to one of them and read from the next.
//
// Promised: what the clients see is linearizable. One server keeps it, and two do not.
package register

import (
	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/models/internal/clients"
	"github.com/muster-mc/muster/network"
)

// Config sizes the model and seeds bugs into it.
type Config struct {
	Clients int    `flag:"clients" default:"2" min:"1" max:"6" help:"clients, each with a write and then a read"`
	Servers int    `flag:"servers" default:"1" min:"1" max:"5" help:"servers, each with a register of its own"`
	History bool   `flag:"history" help:"keep the whole history in the state, and no monitor"`
	Bug     string // "" or the name of a seeded bug
}

// Server has the register.
type Server struct{ Value clients.Value }

// Servers has room for all of them.
type Servers [5]Server

// State is a global state.
type State = clients.State[Servers, struct{}]

// New returns the model. With one server, the clients differ in nothing but their numbers.
func New(c Config) *model.Model[State] {
	c = catalog.Settle(c)
	o := clients.Options[Servers, Server, struct{}]{
		Name: "actor/register", Servers: c.Servers, Clients: c.Clients, History: c.History,
		Of: func(a *Servers) []Server { return a[:] }, Serve: c.serve,
	}
	if c.Servers == 1 {
		o.Symmetry = []model.Symmetry{network.Interchangeable(2, c.Clients)}
	}
	return clients.New(o)
}

func (c *Config) serve(a *Server, r clients.Request, value clients.Value, out clients.Out[struct{}]) bool {
	if r.IsPut && c.Bug != "unstored" {
		a.Value = value
	}
	out.Answer(r, a.Value)
	if !r.IsPut && c.Bug == "read-once" {
		a.Value = clients.None
	}
	return true
}
