package raftcore_test

import (
	"context"
	"fmt"

	"github.com/muster-mc/muster/actor"
	"github.com/muster-mc/muster/actor/raftcore"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/network"
)

// Cluster is three servers, to which clients write colours.
type Cluster struct {
	Nodes [3]raftcore.Node[Colour] `muster:"by=ID"`
	Net   network.Bag[Message]
	Past  raftcore.Past[Colour]
}

type (
	Message  = raftcore.Message[Colour]
	Envelope = network.Envelope[Message]
	Out      = network.Out[Message]
)

// Colour is what clients write.
type Colour uint8

const (
	Red Colour = iota + 1
	Blue
)

func (c Colour) String() string { return [...]string{"none", "red", "blue"}[c] }

// cluster returns a model with two terms, in which a leader of term 1 writes red and one of term 2 writes blue.
func cluster(flaw raftcore.Flaw) *model.Model[Cluster] {
	raft := &raftcore.Raft[Colour]{Members: network.Among(3), Flaw: flaw}
	node := func(s *Cluster, id network.ID) *raftcore.Node[Colour] { return &s.Nodes[id.Index()] }
	nodes := func(s *Cluster) []raftcore.Node[Colour] { return s.Nodes[:] }
	past := func(s *Cluster) *raftcore.Past[Colour] { return &s.Past }

	system := actor.System[Cluster, Message]{
		Net: func(s *Cluster) network.Net[Message] { return &s.Net },
		Roles: []actor.Role[Cluster, Message]{
			actor.RoleOf(nodes, actor.Handlers[raftcore.Node[Colour], Message, actor.NoTimers]{
				Receive: func(n *raftcore.Node[Colour], e Envelope, out *Out) bool {
					return raft.Receive(n, e.From, e.Message, out)
				},
			}),
		},
		Received: func(s *Cluster, e Envelope) { s.Past.See(raft, e.To, node(s, e.To)) },
		Obsolete: func(s *Cluster, e Envelope) bool { return raft.Ignores(node(s, e.To), e.From, e.Message) },
	}
	step := func(name string, do func(n *raftcore.Node[Colour], out *Out) bool) model.Action[Cluster] {
		all := func(*Cluster) network.IDs { return network.Among(3) }
		return system.Step(name, all, func(s *Cluster, _ *model.Choice, out *Out) bool {
			n := node(s, out.Self())
			if !do(n, out) {
				return false
			}
			s.Past.See(raft, out.Self(), n)
			return true
		})
	}
	return &model.Model[Cluster]{
		Name: "cluster", Properties: raftcore.Properties(nodes, past), AllowDeadlock: true,
		Symmetry: []model.Symmetry{network.Interchangeable(1, 3)},
		Actions: append(system.Actions(),
			step("Campaign", func(n *raftcore.Node[Colour], out *Out) bool { return n.Term < 2 && raft.Campaign(n, out) }),
			step("Propose", func(n *raftcore.Node[Colour], out *Out) bool {
				return n.Log.Len() == 0 && raft.Propose(n, Colour(n.Term), out)
			})),
	}
}

// The core keeps its promises. A follower that skips the check of the entry before new ones does so too as long as
// logs have one entry, and one that takes entries from a leader of an older term does not.
func Example() {
	for _, flaw := range []raftcore.Flaw{"", raftcore.SkipCheck, raftcore.OldLeaderAppends} {
		report, err := explore.Check(context.Background(), cluster(flaw), explore.Options{})
		if err != nil {
			panic(err)
		}
		if report.Verdict == explore.Holds {
			fmt.Printf("%q holds, in %d orbits\n", flaw, report.Counts.Distinct)
		}
		for _, p := range report.Properties {
			if p.Verdict == explore.Violated {
				fmt.Printf("%q violates %s, in %d states\n", flaw, p.Name, p.Trace.Length)
			}
		}
	}
	// Output:
	// "" holds, in 715 orbits
	// "skip-check" holds, in 715 orbits
	// "old-leader-appends" violates LeaderAppendOnly, in 10 states
}
