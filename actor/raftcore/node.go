package raftcore

import (
	"fmt"

	"github.com/muster-mc/muster/container"
	"github.com/muster-mc/muster/network"
)

// The most servers, and the most entries of a log, that there is room for.
const (
	ServersMost = 5
	EntriesMost = 8
)

// Role is what a server is in its term.
type Role uint8

const (
	Follower Role = iota
	Candidate
	Leader
)

func (r Role) String() string { return [...]string{"Follower", "Candidate", "Leader"}[r] }

// Kind is a kind of entry.
type Kind uint8

const (
	Write  Kind = iota // of a client
	Empty              // the first of a leader
	Add                // a server joins
	Remove             // a server leaves
)

func (k Kind) String() string { return [...]string{"write", "empty", "add", "remove"}[k] }

// Entry is an entry of a log. V is the type of what clients write.
type Entry[V comparable] struct {
	Term   uint8
	Kind   Kind
	Server network.ID // of Add and Remove
	Value  V          // of Write
}

// String shows the kind, what it is about and the term, as in add 4 @2.
func (e Entry[V]) String() string {
	switch e.Kind {
	case Add, Remove:
		return fmt.Sprintf("%v %d @%d", e.Kind, e.Server, e.Term)
	case Write:
		if any(e.Value) != any(struct{}{}) {
			return fmt.Sprintf("write %v @%d", e.Value, e.Term)
		}
	}
	return fmt.Sprintf("%v @%d", e.Kind, e.Term)
}

// Log is a log, and a part of one in a message.
type Log[V comparable] = container.Log[Entry[V], [EntriesMost]Entry[V]]

// Node is the state of a server. Places in logs are counted from 1 on, as in the paper: 0 is before the
// first entry.
//
// A snapshot stands for the entries up to Base. They are kept in the log, for properties to look at,
// but a server sends and compares them no more, other than as a whole.
type Node[V comparable] struct {
	Term  uint8      `crash:"durable"`
	Voted network.ID `crash:"durable"`
	Log   Log[V]     `crash:"durable"`
	Base  uint8      `crash:"durable"` // how many entries the snapshot stands for

	Role   Role  `crash:"lost"`
	Commit uint8 `crash:"lost"` // how many entries are known to be committed

	Votes  network.IDs        `crash:"lost"`                // for a candidate
	Owing  network.IDs        `crash:"lost"`                // those whose answer a leader waits for
	Stored [ServersMost]uint8 `crash:"lost" muster:"by=ID"` // how many entries each has, as far as a leader knows

	Reading Reading `crash:"lost"`
}

// Reading is a read that a leader works on, one at a time.
type Reading struct {
	Round uint8       // of heartbeats, and the number of the read among those of the leader
	Open  bool        // the read waits for the answers of a majority
	Done  bool        // the read can be answered with what Index entries make; see Node.TakeRead
	Index uint8       // of the last entry that the read has to see
	Heard network.IDs // the servers that have answered
}

// term returns the term of an entry, and 0 for the place before the first.
func (n *Node[V]) term(place uint8) uint8 {
	if place == 0 {
		return 0
	}
	return n.Log.At(int(place) - 1).Term
}

// length returns the number of entries.
func (n *Node[V]) length() uint8 { return uint8(n.Log.Len()) }

// enter begins a new term as a follower.
func (n *Node[V]) enter(term uint8) {
	n.Term, n.Voted = term, 0
	n.stepDown()
}

// stepDown forgets what candidates and leaders know.
func (n *Node[V]) stepDown() {
	n.Role, n.Votes, n.Owing, n.Stored, n.Reading = Follower, 0, 0, [ServersMost]uint8{}, Reading{}
}

// append puts an entry on the disk.
func (n *Node[V]) append(e Entry[V]) {
	n.Log.Append(e)
	n.Log.Sync()
}

// TakeRead returns how many entries make the answer of a read that is done, and forgets the
// read. It is to be called after each step of a server that reads.
func (n *Node[V]) TakeRead() (index uint8, ok bool) {
	if !n.Reading.Done {
		return 0, false
	}
	index = n.Reading.Index
	n.Reading = Reading{Round: n.Reading.Round}
	return index, true
}
