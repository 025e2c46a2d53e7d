// Package lib is etcd's raft as it is, made into an object that takes steps: a RawNode with
// its storage in memory. A step is an input and all that follows from it until the node is
// quiet: what the library hands out is persisted, then sent, then applied, as its
// documentation asks for.
//
// The library comes in three versions, one for each go.mod of this folder. All that differs
// between them is in values.go and pointers.go: v3.7 passes messages by pointers.
package lib

import (
	"fmt"
	"io"
	"log"
	"math"
)

// Config is how a node is set up.
type Config struct {
	Voters      int  // nodes 1 to Voters
	PreVote     bool // a candidate asks first whether it could win
	CheckQuorum bool // a leader that hears from no majority steps down; time is then counted in ticks
	Fine        bool // what is handed out is persisted by an input of its own, and sent by another
	Bug         string
}

// ticksOfElection is the time after which a follower that hears nothing campaigns. Without
// CheckQuorum no follower is given ticks, and the time never passes: campaigns are inputs.
const ticksOfElection = 2

// Node is a node with its disk.
type Node struct {
	Raw  *RawNode
	Disk *Storage

	id      int
	config  Config
	applied uint64 // by the state machine, which is in memory
	handed  *ready // handed out by the library, and persisted but not sent
}

// Sent is a message on its way.
type Sent struct {
	From, To int
	Message  *Message
}

// Read is the answer to a read: the state machine must have applied everything up to an
// index before it reads.
type Read struct {
	Context byte
	Index   uint64
}

// Effects are what the outside sees of a step.
type Effects struct {
	Sent  []Sent
	Reads []Read
	Fault string // what the state machine complains about
}

// Start makes a node of a new cluster. Its log begins after a snapshot at index 1, which is
// how etcd starts one whose members are known.
func Start(c Config, id int) *Node {
	n := &Node{Disk: newStorage(), id: id, config: c, applied: 1}
	boot(n.Disk, voters(c.Voters))
	n.begin()
	return n
}

func voters(n int) []uint64 {
	var ids []uint64
	for i := range n {
		ids = append(ids, uint64(i+1))
	}
	return ids
}

// quiet is a logger that says nothing. The library panics through it.
var quiet = log.New(io.Discard, "", 0)

// Restart is a crash: all that is in memory is gone, and the state machine begins anew.
func (n *Node) Restart() Effects { n.begin(); return n.quiet() }

// begin has the node begin with what is on its disk.
func (n *Node) begin() {
	raw, err := newRaw(n.config, n.id, n.Disk)
	if err != nil {
		panic(err)
	}
	n.Raw, n.handed = raw, nil
	if n.config.Bug != "keep-applied" {
		n.applied = snapshotOf(n.Disk)
	}
}

// Campaign, Propose and so on are the inputs. They ignore errors, as a server does that
// answers its client by a timeout.

func (n *Node) Campaign() Effects { _ = n.Raw.Campaign(); return n.quiet() }

func (n *Node) Propose(data string) Effects { _ = n.Raw.Propose([]byte(data)); return n.quiet() }

func (n *Node) Tick() Effects { n.Raw.Tick(); return n.quiet() }

func (n *Node) Transfer(to int) Effects { n.Raw.TransferLeader(uint64(to)); return n.quiet() }

// Ask begins a read.
func (n *Node) Ask(context byte) Effects {
	if n.config.Bug == "read-at-once" {
		return Effects{Reads: []Read{{context, n.See().Commit}}}
	}
	n.Raw.ReadIndex([]byte{context})
	return n.quiet()
}

// Receive gives the node a message.
func (n *Node) Receive(m *Message) Effects {
	switch n.config.Bug {
	case "damage":
		damage(m, most)
	case "damage-late":
		damage(m, commit(m))
	}
	_ = step(n.Raw, m)
	return n.quiet()
}

// Snapshot has the log up to what is applied replaced by a snapshot.
func (n *Node) Snapshot() Effects {
	compact(n.Disk, n.applied, confState(n.Raw))
	return n.quiet()
}

// Change proposes another set of voters, by way of a joint configuration.
func (n *Node) Change(remove int) Effects { _ = proposeChange(n.Raw, remove); return n.quiet() }

// quiet runs the node until there is nothing left to do. In fine steps that is left to
// Persist and Send.
func (n *Node) quiet() (e Effects) {
	for !n.config.Fine && n.Raw.HasReady() {
		e.add(n.Persist())
		e.add(n.Send())
	}
	return e
}

func (e *Effects) add(more Effects) {
	e.Sent, e.Reads = append(e.Sent, more.Sent...), append(e.Reads, more.Reads...)
	if e.Fault == "" {
		e.Fault = more.Fault
	}
}

// Persist takes what the library hands out and writes it to the disk.
func (n *Node) Persist() (e Effects) {
	if n.handed != nil || !n.Raw.HasReady() {
		return e
	}
	rd := n.Raw.Ready()
	n.handed = &rd
	save(n.Disk, &rd, n.config.Bug)
	return e
}

// Send sends what was handed out and applies what is committed. Only then the library may
// hand out more.
func (n *Node) Send() (e Effects) {
	if n.handed == nil {
		return e
	}
	rd := n.handed
	n.handed = nil
	for _, m := range messagesOf(rd) {
		if n.config.Bug == "boast" {
			boast(m)
		}
		e.Sent = append(e.Sent, Sent{n.id, to(m), m})
	}
	e.Reads = readsOf(rd)
	if i := snapshotIn(rd); i > 0 {
		n.applied = i
	}
	for _, x := range committedIn(rd) {
		if x.Index != n.applied+1 && e.Fault == "" {
			e.Fault = fmt.Sprintf("entry %d is applied after entry %d", x.Index, n.applied)
		}
		n.applied = x.Index
		applyChange(n.Raw, x)
	}
	n.Raw.Advance(*rd)
	return e
}

// Entry is an entry of a log.
type Entry struct {
	Term uint64
	Data string
}

func (e Entry) String() string { return fmt.Sprintf("%d:%q", e.Term, e.Data) }

// Role is what a node takes itself for.
type Role string

func (r Role) String() string { return string(r) }

// View is what properties see of a node.
type View struct {
	Role                     Role
	Term, Vote, Lead, Commit uint64
	Durable                  uint64  // Commit as it is on disk
	First                    uint64  // the index of the first entry of Log; those before it are in the snapshot
	Log                      []Entry // that is on disk
	Handed                   bool    // something was persisted and is to be sent
	Waits                    bool    // something is to be persisted
	BadProgress              bool    // a leader would send what a follower is known to have
}

// At returns the entry at an index, if it is in the log.
func (v *View) At(index uint64) (e Entry, known bool) {
	if index < v.First || index >= v.First+uint64(len(v.Log)) {
		return e, false
	}
	return v.Log[index-v.First], true
}

// Last is the index of the last entry.
func (v *View) Last() uint64 { return v.First + uint64(len(v.Log)) - 1 }

const most = math.MaxUint64
