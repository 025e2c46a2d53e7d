//go:build !v360 && !v350

package lib

import (
	"strings"

	"go.etcd.io/raft/v3"
	pb "go.etcd.io/raft/v3/raftpb"
	"go.etcd.io/raft/v3/tracker"
	"google.golang.org/protobuf/proto"
)

// Version is the version of the library.
const Version = "go.etcd.io/raft/v3 v3.7.0"

// IsOld says that the version is that of etcd's own repository.
const IsOld = false

type (
	// Message is a message of the library.
	Message = pb.Message

	// RawNode is the node of the library, and Storage its storage in memory.
	RawNode = raft.RawNode
	Storage = raft.MemoryStorage

	ready = raft.Ready
)

// This file and values.go are all that depends on the version of the library. From v3.7 on
// the library passes messages, entries and snapshots by pointers.

var newStorage = raft.NewMemoryStorage

func newRaw(c Config, id int, disk *Storage) (*RawNode, error) {
	s := &raft.Config{
		ID: uint64(id), Storage: disk, Applied: snapshotOf(disk), ElectionTick: 1 << 30, HeartbeatTick: 1,
		MaxSizePerMsg: most, MaxInflightMsgs: 4, PreVote: c.PreVote, CheckQuorum: c.CheckQuorum,
		Logger: &raft.DefaultLogger{Logger: quiet},
	}
	if c.CheckQuorum {
		s.ElectionTick = ticksOfElection
	}
	return raft.NewRawNode(s)
}

// boot writes to the disk of a node what a member of a new cluster has.
func boot(disk *Storage, voters []uint64) {
	must(disk.ApplySnapshot(&pb.Snapshot{Metadata: &pb.SnapshotMetadata{
		ConfState: &pb.ConfState{Voters: voters}, Index: new(uint64(1)), Term: new(uint64(1)),
	}}))
	must(disk.SetHardState(&pb.HardState{Term: new(uint64(1)), Commit: new(uint64(1))}))
}

func step(n *RawNode, m *Message) error { return n.Step(m) }

// save writes to the disk what the library has handed out.
func save(disk *Storage, rd *ready, bug string) {
	if !raft.IsEmptyHardState(rd.HardState) {
		h := rd.HardState
		if bug == "forget-vote" {
			h = proto.CloneOf(h)
			h.Vote = nil
		}
		must(disk.SetHardState(h))
	}
	if !raft.IsEmptySnap(rd.Snapshot) {
		must(disk.ApplySnapshot(rd.Snapshot))
	}
	if bug != "forget-entries" {
		must(disk.Append(rd.Entries))
	}
}

func messagesOf(rd *ready) []*Message { return rd.Messages }

func readsOf(rd *ready) (list []Read) {
	for _, r := range rd.ReadStates {
		list = append(list, Read{r.RequestCtx[0], r.Index})
	}
	return list
}

// item is an entry as far as the state machine looks at it.
type item struct {
	Index, Term uint64
	IsChange    bool
	Data        []byte
}

func committedIn(rd *ready) (list []item) {
	for _, e := range rd.CommittedEntries {
		list = append(list, item{e.GetIndex(), e.GetTerm(), e.GetType() == pb.EntryConfChangeV2, e.GetData()})
	}
	return list
}

func snapshotIn(rd *ready) uint64 { return rd.Snapshot.GetMetadata().GetIndex() }

func snapshotOf(disk *Storage) uint64 {
	s, err := disk.Snapshot()
	must(err)
	return s.GetMetadata().GetIndex()
}

// compact replaces the log by a snapshot.
func compact(disk *Storage, index uint64, c *pb.ConfState) {
	if index <= snapshotOf(disk) {
		return
	}
	_, err := disk.CreateSnapshot(index, c, nil)
	must(err)
	must(disk.Compact(index))
}

func confState(n *RawNode) *pb.ConfState {
	c := n.Status().Config
	return &pb.ConfState{Voters: c.Voters[0].Slice(), VotersOutgoing: c.Voters[1].Slice(), AutoLeave: &c.AutoLeave}
}

func proposeChange(n *RawNode, remove int) error {
	return n.ProposeConfChange(&pb.ConfChangeV2{Changes: []*pb.ConfChangeSingle{
		{Type: pb.ConfChangeRemoveNode.Enum(), NodeId: new(uint64(remove))},
	}})
}

func applyChange(n *RawNode, x item) {
	if x.IsChange {
		c := new(pb.ConfChangeV2)
		must(proto.Unmarshal(x.Data, c))
		n.ApplyConfChange(c)
	}
}

// See is what properties see of the node.
func (n *Node) See() View {
	s := n.Raw.BasicStatus()
	v := View{
		Role: Role(strings.TrimPrefix(s.RaftState.String(), "State")), Term: s.HardState.GetTerm(), Vote: s.HardState.GetVote(),
		Lead: s.Lead, Commit: s.HardState.GetCommit(),
		Handed: n.handed != nil, Waits: n.handed == nil && n.Raw.HasReady(),
	}
	hard, _, err := n.Disk.InitialState()
	must(err)
	v.Durable = hard.GetCommit()
	v.First, err = n.Disk.FirstIndex()
	must(err)
	last, err := n.Disk.LastIndex()
	must(err)
	if last >= v.First {
		list, err := n.Disk.Entries(v.First, last+1, most)
		must(err)
		for _, e := range list {
			v.Log = append(v.Log, Entry{e.GetTerm(), string(e.GetData())})
		}
	}
	if s.RaftState == raft.StateLeader {
		n.Raw.WithProgress(func(_ uint64, _ raft.ProgressType, p tracker.Progress) {
			v.BadProgress = v.BadProgress || p.Next <= p.Match
		})
	}
	return v
}

// Wire is a message as it travels, and Parse reads one.
func Wire(m *Message) []byte {
	b, err := proto.MarshalOptions{Deterministic: true}.Marshal(m)
	must(err)
	return b
}

func Parse(b []byte) *Message {
	m := new(Message)
	must(proto.Unmarshal(b, m))
	return m
}

// Describe is how the library describes a message, without sender and receiver.
func Describe(m *Message) string { return plain(raft.DescribeMessage(m, formatData)) }

// Whole is how a test that runs the library alone knows a message.
func Whole(m *Message) string { return withContext(raft.DescribeMessage(m, nil), m.GetContext()) }

func to(m *Message) int { return int(m.GetTo()) }

// boast has a candidate claim a log that it has not.
func boast(m *Message) {
	if m.GetType() == pb.MsgVote {
		m.LogTerm, m.Index = new(m.GetTerm()), new(uint64(100))
	}
}

func commit(m *Message) uint64 { return m.GetCommit() }

// damage changes what entries say on their way, up to an index.
func damage(m *Message, last uint64) {
	for _, e := range m.Entries {
		if len(e.Data) > 0 && e.GetIndex() <= last {
			e.Data[0] = '?'
		}
	}
}
