package raftcore

import "github.com/muster-mc/muster/network"

// Read has a leader begin a read: it notes what is committed, and asks the members whether it still leads. It
// has to have committed an entry of its term, or it does not know all that is committed (section 6.4 of
// Ongaro's thesis, ReadIndex). Node.TakeRead returns the answer when a majority has said so.
func (r *Raft[V]) Read(n *Node[V], out Sender[V]) bool {
	if n.Role != Leader || n.Reading.Open || n.term(n.Commit) != n.Term && r.Flaw != ReadTooEarly {
		return false
	}
	n.Reading = Reading{Round: n.Reading.Round + 1, Open: true, Index: n.Commit}
	for id := range r.MembersOf(n).Without(out.Self()).All() {
		out.Send(id, Message[V]{Kind: Heartbeat, Term: n.Term, Commit: min(n.Commit, n.Stored[id.Index()]), Round: n.Reading.Round})
	}
	r.heard(n, out.Self())
	return true
}

// hear learns what is committed from a heartbeat, and answers one of a round of reads.
func (r *Raft[V]) hear(n *Node[V], leader network.ID, m Message[V], out Sender[V]) {
	n.learn(min(m.Commit, n.length()))
	if m.Round > 0 {
		out.Send(leader, Message[V]{Kind: HeartbeatHeard, Term: n.Term, Round: m.Round})
	}
}

// heard counts an answer.
func (r *Raft[V]) heard(n *Node[V], from network.ID) {
	n.Reading.Heard = n.Reading.Heard.With(from)
	if r.isMajority(n, n.Reading.Heard) || r.Flaw == ReadAlone {
		n.Reading = Reading{Round: n.Reading.Round, Done: true, Index: n.Reading.Index}
	}
}
