// Package raft models Raft with a small number of servers that crash and keep nothing: a textbook's
// version, in which each timer goes off once. Every server broadcasts its own number. The space has
// no end: a run needs --max-depth.
//
// Promised: one leader at most in a term, and all servers deliver the same payloads in the same
// order. The first is not kept: a server that has crashed votes again. --durable keeps it.
package raft

import (
	"github.com/muster-mc/muster/actor"
	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/container"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/network"
)

const maxServers = 5

// nobody is what a server votes for, or follows, at first.
const nobody network.ID = 0

// Config sizes the model and seeds bugs into it.
type Config struct {
	Servers int    `flag:"servers" default:"3" min:"1" max:"5" help:"servers, of which fewer than half are down at a time"`
	Durable bool   `flag:"durable" help:"term, vote and log survive a crash"`
	Bug     string // "" or the name of a seeded bug
}

// Role is what a server is in its term.
type Role uint8

const (
	Follower Role = iota
	Candidate
	Leader
)

func (r Role) String() string { return [...]string{"Follower", "Candidate", "Leader"}[r] }

// Timer is a timer of a server.
type Timer uint8

const (
	Election Timer = iota
	Replication
)

func (t Timer) String() string { return [...]string{"Election", "Replication"}[t] }

// Entry is an entry of a log: a payload, which is the number of the server that it comes from.
type Entry struct {
	Term    uint8
	Payload network.ID
}

// Log is a log, and a part of one in a message.
type Log = container.Log[Entry, [8]Entry]

// Payloads are payloads in their order.
type Payloads = container.Queue[network.ID, [8]network.ID]

// Server is a server.
type Server struct {
	Term   uint8      `crash:"durable"`
	Voted  network.ID `crash:"durable"`
	Log    Log        `crash:"durable"`
	Role   Role       `crash:"lost"`
	Leader network.ID `crash:"lost"`
	Commit uint8      `crash:"lost"`

	Votes       network.IDs         `crash:"lost"`
	Sent, Acked [maxServers]uint8   `crash:"lost" muster:"by=ID"` // how much of the log, by server
	Delivered   Payloads            `crash:"lost"`
	Buffer      Payloads            `crash:"lost"` // broadcast when there is a leader
	Timers      actor.Timers[Timer] `crash:"lost"`
}

// State is a global state.
type State struct {
	Servers [maxServers]Server `muster:"by=ID"`
	Net     network.Bag[Message]
	Down    network.IDs
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
			actor.RoleOf(func(s *State) []Server { return s.Servers[:p.Servers] }, actor.Handlers[Server, Message, Timer]{
				Start: p.start, Restart: p.restart, Receive: p.receive, Timeout: p.timeout,
				Timers: func(a *Server) *actor.Timers[Timer] { return &a.Timers },
			}),
		},
	}
	if p.Servers > 2 {
		system.Crashes = actor.Crashes[State]{Down: func(s *State) *network.IDs { return &s.Down }, DownMost: (p.Servers - 1) / 2}
	}
	return &model.Model[State]{
		Name: "actor/raft", Init: system.Start, Actions: system.Actions(), Properties: p.properties(),
		Symmetry:      []model.Symmetry{network.Interchangeable(1, p.Servers)},
		AllowDeadlock: true, // each timer goes off once
		Constraint:    p.hasRoom,
	}
}

// restart: what a crash leaves is all that is durable, unless nothing is.
func (p *protocol) restart(a *Server, o *out) {
	if !p.Durable {
		*a = Server{}
	}
	p.start(a, o)
}

func (p *protocol) start(a *Server, o *out) {
	a.Timers.Set(Election)
	a.Timers.Set(Replication)
	o.Send(o.Self(), Message{Kind: Broadcast, Payload: o.Self()})
}

func (p *protocol) timeout(a *Server, t Timer, o *out) {
	switch {
	case t == Replication && a.Role == Leader:
		p.replicateAll(a, o)
	case t == Election && a.Role != Leader:
		a.Term++
		a.Voted, a.Role, a.Votes = o.Self(), Candidate, network.IDs(0).With(o.Self())
		o.Broadcast(network.Among(p.Servers), Message{Kind: VoteRequest, Term: a.Term, Length: uint8(a.Log.Len()), Last: a.last()})
	}
}

func (p *protocol) receive(a *Server, e envelope, o *out) bool {
	switch m := e.Message; m.Kind {
	case Broadcast:
		p.broadcast(a, m.Payload, o)
	case VoteRequest:
		p.vote(a, e.From, m, o)
	case VoteResponse:
		p.voted(a, e.From, m, o)
	case LogRequest:
		p.follow(a, e.From, m, o)
	case LogResponse:
		p.acknowledged(a, e.From, m, o)
	}
	return true
}

// last returns the term of the last entry.
func (a *Server) last() uint8 {
	e, _ := a.Log.Last()
	return e.Term
}

func (p *protocol) broadcast(a *Server, payload network.ID, o *out) {
	switch {
	case a.Role == Leader:
		a.append(Entry{a.Term, payload})
		a.Acked[o.Self().Index()] = uint8(a.Log.Len())
		if p.Bug == "commit-alone" {
			a.deliver(uint8(a.Log.Len()))
		}
		p.replicateAll(a, o)
	case a.Leader == nobody:
		a.Buffer.Push(payload)
	default:
		o.Send(a.Leader, Message{Kind: Broadcast, Payload: payload})
	}
}

// append: what is in the log is on disk.
func (a *Server) append(e Entry) {
	a.Log.Append(e)
	a.Log.Sync()
}

func (p *protocol) vote(a *Server, candidate network.ID, m Message, o *out) {
	if m.Term > a.Term {
		a.Term, a.Role, a.Voted = m.Term, Follower, nobody
	}
	isCurrent := m.Last > a.last() || m.Last == a.last() && int(m.Length) >= a.Log.Len()
	granted := m.Term == a.Term && (a.Voted == nobody || a.Voted == candidate) && isCurrent
	if granted {
		a.Voted = candidate
	}
	o.Send(candidate, Message{Kind: VoteResponse, Term: a.Term, OK: granted})
}

func (p *protocol) voted(a *Server, voter network.ID, m Message, o *out) {
	switch {
	case a.Role == Candidate && m.Term == a.Term && m.OK:
		if a.Votes = a.Votes.With(voter); a.Votes.Len() <= p.Servers/2 {
			return
		}
		a.Role, a.Leader = Leader, o.Self()
		for payload := range a.Buffer.All() {
			o.Send(o.Self(), Message{Kind: Broadcast, Payload: payload})
		}
		a.Buffer.Clear()
		for i := range a.Sent[:p.Servers] {
			if i != o.Self().Index() {
				a.Sent[i], a.Acked[i] = uint8(a.Log.Len()), 0
			}
		}
		p.replicateAll(a, o)
	case m.Term > a.Term:
		a.stepDown(m.Term)
	}
}

func (a *Server) stepDown(term uint8) {
	a.Term, a.Role, a.Voted = term, Follower, nobody
	a.Timers.Set(Election)
}
