// Package reproduction runs etcd's raft library along one schedule. It compiles with
// every version of go.etcd.io/raft/v3: those of one value and those of pointers.
package reproduction

import (
	"encoding/json"
	"fmt"
	"io"
	"log"
	"math"
	"strings"
	"testing"

	"go.etcd.io/raft/v3"
)

// node is a member of the cluster with its disk.
type node struct {
	t    *testing.T
	id   uint64
	raw  *raft.RawNode
	disk *raft.MemoryStorage
}

// packet is a message on its way.
type packet struct {
	text    string // as the library describes it, with its context
	deliver func(*raft.RawNode) error
}

var (
	nodes   []*node
	network []packet              // in the order in which the messages were sent
	floors  = map[byte]uint64{}   // what was committed when a read was asked first
	applied = map[string]string{} // by index: what the first node to do so has applied
)

// start makes a node of a cluster of three, whose log begins after a snapshot at index 1.
func start(t *testing.T, id uint64) *node {
	if id == 1 {
		nodes, network, floors, applied = nil, nil, map[byte]uint64{}, map[string]string{}
	}
	n := &node{t: t, id: id, disk: raft.NewMemoryStorage()}
	snapshot, err := n.disk.Snapshot()
	must(t, err)
	must(t, json.Unmarshal([]byte(`{"metadata":{"conf_state":{"voters":[1,2,3]},"index":1,"term":1}}`), &snapshot))
	must(t, n.disk.ApplySnapshot(snapshot))
	hard, _, err := n.disk.InitialState()
	must(t, err)
	must(t, json.Unmarshal([]byte(`{"term":1,"commit":1}`), &hard))
	must(t, n.disk.SetHardState(hard))
	nodes = append(nodes, n)
	n.restart()
	return n
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// restart is a crash: what is in memory is gone.
func (n *node) restart() {
	raw, err := raft.NewRawNode(&raft.Config{
		ID: n.id, Storage: n.disk, Applied: 1, ElectionTick: 1 << 30, HeartbeatTick: 1,
		MaxSizePerMsg: math.MaxUint64, MaxInflightMsgs: 4, PreVote: false,
		Logger: &raft.DefaultLogger{Logger: log.New(io.Discard, "", 0)},
	})
	must(n.t, err)
	n.raw = raw
	n.quiet()
}

func (n *node) campaign()           { _ = n.raw.Campaign(); n.quiet() }
func (n *node) propose(data string) { _ = n.raw.Propose([]byte(data)); n.quiet() }
func (n *node) heartbeat()          { n.raw.Tick(); n.quiet() }
func (n *node) transfer(to uint64)  { n.raw.TransferLeader(to); n.quiet() }

// A run need not use them all.
var _ = []any{(*node).propose, (*node).heartbeat, (*node).transfer}

// read asks for a read. Whatever is committed when it is asked first, the answer must see.
func (n *node) read(context byte) {
	if _, asked := floors[context]; !asked {
		for _, other := range nodes {
			floors[context] = max(floors[context], other.raw.BasicStatus().Applied)
		}
	}
	n.raw.ReadIndex([]byte{context})
	n.quiet()
}

// receive delivers a message that was sent. Those before it on its link are lost. A version
// of the library that behaves otherwise may have sent another message of this type instead,
// or none.
func (n *node) receive(text string) {
	words := strings.Fields(text) // 1->2 MsgApp Term:2 ...
	likely := strings.Join(words[:3], " ")
	at := -1
	for i, p := range network {
		if p.text == text {
			at = i
			break
		}
		if at < 0 && strings.HasPrefix(p.text, likely) {
			at = i
		}
	}
	if at < 0 {
		n.t.Logf("this version sends no %s", text)
		return
	}
	p, left := network[at], []packet(nil)
	for i, other := range network {
		if i > at || !strings.HasPrefix(other.text, words[0]+" ") {
			left = append(left, other)
		}
	}
	network = left
	_ = p.deliver(n.raw)
	n.quiet()
}

// quiet does what the library hands out: persist, send, apply.
func (n *node) quiet() {
	for n.raw.HasReady() {
		rd := n.raw.Ready()
		if !raft.IsEmptyHardState(rd.HardState) {
			must(n.t, n.disk.SetHardState(rd.HardState))
		}
		if !raft.IsEmptySnap(rd.Snapshot) {
			must(n.t, n.disk.ApplySnapshot(rd.Snapshot))
		}
		must(n.t, n.disk.Append(rd.Entries))
		for _, m := range rd.Messages {
			network = append(network, packet{describe(raft.DescribeMessage(m, nil), m.Context), func(to *raft.RawNode) error { return to.Step(m) }})
		}
		for _, r := range rd.ReadStates {
			if floor := floors[r.RequestCtx[0]]; r.Index < floor {
				n.t.Errorf("node %d answers read %d at index %d: index %d was committed before it was asked", n.id, r.RequestCtx[0], r.Index, floor)
			}
		}
		for _, e := range rd.CommittedEntries {
			entry := raft.DescribeEntry(e, nil) // term/index type data
			_, index, _ := strings.Cut(strings.Fields(entry)[0], "/")
			if other, known := applied[index]; known && other != entry {
				n.t.Errorf("node %d applies %s, and another node has applied %s", n.id, entry, other)
			}
			applied[index] = entry
		}
		n.raw.Advance(rd)
	}
}

// describe is how the library describes a message, and its context, which that leaves out.
func describe(text string, context []byte) string {
	text = strings.Join(strings.Fields(text), " ")
	if len(context) > 0 {
		text += fmt.Sprintf(" Context:%q", context)
	}
	return text
}

// TestReadIndexIsFresh is a run of etcdraft that violates ReadIndexIsFresh.
func TestReadIndexIsFresh(t *testing.T) {
	// 1  Init
	n1 := start(t, 1)
	n2 := start(t, 2)
	n3 := start(t, 3)
	// 2  Campaign(node=0)
	n1.campaign()
	// 3  Deliver(message="1->2:MsgVote Term:2 Log:1/1")
	n2.receive(`1->2 MsgVote Term:2 Log:1/1`)
	// 4  Deliver(message="2->1:MsgVoteResp Term:2 Log:0/0")
	n1.receive(`2->1 MsgVoteResp Term:2 Log:0/0`)
	// 5  Deliver(message="1->2:MsgApp Term:2 Log:1/1 Commit:1 Entries:[2/2 EntryNormal]")
	n2.receive(`1->2 MsgApp Term:2 Log:1/1 Commit:1 Entries:[2/2 EntryNormal ""]`)
	// 6  Deliver(message="2->1:MsgAppResp Term:2 Log:0/2")
	n1.receive(`2->1 MsgAppResp Term:2 Log:0/2`)
	// 7  Overtake(message="1->3:MsgApp Term:2 Log:1/1 Commit:1 Entries:[2/2 EntryNormal]")
	n3.receive(`1->3 MsgApp Term:2 Log:1/1 Commit:1 Entries:[2/2 EntryNormal ""]`)
	// 8  Read(read=0)
	n1.read(0)
	// 9  Deliver(message="1->3:MsgHeartbeat Term:2 Log:0/0")
	n3.receive(`1->3 MsgHeartbeat Term:2 Log:0/0 Context:"\x00"`)
	// 10  Overtake(message="1->2:MsgHeartbeat Term:2 Log:0/0 Commit:2")
	n2.receive(`1->2 MsgHeartbeat Term:2 Log:0/0 Commit:2 Context:"\x00"`)
	// 11  Campaign(node=1)
	n2.campaign()
	// 12  Deliver(message="2->1:MsgHeartbeatResp Term:2 Log:0/0")
	n1.receive(`2->1 MsgHeartbeatResp Term:2 Log:0/0 Context:"\x00"`)
	// 13  Deliver(message="2->3:MsgVote Term:3 Log:2/2")
	n3.receive(`2->3 MsgVote Term:3 Log:2/2`)
	// 14  Deliver(message="3->2:MsgVoteResp Term:3 Log:0/0")
	n2.receive(`3->2 MsgVoteResp Term:3 Log:0/0`)
	// 15  Deliver(message="2->3:MsgApp Term:3 Log:2/2 Commit:2 Entries:[3/3 EntryNormal]")
	n3.receive(`2->3 MsgApp Term:3 Log:2/2 Commit:2 Entries:[3/3 EntryNormal ""]`)
	// 16  Deliver(message="3->2:MsgAppResp Term:3 Log:0/3")
	n2.receive(`3->2 MsgAppResp Term:3 Log:0/3`)
	// 17  Read(read=1)
	n1.read(1)
	// 18  Read(read=0)
	n1.read(0)
	// 19  Overtake(message="3->1:MsgHeartbeatResp Term:2 Log:0/0")
	n1.receive(`3->1 MsgHeartbeatResp Term:2 Log:0/0 Context:"\x00"`)
}
