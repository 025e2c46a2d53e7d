// Package timers models actors that send pings when their timers go off, and answer pings. Each
// has three timers: one for the peers with an even number, one for those with an odd number, and
// one that does nothing. The space has no end: a run needs --max-depth.
package timers

import (
	"github.com/muster-mc/muster/actor"
	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/network"
)

// Config sizes the model and seeds bugs into it.
type Config struct {
	Pingers int    `flag:"pingers" default:"3" min:"1" max:"6" help:"actors that ping each other"`
	Bound   int    `flag:"bound" default:"0" min:"0" max:"200" help:"pings that each actor sends; 0 is no bound"`
	Bug     string // "" or the name of a seeded bug
}

// Message is a ping or its answer.
type Message uint8

const (
	Ping Message = iota
	Pong
)

func (m Message) String() string { return [...]string{"Ping", "Pong"}[m] }

// Timer is a timer of an actor.
type Timer uint8

const (
	Even Timer = iota
	Odd
	NoOp
)

func (t Timer) String() string { return [...]string{"Even", "Odd", "NoOp"}[t] }

// Pinger is an actor.
type Pinger struct {
	Sent, Received uint16
	Timers         actor.Timers[Timer]
}

// State is a global state.
type State struct {
	Pingers [6]Pinger
	Net     network.Bag[Message]
}

// New returns the model.
func New(c Config) *model.Model[State] {
	c = catalog.Settle(c)
	pingers := func(s *State) []Pinger { return s.Pingers[:c.Pingers] }
	system := actor.System[State, Message]{
		Net: func(s *State) network.Net[Message] { return &s.Net },
		Roles: []actor.Role[State, Message]{actor.RoleOf(pingers, actor.Handlers[Pinger, Message, Timer]{
			Start:   func(a *Pinger, _ *network.Out[Message]) { a.Timers.Set(Even, Odd, NoOp) },
			Receive: c.receive, Timeout: c.timeout,
			Timers: func(a *Pinger) *actor.Timers[Timer] { return &a.Timers },
		})},
	}
	m := &model.Model[State]{
		Name: "actor/timers", Init: system.Start, Actions: system.Actions(),
		Properties: []model.Property[State]{
			model.Always("NoMorePongsThanPings", model.Every(pingers, func(a *Pinger) bool { return a.Received <= a.Sent })),
			model.Reachable("IsAnswered", func(s *State) bool { return s.Pingers[0].Received > 0 }),
		},
	}
	if c.Bound > 0 {
		m.Constraint = model.Every(pingers, func(a *Pinger) bool { return int(a.Sent) <= c.Bound })
	}
	return m
}

func (c *Config) receive(a *Pinger, e network.Envelope[Message], out *network.Out[Message]) bool {
	if e.Message == Pong {
		a.Received++
		return true
	}
	out.Send(e.From, Pong)
	if c.Bug == "pong-twice" {
		out.Send(e.From, Pong)
	}
	return true
}

func (c *Config) timeout(a *Pinger, t Timer, out *network.Out[Message]) {
	a.Timers.Set(t)
	for id := range network.Among(c.Pingers).Without(out.Self()).All() {
		if Timer(id%2) == t {
			a.Sent++
			out.Send(id, Ping)
		}
	}
}
