//go:build with_tla

package main

import (
	"bufio"
	"encoding/json"
	"io"
	"log"
	"math"
	"math/rand/v2"
	"slices"

	"go.etcd.io/raft/v3"
	pb "go.etcd.io/raft/v3/raftpb"
	"google.golang.org/protobuf/proto"
)

const (
	nodes   = 5 // three are voters at first
	baseLog = 1 // the index of the snapshot with which each node begins, in term 1
	inNet   = 4 // a message overtakes at most so many others
)

// cluster is the nodes, their disks and the network.
type cluster struct {
	schedule
	random  *rand.Rand
	trace   *tracer
	raft    [nodes]*raft.RawNode
	disk    [nodes]*raft.MemoryStorage
	applied [nodes]uint64 // on the disk too
	early   [nodes]map[uint64]bool
	net     []*pb.Message
}

// tracer writes the records of the library.
type tracer struct {
	encoder *json.Encoder
	err     error
}

func (t *tracer) TraceEvent(e *raft.TracingEvent) {
	if t.err == nil {
		t.err = t.encoder.Encode(struct {
			Tag   string             `json:"tag"`
			Event *raft.TracingEvent `json:"event"`
		}{"trace", e})
	}
}

func (s schedule) run(w io.Writer) error {
	out := bufio.NewWriter(w)
	c := &cluster{schedule: s, random: rand.New(rand.NewPCG(s.seed, 1)), trace: &tracer{encoder: json.NewEncoder(out)}}
	for i := range nodes {
		if err := c.prepare(i); err != nil {
			return err
		}
	}
	for range s.steps {
		if err := c.step(); err != nil {
			return err
		}
	}
	if c.trace.err != nil {
		return c.trace.err
	}
	return out.Flush()
}

// prepare makes a disk with the snapshot of the three first voters, and starts the node.
func (c *cluster) prepare(i int) error {
	c.disk[i], c.applied[i], c.early[i] = raft.NewMemoryStorage(), baseLog, map[uint64]bool{}
	err := c.disk[i].ApplySnapshot(&pb.Snapshot{Metadata: &pb.SnapshotMetadata{
		ConfState: &pb.ConfState{Voters: []uint64{1, 2, 3}}, Index: new(uint64(baseLog)), Term: new(uint64(1)),
	}})
	if err != nil {
		return err
	}
	if err := c.disk[i].SetHardState(&pb.HardState{Term: new(uint64(1)), Commit: new(uint64(baseLog))}); err != nil {
		return err
	}
	return c.start(i)
}

// start starts a node from its disk.
func (c *cluster) start(i int) (err error) {
	c.raft[i], err = raft.NewRawNode(&raft.Config{
		ID: uint64(i + 1), ElectionTick: 1 << 30, HeartbeatTick: 1, Storage: c.disk[i], Applied: c.applied[i],
		MaxSizePerMsg: math.MaxUint64, MaxInflightMsgs: 4, TraceLogger: c.trace,
		Logger: &raft.DefaultLogger{Logger: log.New(io.Discard, "", 0)},
	})
	return err
}

// step is one step of the schedule: it is about a node, or about a message.
func (c *cluster) step() error {
	i := c.random.IntN(nodes)
	x := c.random.Float64()
	switch {
	case x < c.crash:
		return c.start(i)
	case x < c.crash+0.006:
		_ = c.raft[i].Campaign() // which a node that is no voter ignores
	case x < 0.08:
		_ = c.raft[i].Propose([]byte("x")) // which is dropped if there is no leader
	case x < 0.09:
		c.change(i)
	case x < 0.25 || len(c.net) == 0:
		c.raft[i].Tick()
	default:
		k := c.random.IntN(min(inNet, len(c.net)))
		m := c.net[k]
		c.net = slices.Delete(c.net, k, k+1)
		if c.random.Float64() < c.loss {
			return nil
		}
		i = int(m.GetTo()) - 1
		_ = c.raft[i].Step(m) // which a node refuses from a node that it does not know
	}
	return c.handle(i)
}

// change proposes to add or remove a node. Three nodes stay, so that the group can go on.
func (c *cluster) change(i int) {
	status := c.raft[i].Status()
	peer := uint64(1 + c.random.IntN(nodes))
	kind := pb.ConfChangeAddNode
	if voters := status.Config.Voters[0]; len(voters) > 3 {
		if _, is := voters[peer]; is {
			kind = pb.ConfChangeRemoveNode
		}
	} else if c.random.IntN(4) == 0 && peer > 3 {
		kind = pb.ConfChangeAddLearnerNode
	}
	if _, is := status.Config.Voters[0][peer]; is && kind == pb.ConfChangeAddLearnerNode {
		return
	}
	_ = c.raft[i].ProposeConfChange(&pb.ConfChange{Type: kind.Enum(), NodeId: new(peer)})
}

// handle is the application: it writes to the disk, sends, and applies.
func (c *cluster) handle(i int) error {
	for c.raft[i].HasReady() {
		ready := c.raft[i].Ready()
		if err := c.write(i, ready); err != nil {
			return err
		}
		if c.random.Float64() < c.crash/4 { // nothing was sent and nothing applied
			return c.start(i)
		}
		c.net = append(c.net, ready.Messages...)
		for _, e := range ready.CommittedEntries {
			if err := c.apply(i, e); err != nil {
				return err
			}
		}
		c.raft[i].Advance(ready)
	}
	return nil
}

func (c *cluster) write(i int, ready raft.Ready) error {
	if !raft.IsEmptyHardState(ready.HardState) {
		state := proto.Clone(ready.HardState).(*pb.HardState)
		if c.fault == forgetVote {
			state.Vote = new(uint64(0))
		}
		if err := c.disk[i].SetHardState(state); err != nil {
			return err
		}
	}
	if err := c.disk[i].Append(ready.Entries); err != nil {
		return err
	}
	if c.fault == applyEarly {
		for _, e := range ready.Entries {
			if e.GetType() == pb.EntryConfChange {
				c.early[i][e.GetIndex()] = true
				if err := c.changeTo(i, e); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// apply applies a committed entry.
func (c *cluster) apply(i int, e *pb.Entry) error {
	c.applied[i] = e.GetIndex()
	if e.GetType() != pb.EntryConfChange || c.early[i][e.GetIndex()] {
		return nil
	}
	return c.changeTo(i, e)
}

// changeTo applies a change of the configuration, and writes the outcome to the disk as a
// snapshot.
func (c *cluster) changeTo(i int, e *pb.Entry) error {
	var change pb.ConfChange
	if err := proto.Unmarshal(e.GetData(), &change); err != nil {
		return err
	}
	state := c.raft[i].ApplyConfChange(&change)
	_, err := c.disk[i].CreateSnapshot(e.GetIndex(), state, nil)
	return err
}
