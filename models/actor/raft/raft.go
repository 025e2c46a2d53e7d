// Package raft models Raft with a small number of servers that crash and keep nothing: a textbook's
// version, in which each timer goes off once. Every server broadcasts its own number. The space has
// no end: a run needs --max-depth.
//
// Promised: one leader at most in a term, and all servers deliver the same payloads in the same
// order. The first is not kept: a server that has crashed votes again. --durable keeps it.
package raft

import (
	"fmt"

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

// Kind is a kind of message.
type Kind uint8

const (
	Broadcast Kind = iota
	VoteRequest
	VoteResponse
	LogRequest
	LogResponse
)

func (k Kind) String() string {
	return [...]string{"Broadcast", "VoteRequest", "VoteResponse", "LogRequest", "LogResponse"}[k]
}

// Entry is an entry of a log: a payload, which is the number of the server that it comes from.
type Entry struct {
	Term    uint8
	Payload network.ID
}

// Log is a log, and a part of one in a message.
type Log = container.Log[Entry, [8]Entry]

// Payloads are payloads in their order.
type Payloads = container.Queue[network.ID, [8]network.ID]

// Message is a message of any kind.
type Message struct {
	Kind    Kind
	Term    uint8
	Last    uint8      // VoteRequest: the term of the last entry. LogRequest: that of the entry before Suffix
	Length  uint8      // VoteRequest: of the log. LogRequest: of the log before Suffix. LogResponse: what is acknowledged
	Commit  uint8      // LogRequest
	OK      bool       // VoteResponse, LogResponse
	Payload network.ID // Broadcast
	Suffix  Log        // LogRequest
}

func (m Message) String() string {
	switch m.Kind {
	case Broadcast:
		return fmt.Sprintf("Broadcast(%d)", m.Payload)
	case VoteRequest:
		return fmt.Sprintf("VoteRequest(term %d, log %d/%d)", m.Term, m.Length, m.Last)
	case VoteResponse:
		return fmt.Sprintf("VoteResponse(term %d, %t)", m.Term, m.OK)
	case LogRequest:
		return fmt.Sprintf("LogRequest(term %d, after %d/%d %v, commit %d)", m.Term, m.Length, m.Last, m.Suffix.TraceValue(), m.Commit)
	}
	return fmt.Sprintf("LogResponse(term %d, %t, %d)", m.Term, m.OK, m.Length)
}

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

// New returns the model.
func New(c Config) *model.Model[State] {
	c = catalog.Settle(c)
	servers := func(s *State) []Server { return s.Servers[:c.Servers] }
	system := actor.System[State, Message]{
		Net: func(s *State) network.Net[Message] { return &s.Net },
		Roles: []actor.Role[State, Message]{actor.RoleOf(servers, actor.Handlers[Server, Message, Timer]{
			Start: c.start, Receive: c.receive, Timeout: c.timeout,
			Timers: func(a *Server) *actor.Timers[Timer] { return &a.Timers },
		})},
	}
	if most := (c.Servers - 1) / 2; most > 0 {
		system.Crashes = actor.Crashes[State]{Down: func(s *State) *network.IDs { return &s.Down }, DownMost: most}
	}
	return &model.Model[State]{
		Name: "actor/raft", Init: system.Start, Actions: system.Actions(),
		Properties: []model.Property[State]{
			model.Always("ElectionSafety", model.EveryTwo(servers, func(a, b *Server) bool {
				return a.Role != Leader || b.Role != Leader || a.Term != b.Term
			})),
			model.Always("StateMachineSafety", model.EveryTwo(servers, func(a, b *Server) bool {
				return a.Delivered.Agrees(&b.Delivered, min(a.Delivered.Len(), b.Delivered.Len()))
			})),
			model.Reachable("ALeaderIsElected", model.Some(servers, func(a *Server) bool { return a.Role == Leader })),
			model.Reachable("AnEntryIsCommitted", model.Some(servers, func(a *Server) bool { return a.Commit > 0 })),
		},
		Symmetry:      []model.Symmetry{network.Interchangeable(1, c.Servers)},
		AllowDeadlock: true, // each timer goes off once

		// No log or buffer is full, which takes more than twenty steps.
		Constraint: model.Every(servers, func(a *Server) bool { return !a.Log.Full() && !a.Buffer.Full() }),
	}
}
