package raftcore

import "github.com/muster-mc/muster/network"

// MembersOf returns the members of the cluster as a server knows them: by the last change in its log,
// committed or not.
func (r *Raft[V]) MembersOf(n *Node[V]) network.IDs {
	if r.Flaw == ChangeWhenApplied {
		return r.membersAfter(n, int(n.Commit))
	}
	return r.membersAfter(n, n.Log.Len())
}

// membersAfter returns the members after the first entries of a log.
func (r *Raft[V]) membersAfter(n *Node[V], last int) network.IDs {
	members := r.Members
	for i := range last {
		members = n.Log.At(i).change(members)
	}
	return members
}

// change returns the members after an entry.
func (e Entry[V]) change(members network.IDs) network.IDs {
	switch e.Kind {
	case Add:
		return members.With(e.Server)
	case Remove:
		return members.Without(e.Server)
	}
	return members
}

// CanChange reports whether a leader can change the members now: the change before is committed, and so is an entry
// of the leader's term. Without the second condition, the changes of two leaders can make majorities
// that have no server in common (D. Ongaro, Bug in single-server membership changes, raft-dev, 2015).
func (r *Raft[V]) CanChange(n *Node[V]) bool {
	if n.Role != Leader || n.Log.Full() || n.term(n.Commit) != n.Term && r.Flaw != ChangeTooEarly {
		return false
	}
	for i := int(n.Commit); i < n.Log.Len(); i++ {
		if kind := n.Log.At(i).Kind; kind == Add || kind == Remove {
			return false
		}
	}
	return true
}

// Change has a leader add a server, or remove one if the server is a member. The last member stays.
func (r *Raft[V]) Change(n *Node[V], server network.ID, out Sender[V]) bool {
	members := r.MembersOf(n)
	if !r.CanChange(n) || members == network.IDs(0).With(server) {
		return false
	}
	kind := Add
	if members.Has(server) {
		kind = Remove
	}
	return r.propose(n, Entry[V]{Kind: kind, Server: server}, out)
}
