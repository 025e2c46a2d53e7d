package raft

import (
	"slices"

	"github.com/muster-mc/muster/network"
)

type out = network.Out[Message]

// start: a server begins with what a crash has left of it, or with nothing.
func (c *Config) start(a *Server, o *out) {
	if !c.Durable {
		*a = Server{}
	}
	a.Timers.Set(Election, Replication)
	o.Send(o.Self(), Message{Kind: Broadcast, Payload: o.Self()})
}

func (c *Config) timeout(a *Server, t Timer, o *out) {
	switch {
	case t == Replication && a.Role == Leader:
		c.replicateAll(a, o)
	case t == Election && a.Role != Leader:
		a.Term++
		a.Voted, a.Role, a.Votes = o.Self(), Candidate, network.IDs(0).With(o.Self())
		m := Message{Kind: VoteRequest, Term: a.Term, Length: uint8(a.Log.Len()), Last: a.termOf(a.Log.Len())}
		o.Broadcast(network.Among(c.Servers), m)
	}
}

// receive: a newer term makes every server a follower.
func (c *Config) receive(a *Server, e network.Envelope[Message], o *out) bool {
	m := e.Message
	if m.Term > a.Term {
		a.Term, a.Role, a.Voted = m.Term, Follower, nobody
		if m.Kind != VoteRequest {
			a.Timers.Set(Election)
		}
	}
	switch {
	case m.Kind == Broadcast:
		c.broadcast(a, m.Payload, o)
	case m.Kind == VoteRequest:
		a.vote(e.From, m, o)
	case m.Kind == VoteResponse && m.Term == a.Term && m.OK && a.Role == Candidate:
		c.voted(a, e.From, o)
	case m.Kind == LogRequest:
		a.follow(e.From, m, o)
	case m.Kind == LogResponse && m.Term == a.Term && a.Role == Leader:
		c.acknowledged(a, e.From, m, o)
	}
	return true
}

func (c *Config) broadcast(a *Server, payload network.ID, o *out) {
	switch {
	case a.Role == Leader:
		a.Log.Append(Entry{a.Term, payload})
		a.Log.Sync()
		a.Acked[o.Self().Index()] = uint8(a.Log.Len())
		if c.Bug == "commit-alone" {
			a.deliver(a.Log.Len())
		}
		c.replicateAll(a, o)
	case a.Leader == nobody:
		a.Buffer.Push(payload)
	default:
		o.Send(a.Leader, Message{Kind: Broadcast, Payload: payload})
	}
}

func (a *Server) vote(candidate network.ID, m Message, o *out) {
	last := a.termOf(a.Log.Len())
	isCurrent := m.Last > last || m.Last == last && int(m.Length) >= a.Log.Len()
	granted := m.Term == a.Term && (a.Voted == nobody || a.Voted == candidate) && isCurrent
	if granted {
		a.Voted = candidate
	}
	o.Send(candidate, Message{Kind: VoteResponse, Term: a.Term, OK: granted})
}

func (c *Config) voted(a *Server, voter network.ID, o *out) {
	if a.Votes = a.Votes.With(voter); a.Votes.Len() <= c.Servers/2 {
		return
	}
	a.Role, a.Leader = Leader, o.Self()
	for payload := range a.Buffer.All() {
		o.Send(o.Self(), Message{Kind: Broadcast, Payload: payload})
	}
	a.Buffer.Clear()
	for id := range network.Among(c.Servers).Without(o.Self()).All() {
		a.Sent[id.Index()], a.Acked[id.Index()] = uint8(a.Log.Len()), 0
		a.replicate(id, o)
	}
}

func (c *Config) replicateAll(a *Server, o *out) {
	for id := range network.Among(c.Servers).Without(o.Self()).All() {
		a.replicate(id, o)
	}
}

func (a *Server) replicate(to network.ID, o *out) {
	sent := int(a.Sent[to.Index()])
	m := Message{Kind: LogRequest, Term: a.Term, Length: uint8(sent), Last: a.termOf(sent), Commit: a.Commit}
	m.Suffix.AppendFrom(&a.Log, sent)
	o.Send(to, m)
}

// termOf returns the term of the n-th entry, and 0 for the beginning of the log.
func (a *Server) termOf(n int) uint8 {
	if n == 0 {
		return 0
	}
	return a.Log.At(n - 1).Term
}

// follow: a LogRequest of the server's own term makes even a leader follow.
func (a *Server) follow(leader network.ID, m Message, o *out) {
	r := Message{Kind: LogResponse, Term: a.Term}
	if m.Term == a.Term {
		a.Role, a.Leader = Follower, leader
		a.Timers.Set(Election)
		before := int(m.Length)
		if r.OK = a.Log.Len() >= before && a.termOf(before) == m.Last; r.OK {
			r.Length = m.Length + uint8(m.Suffix.Len())
			a.adopt(before, &m.Suffix)
			a.deliver(int(m.Commit))
		}
	}
	o.Send(leader, r)
}

// adopt puts a suffix behind the first entries, in place of entries of another term.
func (a *Server) adopt(before int, suffix *Log) {
	last := min(a.Log.Len()-before, suffix.Len()) - 1
	if last >= 0 && a.Log.At(before+last).Term != suffix.At(last).Term {
		a.Log.Truncate(before)
	}
	a.Log.AppendFrom(suffix, a.Log.Len()-before)
	a.Log.Sync()
}

// deliver delivers what is committed now.
func (a *Server) deliver(commit int) {
	for ; int(a.Commit) < commit; a.Commit++ {
		a.Delivered.Push(a.Log.At(int(a.Commit)).Payload)
	}
}

// acknowledged: the leader commits the most entries that a majority has, if the last of them is of its term.
func (c *Config) acknowledged(a *Server, from network.ID, m Message, o *out) {
	sent, acked := &a.Sent[from.Index()], &a.Acked[from.Index()]
	if m.OK && m.Length >= *acked {
		*sent, *acked = m.Length, m.Length
		sorted := a.Acked
		slices.Sort(sorted[:c.Servers])
		if n := min(int(sorted[(c.Servers-1)/2]), a.Log.Len()); a.termOf(n) == a.Term {
			a.deliver(n)
		}
	} else if *sent > 0 {
		*sent--
		a.replicate(from, o)
	}
}
