package raftcore

import (
	"fmt"

	"github.com/muster-mc/muster/network"
)

// MessageKind is a kind of message.
type MessageKind uint8

const (
	VoteRequest MessageKind = iota
	Vote
	Append         // a request to store entries
	Stored         // its answer: they are on the disk
	Refused        // its answer: the entry before them is another one, or missing
	Install        // a request to take over a snapshot, whose answer is Stored
	Heartbeat      // tells what is committed, and asks in a round of reads
	HeartbeatHeard // its answer in a round of reads
)

func (k MessageKind) String() string {
	return [...]string{"VoteRequest", "Vote", "Append", "Stored", "Refused", "Install", "Heartbeat", "HeartbeatHeard"}[k]
}

// Message is a message of any kind. V is the type of what clients write.
type Message[V comparable] struct {
	Kind MessageKind
	Term uint8

	// Place is how many entries the log of a candidate has, come before those of an Append, are
	// stored, or have to be looked at after a refusal.
	Place uint8

	Last    uint8  // the term of the entry at Place, in VoteRequest and Append
	Commit  uint8  // how many entries the sender knows to be committed, in Append, Heartbeat and Stored
	Round   uint8  // of reads, in a heartbeat and its answer
	Entries Log[V] // of Append and Install
}

// String shows a message by its kind.
func (m Message[V]) String() string {
	switch m.Kind {
	case VoteRequest:
		return fmt.Sprintf("VoteRequest(term %d, log %d@%d)", m.Term, m.Place, m.Last)
	case Append:
		return fmt.Sprintf("Append(term %d, after %d@%d, %v, commit %d)", m.Term, m.Place, m.Last, m.list(), m.Commit)
	case Install:
		return fmt.Sprintf("Install(term %d, %v)", m.Term, m.list())
	case Stored, Refused:
		return fmt.Sprintf("%v(term %d, %d)", m.Kind, m.Term, m.Place)
	case Heartbeat:
		return fmt.Sprintf("Heartbeat(term %d, commit %d, round %d)", m.Term, m.Commit, m.Round)
	case HeartbeatHeard:
		return fmt.Sprintf("HeartbeatHeard(term %d, round %d)", m.Term, m.Round)
	}
	return fmt.Sprintf("%v(term %d)", m.Kind, m.Term)
}

func (m *Message[V]) list() []Entry[V] {
	list := []Entry[V]{}
	for _, e := range m.Entries.All() {
		list = append(list, e)
	}
	return list
}

func (m *Message[V]) isFromLeader() bool {
	return m.Kind == Append || m.Kind == Install || m.Kind == Heartbeat
}

// Sender takes the messages of a server: a *network.Out[Message[V]], or one of a model's own that
// wraps messages.
type Sender[V comparable] interface {
	Self() network.ID
	Send(to network.ID, m Message[V])
}
