package raftcore

import "github.com/muster-mc/muster/network"

// Raft is how the servers of a cluster behave. Its methods are the steps of a server. Each returns
// false, before it changes anything, if the server cannot take the step.
type Raft[V comparable] struct {
	// Members are the servers at the beginning.
	Members network.IDs

	// EmptyEntry has a leader append an empty entry when it is elected, so that it commits what it has
	// of older terms without waiting for a write.
	EmptyEntry bool

	// Flaw is a defect that the servers have. Empty means none.
	Flaw Flaw

	_ struct{}
}

// Flaw is a defect that implementations have had. It is for showing that the properties of a model
// find it.
type Flaw string

// The flaws.
const (
	VoteInMemory      Flaw = "vote-in-memory"      // a crash forgets the vote
	CommitOldTerm     Flaw = "commit-old-term"     // an entry of an older term counts as committed once a majority has it
	AnswerBeforeSync  Flaw = "answer-before-sync"  // a follower answers when entries are written, and not synced
	OldLeaderAppends  Flaw = "old-leader-appends"  // entries from a leader of an older term are taken
	SkipCheck         Flaw = "skip-check"          // the entry before new ones is not compared
	KeepConflicts     Flaw = "keep-conflicts"      // entries that conflict with the leader's stay, and new ones come behind them
	ForgetCompacted   Flaw = "forget-compacted"    // a server that has compacted all of its log votes as if the log were empty
	ChangeWhenApplied Flaw = "change-when-applied" // a change of the members counts once it is committed, and not once it is appended
	ChangeTooEarly    Flaw = "change-too-early"    // a leader changes the members before it has committed an entry of its term
	ReadTooEarly      Flaw = "read-too-early"      // a leader reads before it has committed an entry of its term
	ReadAlone         Flaw = "read-alone"          // a leader reads without asking whether it still leads
)

// Receive handles a message. A message of an older term has no answer: its sender learns of the new
// term from those who have it.
func (r *Raft[V]) Receive(n *Node[V], from network.ID, m Message[V], out Sender[V]) bool {
	if r.Ignores(n, from, m) {
		return false
	}
	if m.Term < n.Term { // by a flaw
		r.store(n, from, m, out)
		return true
	}
	entered := m.Term > n.Term
	if entered {
		n.enter(m.Term)
	}
	if m.isFromLeader() {
		n.Role, n.Votes = Follower, 0
	}
	switch m.Kind {
	case VoteRequest:
		return r.vote(n, from, m, out) || entered
	case Vote:
		r.count(n, from, out)
	case Append:
		r.store(n, from, m, out)
	case Install:
		r.install(n, from, m, out)
	case Stored:
		r.stored(n, from, m, out)
	case Refused:
		n.Owing = n.Owing.Without(from)
		r.send(n, from, m.Place, out)
	case Heartbeat:
		r.hear(n, from, m, out)
	case HeartbeatHeard:
		r.heard(n, from)
	}
	return true
}

// Ignores reports whether a message means nothing to a server any more, whatever will happen: it is of an
// older term, or an answer that the server does not wait for. It is for network.Protocol.Obsolete.
func (r *Raft[V]) Ignores(n *Node[V], from network.ID, m Message[V]) bool {
	if m.Term != n.Term {
		return m.Term < n.Term && (m.Kind != Append || r.Flaw != OldLeaderAppends)
	}
	switch m.Kind {
	case VoteRequest:
		return n.Voted != 0 && n.Voted != from && r.Flaw != VoteInMemory
	case Vote:
		return n.Role != Candidate
	case Stored, Refused:
		return n.Role != Leader
	case HeartbeatHeard:
		return n.Role != Leader || !n.Reading.Open || n.Reading.Round != m.Round
	}
	return n.Role == Leader // another one, which elections rule out
}

// Restart is what a server does after a crash, when package crash has cleared what is lost.
func (r *Raft[V]) Restart(n *Node[V]) {
	n.Commit = n.Base
	if r.Flaw == VoteInMemory {
		n.Voted = 0
	}
}
