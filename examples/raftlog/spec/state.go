package spec

import (
	"fmt"
	"slices"

	"github.com/muster-mc/muster/model"
)

// NodesMax is the most nodes that the model has.
const NodesMax = 10

// State is all nodes and the messages between them.
type State struct {
	Nodes [NodesMax]Node
	Net   []Message `muster:"unordered"` // sent, and not received; a lost message stays
}

// node is the node with a name, from 1 on.
func (s *State) node(name int) *Node { return &s.Nodes[name-1] }

// Node is one raft node.
type Node struct {
	Term     uint16
	Commit   uint16
	Vote     uint8 // 0 is none
	Lead     uint8
	Role     Role
	Started  bool
	Voters   model.Bits
	Learners model.Bits
	Log      Log

	Applied uint16 // the last configuration change that was applied
	Handed  uint16 // how far the application was told that entries are committed
	Pending uint16 // no change may be proposed before this entry is applied

	Granted, Refused model.Bits       // the votes that a candidate has got
	Match            [NodesMax]uint16 // how far the log of each node is known to a leader

	Batch  Log       // entries that a leader takes, before they are in its log
	Due    []Duty    // what the node does before anything else, in this order
	Hand   Message   // the message that it answers
	Outbox []Message // messages that are sent when the next Ready is handled

	Disk Disk
}

// Disk is what a node finds when it starts again. The log on the disk is mostly the node's
// log, so that it is kept as a part of that.
type Disk struct {
	Term, Commit     uint16
	Applied          uint16
	Vote             uint8
	Voters, Learners model.Bits
	Kept             uint16 // so many entries of the node's log are on the disk
	Old              Log    // and these behind them, which the node has replaced
}

// diskLog is the log on the disk.
func (n *Node) diskLog() Log { return n.Log.Slice(0, int(n.Disk.Kept)).Join(n.Disk.Old) }

// replace replaces the entries of the log after an index.
func (n *Node) replace(after int, entries Log) {
	if d := &n.Disk; after < int(d.Kept) {
		d.Old = n.Log.Slice(after, int(d.Kept)).Join(d.Old)
		d.Kept = uint16(after)
	}
	n.Log = n.Log.Slice(0, after).Join(entries)
}

// write writes term, vote, commit and log to the disk.
func (n *Node) write() {
	d := &n.Disk
	d.Term, d.Vote, d.Commit = n.Term, n.Vote, n.Commit
	d.Kept, d.Old = uint16(n.Log.Last()), ""
}

// Role is the role of a node, by the name that the library's records have.
type Role uint8

const (
	Follower Role = iota
	Candidate
	Leader
)

func (r Role) String() string {
	return [...]string{"StateFollower", "StateCandidate", "StateLeader"}[r]
}

// Duty is a record that a node owes. The library handles a message in one go, and writes
// several records meanwhile: the model takes a step for each, and nothing else that the node
// does may come between.
type Duty struct {
	Kind DutyKind
	Node uint8  // whom it is about
	Term uint16 // of Follow
}

// DutyKind is the kind of record that is owed.
type DutyKind uint8

const (
	Restore  DutyKind = iota + 1 // ApplyConfChange: the configuration is read from the disk
	Recover                      // BecomeFollower: term and vote are read from the disk
	Follow                       // BecomeFollower, in Duty.Term with Duty.Node as the leader
	Join                         // ApplyConfChange: a first member of the group
	AskVote                      // SendRequestVoteRequest to Duty.Node, or the own vote
	Respond                      // the answer to the message in hand
	BeLeader                     // BecomeLeader
	Begin                        // Replicate: the empty entry of a new leader
	Ack                          // SendAppendEntriesResponse to itself, for its own entries
	Count                        // Commit
	MayCount                     // Commit, or nothing: it depends on what the model leaves out
)

func (k DutyKind) String() string {
	return [...]string{"", "Restore", "Recover", "Follow", "Join", "AskVote", "Respond", "BeLeader", "Begin", "Ack", "Count", "MayCount"}[k]
}

// owes adds a duty.
func (n *Node) owes(d Duty) { n.Due = append(n.Due, d) }

// owed reports whether the next record of the node is of this kind.
func (n *Node) owed(k DutyKind) bool {
	return len(n.Due) > 0 && (n.Due[0].Kind == k || k == Count && n.Due[0].Kind == MayCount)
}

// done takes the first duty away.
func (n *Node) done() Duty {
	d := n.Due[0]
	n.Due = slices.Delete(n.Due, 0, 1)
	return d
}

// idle reports whether the node runs and owes nothing, so that it may begin something new.
func (n *Node) idle() bool { return n.Started && n.free() }

// free reports whether the node owes nothing.
func (n *Node) free() bool { return len(n.Due) == 0 || n.Due[0].Kind == MayCount }

// begin forgets what the node may have done and did not do.
func (n *Node) begin() { n.Due = n.Due[:0] }

// members are those whose log a leader looks after.
func (n *Node) members() model.Bits { return n.Voters | n.Learners }

// MessageType is the type of a message, by the library's name.
type MessageType uint8

const (
	NoMessage MessageType = iota
	MsgVote
	MsgVoteResp
	MsgApp
	MsgAppResp
	MsgHeartbeat
	MsgHeartbeatResp
)

func (t MessageType) String() string {
	return [...]string{"", "MsgVote", "MsgVoteResp", "MsgApp", "MsgAppResp", "MsgHeartbeat", "MsgHeartbeatResp"}[t]
}

// Message is a message between nodes. From a node to itself go its own vote and the
// acknowledgement of its own entries, once they are on the disk.
type Message struct {
	Type     MessageType
	From, To uint8
	Reject   bool
	Term     uint16
	Index    uint16
	LogTerm  uint16
	Commit   uint16
	Hint     uint16
	Entries  Log
}

func (m Message) String() string {
	text := fmt.Sprintf("%v(%d>%d term %d", m.Type, m.From, m.To, m.Term)
	for _, f := range []struct {
		name  string
		value uint16
	}{{"index", m.Index}, {"logTerm", m.LogTerm}, {"commit", m.Commit}, {"hint", m.Hint}} {
		if f.value > 0 {
			text += fmt.Sprintf(" %s %d", f.name, f.value)
		}
	}
	if m.Entries != "" {
		text += " entries " + m.Entries.String()
	}
	if m.Reject {
		text += " reject"
	}
	return text + ")"
}
