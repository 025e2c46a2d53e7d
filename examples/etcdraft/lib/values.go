//go:build v360 || v350

package lib

import "strings"

// This file and pointers.go are all that depends on the version of the library. Until v3.6
// the library passes messages, entries and snapshots by value.

func newRaw(c Config, id int, disk *Storage) (*RawNode, error) {
	s := &settings{
		ID: uint64(id), Storage: disk, Applied: snapshotOf(disk), ElectionTick: 1 << 30, HeartbeatTick: 1,
		MaxSizePerMsg: most, MaxInflightMsgs: 4, PreVote: c.PreVote, CheckQuorum: c.CheckQuorum,
		Logger: &logger{Logger: quiet},
	}
	if c.CheckQuorum {
		s.ElectionTick = ticksOfElection
	}
	return newRawNode(s)
}

// boot writes to the disk of a node what a member of a new cluster has.
func boot(disk *Storage, voters []uint64) {
	must(disk.ApplySnapshot(snapshot{Metadata: metadata{ConfState: membership{Voters: voters}, Index: 1, Term: 1}}))
	must(disk.SetHardState(hardState{Term: 1, Commit: 1}))
}

func step(n *RawNode, m *Message) error { return n.Step(*m) }

// save writes to the disk what the library has handed out.
func save(disk *Storage, rd *ready, bug string) {
	if !isEmptyHard(rd.HardState) {
		h := rd.HardState
		if bug == "forget-vote" {
			h.Vote = 0
		}
		must(disk.SetHardState(h))
	}
	if !isEmptySnap(rd.Snapshot) {
		must(disk.ApplySnapshot(rd.Snapshot))
	}
	if bug != "forget-entries" {
		must(disk.Append(rd.Entries))
	}
}

func messagesOf(rd *ready) (list []*Message) {
	for i := range rd.Messages {
		list = append(list, &rd.Messages[i])
	}
	return list
}

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
		list = append(list, item{e.Index, e.Term, e.Type == isChange, e.Data})
	}
	return list
}

func snapshotIn(rd *ready) uint64 { return rd.Snapshot.Metadata.Index }

func snapshotOf(disk *Storage) uint64 {
	s, err := disk.Snapshot()
	must(err)
	return s.Metadata.Index
}

// compact replaces the log by a snapshot.
func compact(disk *Storage, index uint64, c *membership) {
	if index <= snapshotOf(disk) {
		return
	}
	_, err := disk.CreateSnapshot(index, c, nil)
	must(err)
	must(disk.Compact(index))
}

func confState(n *RawNode) *membership {
	c := n.Status().Config
	return &membership{Voters: c.Voters[0].Slice(), VotersOutgoing: c.Voters[1].Slice(), AutoLeave: c.AutoLeave}
}

func proposeChange(n *RawNode, remove int) error {
	return n.ProposeConfChange(change{Changes: []changeOne{{Type: removeNode, NodeID: uint64(remove)}}})
}

func applyChange(n *RawNode, x item) {
	if x.IsChange {
		var c change
		must(c.Unmarshal(x.Data))
		n.ApplyConfChange(c)
	}
}

// See is what properties see of the node.
func (n *Node) See() View {
	s := n.Raw.BasicStatus()
	v := View{
		Role: Role(strings.TrimPrefix(s.RaftState.String(), "State")), Term: s.Term, Vote: s.Vote, Lead: s.Lead, Commit: s.Commit,
		Handed: n.handed != nil, Waits: n.handed == nil && n.Raw.HasReady(),
	}
	hard, _, err := n.Disk.InitialState()
	must(err)
	v.Durable = hard.Commit
	v.First, err = n.Disk.FirstIndex()
	must(err)
	last, err := n.Disk.LastIndex()
	must(err)
	if last >= v.First {
		list, err := n.Disk.Entries(v.First, last+1, most)
		must(err)
		for _, e := range list {
			v.Log = append(v.Log, Entry{e.Term, string(e.Data)})
		}
	}
	if s.RaftState == isLeader {
		n.Raw.WithProgress(func(_ uint64, _ progressOf, p progress) { v.BadProgress = v.BadProgress || p.Next <= p.Match })
	}
	return v
}

// Wire is a message as it travels, and Parse reads one.
func Wire(m *Message) []byte {
	b, err := m.Marshal()
	must(err)
	return b
}

func Parse(b []byte) *Message {
	m := new(Message)
	must(m.Unmarshal(b))
	return m
}

// Describe is how the library describes a message, without sender and receiver.
func Describe(m *Message) string { return plain(describe(*m, formatData)) }

// Whole is how a test that runs the library alone knows a message.
func Whole(m *Message) string { return withContext(describe(*m, nil), m.Context) }

func to(m *Message) int { return int(m.To) }

// boast has a candidate claim a log that it has not.
func boast(m *Message) {
	if m.Type == isVote {
		m.LogTerm, m.Index = m.Term, 100
	}
}

func commit(m *Message) uint64 { return m.Commit }

// damage changes what entries say on their way, up to an index.
func damage(m *Message, last uint64) {
	for i := range m.Entries {
		if e := &m.Entries[i]; len(e.Data) > 0 && e.Index <= last {
			e.Data[0] = '?'
		}
	}
}
