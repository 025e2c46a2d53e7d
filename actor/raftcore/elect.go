package raftcore

import "github.com/muster-mc/muster/network"

// Campaign has a server stand for election in the next term: its timer has gone off.
func (r *Raft[V]) Campaign(n *Node[V], out Sender[V]) bool {
	members := r.MembersOf(n)
	if n.Role == Leader || !members.Has(out.Self()) {
		return false
	}
	n.enter(n.Term + 1)
	n.Role, n.Voted = Candidate, out.Self()
	m := Message[V]{Kind: VoteRequest, Term: n.Term, Place: n.length(), Last: n.term(n.length())}
	for id := range members.Without(out.Self()).All() {
		out.Send(id, m)
	}
	r.count(n, out.Self(), out)
	return true
}

// vote grants a vote in the server's term: one, and to a candidate that has all that the server has.
// Whether the server is a member is nothing that it knows for sure, so it does not matter.
func (r *Raft[V]) vote(n *Node[V], candidate network.ID, m Message[V], out Sender[V]) bool {
	place, last := n.length(), n.term(n.length())
	if r.Flaw == ForgetCompacted && place == n.Base {
		place, last = 0, 0
	}
	if m.Last < last || m.Last == last && m.Place < place {
		return false
	}
	n.Voted = candidate
	out.Send(candidate, Message[V]{Kind: Vote, Term: n.Term})
	return true
}

// count counts a vote. With a majority the candidate leads.
func (r *Raft[V]) count(n *Node[V], voter network.ID, out Sender[V]) {
	n.Votes = n.Votes.With(voter)
	if !r.isMajority(n, n.Votes) {
		return
	}
	n.stepDown()
	n.Role = Leader
	if r.EmptyEntry && !n.Log.Full() {
		n.append(Entry[V]{Term: n.Term, Kind: Empty})
	}
	r.replicate(n, out)
}

// isMajority reports whether most of the members, as far as a server knows, are in a set.
func (r *Raft[V]) isMajority(n *Node[V], set network.IDs) bool {
	members := r.MembersOf(n)
	return 2*(members&set).Len() > members.Len()
}
