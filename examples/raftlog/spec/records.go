package spec

import (
	"strconv"
	"strings"

	"github.com/muster-mc/muster/conform"
	"github.com/muster-mc/muster/model"
)

type (
	record = conform.Record[State]
	fields = conform.Fields
	args   = conform.Args
)

// Records reads the records that go.etcd.io/raft/v3 writes with the build tag with_tla.
func Records(c Config) conform.Log[State] {
	return conform.Log[State]{
		Model: New(c),
		Kind:  "event.name",
		Records: map[string]record{
			"InitState": {Action: "Start", Args: by(nil), After: shows},
			"ApplyConfChange": {Either: []record{
				{Action: "Restore", Args: by(nil), Before: shows, After: newConf},
				{Action: "Join", Args: by(nil), After: joined},
				{Action: "ApplyChange", Args: by(nil), Before: shows, After: newConf},
			}},
			"BecomeFollower": {Either: []record{
				{Action: "Recover", Args: by(args{"term": field("state.term"), "vote": field("state.vote")}), After: shows},
				{Action: "Follow", Args: by(nil), After: shows},
				{Action: "Bootstrap", Args: by(nil), After: shows},
			}},
			"BecomeCandidate":        {Action: "Campaign", Args: by(nil), After: shows},
			"SendRequestVoteRequest": {Action: "AskVote", Args: by(nil), Before: shows, After: sends},
			"SendRequestVoteResponse": {Either: []record{
				{Action: "AskVote", When: toItself, Args: by(nil), Before: shows, After: sends},
				{Action: "Respond", When: toAnother, Args: by(nil), Before: shows, After: sends},
			}},
			"BecomeLeader":                 {Action: "BecomeLeader", Args: by(nil), After: shows},
			"ReceiveRequestVoteRequest":    received(),
			"ReceiveRequestVoteResponse":   received(),
			"ReceiveAppendEntriesRequest":  received(),
			"ReceiveAppendEntriesResponse": received(),
			"Replicate":                    {Action: "Propose", Args: by(nil), Before: shows},
			"ChangeConf":                   {Action: "ProposeChange", Args: by(args{"change": field("prop.cc.changes.0.action"), "peer": field("prop.cc.changes.0.nid")}), Before: shows},
			"Commit":                       {Action: "Commit", Args: by(nil), After: shows},
			"Ready":                        {Action: "Ready", Args: by(nil), After: shows},
			"SendAppendEntriesResponse": {Either: []record{
				{Action: "Acknowledge", When: toItself, Args: by(nil), After: showsAndSends},
				{Action: "Respond", When: toAnother, Args: by(nil), After: showsAndSends},
			}},
			"SendAppendEntriesRequest": {Either: []record{
				{Action: "SendAppend", When: is("MsgApp"), Args: by(args{
					"peer": field("msg.to"), "index": field("msg.index"), "entries": field("msg.entries"),
				}), After: showsAndSends},
				{Action: "SendHeartbeat", When: is("MsgHeartbeat"), Args: by(args{"peer": field("msg.to")}), After: showsAndSends},
			}},
		},
	}
}

// by adds the node that writes a record to the arguments.
func by(more args) args {
	all := args{"node": field("nid")}
	for name, arg := range more {
		all[name] = arg
	}
	return all
}

func field(path string) conform.Arg { return conform.Field("event." + path) }

// received is a record of a message that a node has received: one in the network, or one
// that is too old to matter.
func received() record {
	return record{Either: []record{
		{Action: "Receive", Args: by(args{"message": conform.Where(isMessage)}), Before: shows},
		{Action: "ReceiveStale", Args: by(args{"term": field("msg.term")}), Before: shows},
	}}
}

func is(messageType string) func(fields) bool {
	return func(r fields) bool { return r.String("event.msg.type") == messageType }
}

func toItself(r fields) bool  { return r.String("event.msg.to") == r.String("event.msg.from") }
func toAnother(r fields) bool { return !toItself(r) }

func nodeOf(s *State, r fields) *Node { return s.node(r.Int("event.nid")) }

// shows compares what a record shows of the node that wrote it.
func shows(s *State, r fields) conform.Mismatch {
	n := nodeOf(s, r)
	return conform.All(
		conform.Equal("term", n.Term, r.Int("event.state.term")),
		conform.Equal("vote", n.Vote, r.Int("event.state.vote")),
		conform.Equal("commit", n.Commit, r.Int("event.state.commit")),
		conform.Equal("role", n.Role, r.String("event.role")),
		conform.Equal("last index", n.Log.Last(), r.Int("event.log")),
		conform.Equal("voters", setOf(n.Voters), strings.Join(r.Strings("event.conf.0"), " ")),
	)
}

// newConf compares the voters that a change leads to.
func newConf(s *State, r fields) conform.Mismatch {
	var voters []string
	if r.Has("event.prop.cc.newconf") {
		voters = r.Strings("event.prop.cc.newconf")
	}
	return conform.Equal("new voters", setOf(nodeOf(s, r).Voters), strings.Join(voters, " "))
}

// joined is a record of a first member that joins: the entries are in the log, and the voters
// are still those before.
func joined(s *State, r fields) conform.Mismatch {
	n := nodeOf(s, r)
	return conform.All(
		conform.Equal("term", n.Term, r.Int("event.state.term")),
		conform.Equal("commit", n.Commit, r.Int("event.state.commit")),
		conform.Equal("last index", n.Log.Last(), r.Int("event.log")),
		newConf(s, r),
	)
}

// sends compares the message that a node sends.
func sends(s *State, r fields) conform.Mismatch {
	outbox := nodeOf(s, r).Outbox
	m := outbox[len(outbox)-1]
	return conform.All(
		conform.Equal("message type", m.Type, r.String("event.msg.type")),
		conform.Equal("message from", m.From, r.Int("event.msg.from")),
		conform.Equal("message to", m.To, r.Int("event.msg.to")),
		conform.Equal("message term", m.Term, r.Int("event.msg.term")),
		conform.Equal("message index", m.Index, r.Int("event.msg.index")),
		conform.Equal("message logTerm", m.LogTerm, r.Int("event.msg.logTerm")),
		conform.Equal("message entries", m.Entries.Last(), r.Int("event.msg.entries")),
		conform.Equal("message commit", m.Commit, r.Int("event.msg.commit")),
		conform.Equal("message reject", m.Reject, r.Bool("event.msg.reject")),
		conform.Equal("message rejectHint", m.Hint, r.Int("event.msg.rejectHint")),
	)
}

func showsAndSends(s *State, r fields) conform.Mismatch { return conform.All(shows(s, r), sends(s, r)) }

// isMessage reports whether a record speaks of this message. The cheap fields
// come first.
func isMessage(m Message, r fields) bool {
	return int(m.From) == r.Int("event.msg.from") && int(m.To) == r.Int("event.msg.to") && int(m.Term) == r.Int("event.msg.term") &&
		int(m.Index) == r.Int("event.msg.index") && m.Type.String() == r.String("event.msg.type") &&
		int(m.LogTerm) == r.Int("event.msg.logTerm") && m.Entries.Last() == r.Int("event.msg.entries") &&
		int(m.Commit) == r.Int("event.msg.commit") && m.Reject == r.Bool("event.msg.reject") && int(m.Hint) == r.Int("event.msg.rejectHint")
}

// setOf is a set of nodes as the records write it.
func setOf(s model.Bits) string {
	var names []string
	for name := range s.All() {
		names = append(names, strconv.Itoa(name))
	}
	return strings.Join(names, " ")
}
