package raftcore

import "github.com/muster-mc/muster/network"

// Propose has a leader append what a client writes.
func (r *Raft[V]) Propose(n *Node[V], value V, out Sender[V]) bool {
	return r.propose(n, Entry[V]{Kind: Write, Value: value}, out)
}

func (r *Raft[V]) propose(n *Node[V], e Entry[V], out Sender[V]) bool {
	if n.Role != Leader || n.Log.Full() {
		return false
	}
	e.Term = n.Term
	n.append(e)
	r.replicate(n, out)
	return true
}

// replicate sends to each member what it lacks, and commits what one member alone can commit.
func (r *Raft[V]) replicate(n *Node[V], out Sender[V]) {
	for id := range r.MembersOf(n).Without(out.Self()).All() {
		r.supply(n, id, out)
	}
	r.commit(n, out)
}

// supply sends a member the entries that it lacks, unless an answer of it is on the way. Before its first
// answer the leader takes it to have all that is committed.
func (r *Raft[V]) supply(n *Node[V], to network.ID, out Sender[V]) {
	has := n.Stored[to.Index()]
	if n.Owing.Has(to) || has == n.length() {
		return
	}
	if has == 0 {
		has = n.Commit
	}
	r.send(n, to, has, out)
}

// send sends the entries after a place, or the snapshot if they are not all there any more.
func (r *Raft[V]) send(n *Node[V], to network.ID, place uint8, out Sender[V]) {
	m := Message[V]{Kind: Append, Term: n.Term, Place: place, Commit: n.Commit}
	first, last := int(place), n.Log.Len()
	if place < n.Base {
		m, first, last = Message[V]{Kind: Install, Term: n.Term}, 0, int(n.Base)
	} else {
		m.Last = n.term(place)
	}
	for i := first; i < last; i++ {
		m.Entries.Append(n.Log.At(i))
	}
	n.Owing = n.Owing.With(to)
	out.Send(to, m)
}

// store appends a leader's entries. What conflicts with them goes, and nothing else: an old message has
// less than the log, and takes nothing away.
func (r *Raft[V]) store(n *Node[V], leader network.ID, m Message[V], out Sender[V]) {
	if !r.matches(n, m) {
		out.Send(leader, Message[V]{Kind: Refused, Term: n.Term, Place: min(n.length(), m.Place-1)})
		return
	}
	for i, e := range m.Entries.All() {
		place := int(m.Place) + i
		if place < int(n.Base) || place < n.Log.Len() && n.Log.At(place).Term == e.Term {
			continue
		}
		if r.Flaw != KeepConflicts {
			n.Log.Truncate(place)
		}
		n.Log.Append(e)
	}
	if r.Flaw != AnswerBeforeSync {
		n.Log.Sync()
	}
	compared := m.Place + uint8(m.Entries.Len())
	n.learn(min(m.Commit, compared))
	out.Send(leader, Message[V]{Kind: Stored, Term: n.Term, Place: compared, Commit: n.Commit})
}

// matches reports whether a server has the entry before those of a message. What its snapshot stands for is
// committed, and so the same on all servers.
func (r *Raft[V]) matches(n *Node[V], m Message[V]) bool {
	if m.Place > n.length() {
		return false
	}
	return m.Place <= n.Base || n.term(m.Place) == m.Last || r.Flaw == SkipCheck
}

// learn notes that entries are committed.
func (n *Node[V]) learn(commit uint8) { n.Commit = max(n.Commit, commit) }

// stored notes that a member has entries. The leader commits what a majority has now, tells the member of it,
// and sends it what it still lacks.
func (r *Raft[V]) stored(n *Node[V], from network.ID, m Message[V], out Sender[V]) {
	n.Owing = n.Owing.Without(from)
	has := &n.Stored[from.Index()]
	if *has = max(*has, m.Place); !r.commit(n, out) {
		n.tell(from, m.Commit, out)
	}
	if n.Role == Leader && r.MembersOf(n).Has(from) {
		r.supply(n, from, out)
	}
}

// commit commits the entries that a majority has, if the last of them is of the leader's term: an entry of
// an older term can be replaced by another leader's, even if a majority has it (section 5.4.2 and figure 8). A leader
// that is no member any more ends with that.
func (r *Raft[V]) commit(n *Node[V], out Sender[V]) bool {
	before, place := n.Commit, n.length()
	for place > before && !r.isMajority(n, n.having(place, out.Self())) {
		place--
	}
	if place <= before || n.term(place) != n.Term && r.Flaw != CommitOldTerm {
		return false
	}
	n.Commit = place
	members := r.MembersOf(n)
	for id := range members.Without(out.Self()).All() {
		n.tell(id, before, out)
	}
	if !members.Has(out.Self()) {
		n.stepDown()
	}
	return true
}

// having returns the servers that have an entry, as far as a leader knows.
func (n *Node[V]) having(place uint8, leader network.ID) network.IDs {
	set := network.IDs(0).With(leader)
	for i, has := range n.Stored {
		if has >= place {
			set = set.With(network.ID(i + 1))
		}
	}
	return set
}

// tell tells a member how many of the entries that it has are committed, unless it knows.
func (n *Node[V]) tell(to network.ID, knows uint8, out Sender[V]) {
	if commit := min(n.Commit, n.Stored[to.Index()]); commit > knows {
		out.Send(to, Message[V]{Kind: Heartbeat, Term: n.Term, Commit: commit})
	}
}
