package raft

import "github.com/muster-mc/muster/network"

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
