package cluster

import (
	"fmt"

	"example.com/etcdraft/lib"
	"github.com/muster-mc/muster/inplace"
)

// kind is what a node is given.
type kind uint8

const (
	campaign kind = iota
	propose
	receive
	ask
	restart
	tick
	transfer
	compact
	remove
	persist
	send
)

func (k kind) String() string {
	return [...]string{"campaign", "propose", "receive", "ask", "restart", "tick", "transfer", "snapshot", "remove", "persist", "send"}[k]
}

// input is what a node is given: a message, or a number whose meaning depends on the kind.
type input struct {
	Kind    kind
	Number  uint8
	Message message
}

func (in input) String() string {
	if in.Kind == receive {
		return fmt.Sprintf("receive %v", in.Message)
	}
	return fmt.Sprintf("%v(%d)", in.Kind, in.Number)
}

// effects are lib.Effects with references to messages.
type effects struct {
	sent  []sent
	reads []lib.Read
	fault string
}

type sent struct {
	from, to int
	message  message
}

// code is the library in a model.
type code struct {
	nodes    *inplace.Machines[lib.Node, lib.View, input, effects]
	messages *inplace.Values[lib.Message]
}

func newCode(c Config) code {
	var k code
	// A message is what travels, so two that differ in memory and not on the wire are one.
	k.messages = inplace.ValuesOf(inplace.Value[lib.Message]{
		Name: "messages", Describe: lib.Describe,
		Copy:  func(m *lib.Message) *lib.Message { return lib.Parse(lib.Wire(m)) },
		Rules: inplace.Rules{Forms: []inplace.Form{inplace.FormOf(func(m *lib.Message) any { return lib.Wire(m) })}},
	})
	of := lib.Config{Voters: c.Nodes, PreVote: c.PreVote, CheckQuorum: c.CheckQuorum, Fine: c.Fine, Bug: c.Bug}
	k.nodes = inplace.Of(inplace.Machine[lib.Node, lib.View, input, effects]{
		Name:   "nodes",
		New:    func(id int) *lib.Node { return lib.Start(of, id) },
		Step:   func(n *lib.Node, in input) effects { return k.after(k.step(n, in)) },
		View:   (*lib.Node).See,
		Source: k.source(c),
		Rules: inplace.Rules{
			Ignore: ignored(c),
			// The clock of a raft is a method that is bound to the raft itself.
			Functions: []string{"raft.tick"},
			// What the library hands out it shares, and does not write to any more.
			Constant: []string{
				"RawNode.prevHardSt", "MemoryStorage.hardState", "MemoryStorage.ents", "MemoryStorage.snapshot", "unstable.entries", "unstable.snapshot",
				"HardState.*", "Entry.*", "Message.*", "Snapshot.*", "SnapshotMetadata.*", "ConfState.*",
			},
			// Nothing in the library asks whether a slice is nil.
			NilIsEmpty: true,
			Rings:      []inplace.Ring{{Type: "tracker.Inflights", Buffer: "buffer", Start: "start", Count: "count"}},
		},
	})
	return k
}

// ignored are the fields on which no step depends. Some of them are in some versions only.
func ignored(c Config) []string {
	list := []string{
		"raft.logger", "raftLog.logger", "unstable.logger", "raft.traceLogger", "MemoryStorage.callStats",
		"impl.MessageState.*",
		"Entry.sizeCache", "Snapshot.sizeCache", "SnapshotMetadata.sizeCache", "HardState.sizeCache", "ConfState.sizeCache", "Message.sizeCache",
	}
	if !c.CheckQuorum { // there are no ticks but a leader's, which are heartbeats
		list = append(list, "raft.randomizedElectionTimeout", "raft.electionElapsed", "raft.heartbeatElapsed")
	}
	return list
}

func proposal(number uint8) string { return fmt.Sprint("p", number) }

func (k *code) step(n *lib.Node, in input) lib.Effects {
	switch in.Kind {
	case campaign:
		return n.Campaign()
	case propose:
		return n.Propose(proposal(in.Number))
	case receive:
		return n.Receive(k.messages.Get(in.Message))
	case ask:
		return n.Ask(in.Number)
	case restart:
		return n.Restart()
	case tick:
		return n.Tick()
	case transfer:
		return n.Transfer(int(in.Number))
	case compact:
		return n.Snapshot()
	case remove:
		return n.Change(int(in.Number))
	case persist:
		return n.Persist()
	case send:
		return n.Send()
	}
	return lib.Effects{}
}

// after puts the messages that were sent among those that the model knows.
func (k *code) after(e lib.Effects) effects {
	out := effects{reads: e.Reads, fault: e.Fault}
	for _, s := range e.Sent {
		out.sent = append(out.sent, sent{s.From, s.To, k.messages.Put(s.Message)})
	}
	return out
}
