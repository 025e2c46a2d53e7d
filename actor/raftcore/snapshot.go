package raftcore

import "github.com/muster-mc/muster/network"

// Compact has a server take a snapshot of all that it knows to be committed.
func (r *Raft[V]) Compact(n *Node[V]) bool {
	if n.Commit <= n.Base {
		return false
	}
	n.Base = n.Commit
	n.Log.Sync()
	return true
}

// install takes over a leader's snapshot. If the last entry that it stands for is in the log, the entries
// behind are as good as before; otherwise all of the log goes.
func (r *Raft[V]) install(n *Node[V], leader network.ID, m Message[V], out Sender[V]) {
	last := m.Entries.Len()
	if uint8(last) > n.Commit {
		n.takeOver(&m.Entries)
	}
	out.Send(leader, Message[V]{Kind: Stored, Term: n.Term, Place: uint8(last), Commit: n.Commit})
}

func (n *Node[V]) takeOver(snapshot *Log[V]) {
	last, old := snapshot.Len(), n.Log
	n.Log = *snapshot
	if old.Len() > last && old.At(last-1).Term == snapshot.At(last-1).Term {
		n.Log.AppendFrom(&old, last)
	}
	n.Log.Sync()
	n.Base, n.Commit = uint8(last), uint8(last)
}
