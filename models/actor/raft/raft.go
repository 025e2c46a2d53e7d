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

func (p *protocol) replicateAll(a *Server, o *out) {
	for to := range network.Among(p.Servers).Without(o.Self()).All() {
		a.replicate(to, o)
	}
}

func (a *Server) replicate(to network.ID, o *out) {
	m := Message{Kind: LogRequest, Term: a.Term, Length: a.Sent[to.Index()], Commit: a.Commit}
	if m.Length > 0 {
		m.Last = a.Log.At(int(m.Length) - 1).Term
	}
	for i := int(m.Length); i < a.Log.Len(); i++ {
		m.Suffix.Append(a.Log.At(i))
	}
	o.Send(to, m)
}

// follow: a LogRequest of the server's own term makes even a leader follow.
func (p *protocol) follow(a *Server, leader network.ID, m Message, o *out) {
	if m.Term > a.Term {
		a.stepDown(m.Term)
	}
	if m.Term == a.Term {
		a.Role, a.Leader = Follower, leader
		a.Timers.Set(Election)
	}
	before := int(m.Length)
	r := Message{Kind: LogResponse, Term: a.Term}
	r.OK = m.Term == a.Term && a.Log.Len() >= before && (before == 0 || a.Log.At(before-1).Term == m.Last)
	if r.OK {
		after := before + m.Suffix.Len()
		if m.Suffix.Len() > 0 && a.Log.Len() > before {
			i := min(a.Log.Len(), after) - 1
			if a.Log.At(i).Term != m.Suffix.At(i-before).Term {
				a.Log.Truncate(before)
			}
		}
		for i := a.Log.Len(); i < after; i++ {
			a.append(m.Suffix.At(i - before))
		}
		a.deliver(m.Commit)
		r.Length = uint8(after)
	}
	o.Send(leader, r)
}

// deliver delivers what is committed now.
func (a *Server) deliver(commit uint8) {
	for ; a.Commit < commit; a.Commit++ {
		a.Delivered.Push(a.Log.At(int(a.Commit)).Payload)
	}
}

func (p *protocol) acknowledged(a *Server, from network.ID, m Message, o *out) {
	sent, acked := &a.Sent[from.Index()], &a.Acked[from.Index()]
	switch {
	case m.Term == a.Term && a.Role == Leader:
		switch {
		case m.OK && m.Length >= *acked:
			*sent, *acked = m.Length, m.Length
			p.commit(a)
		case *sent > 0:
			*sent--
			a.replicate(from, o)
		}
	case m.Term > a.Term:
		a.stepDown(m.Term)
	}
}

// commit: the most entries that a majority has, if the last of them is of the leader's term.
func (p *protocol) commit(a *Server) {
	for n := a.Log.Len(); n > int(a.Commit); n-- {
		have := 0
		for _, acked := range a.Acked[:p.Servers] {
			if int(acked) >= n {
				have++
			}
		}
		if have > p.Servers/2 {
			if a.Log.At(n-1).Term == a.Term {
				a.deliver(uint8(n))
			}
			return
		}
	}
}
