// Package raftcore models a Raft cluster with durable state, snapshots, changes of the members and linearizable
// reads: package actor/raftcore, with the steps that servers take unasked, and bounds. Each feature
// is a parameter, and without it its actions are not there.
//
// Promised: the five guarantees of Raft, that acknowledged writes are stored, and that reads are fresh.
package raftcore

import (
	core "github.com/muster-mc/muster/actor/raftcore"

	"github.com/muster-mc/muster/actor"
	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/crash"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/network"
)

// Config sizes the model and seeds bugs into it.
type Config struct {
	Servers   int    `flag:"servers" default:"3" min:"1" max:"5" help:"servers"`
	Members   int    `flag:"members" default:"0" min:"0" max:"5" help:"how many servers are members at the beginning; 0, and more than there are servers, means all"`
	Terms     int    `flag:"terms" default:"2" min:"1" max:"7" help:"terms"`
	Writes    int    `flag:"writes" default:"1" min:"0" max:"8" help:"a leader takes writes until its log has this number of them"`
	Empty     bool   `flag:"empty" help:"a leader begins with an empty entry"`
	Crashes   int    `flag:"crashes" default:"0" min:"0" max:"3" help:"crashes in a run"`
	Snapshots bool   `flag:"snapshots" help:"servers replace what is committed by a snapshot"`
	Changes   int    `flag:"changes" default:"0" min:"0" max:"3" help:"changes of the members in a run"`
	Reads     int    `flag:"reads" default:"0" min:"0" max:"3" help:"reads in a run"`
	InFlight  int    `flag:"in-flight" default:"0" min:"0" max:"64" help:"messages that are in flight at a time; 0 means any number"`
	Bug       string // "" or the name of a seeded bug
}

// value is what clients write. An entry is known by its place and its term, and has no other value.
type value = struct{}

type (
	node    = core.Node[value]
	message = core.Message[value]
	past    = core.Past[value]

	envelope = network.Envelope[message]
	out      = network.Out[message]
)

// State is a global state.
type State struct {
	Nodes [core.ServersMost]node `muster:"by=ID"`
	Net   network.Bag[message]
	Past  past

	Crashes, Changes, Reads uint8 // how many there have been
}

type protocol struct {
	Config
	raft   core.Raft[value]
	system actor.System[State, message]
}

// New returns the model.
func New(c Config) *model.Model[State] { return newProtocol(c).model() }

func newProtocol(c Config) *protocol {
	p := &protocol{Config: catalog.Settle(c)}
	if p.Members == 0 || p.Members > p.Servers {
		p.Members = p.Servers
	}
	p.raft = core.Raft[value]{
		Members: network.Among(p.Members), EmptyEntry: p.Empty, Flaw: core.Flaw(p.Bug),
	}
	p.system = actor.System[State, message]{
		Net: func(s *State) network.Net[message] { return &s.Net },
		Roles: []actor.Role[State, message]{
			actor.RoleOf(p.nodes, actor.Handlers[node, message, actor.NoTimers]{
				Receive: func(n *node, e envelope, o *out) bool { return p.raft.Receive(n, e.From, e.Message, o) },
			}),
		},
		Received: func(s *State, e envelope) { p.see(s, e.To) },
		Obsolete: func(s *State, e envelope) bool { return p.raft.Ignores(at(s, e.To), e.From, e.Message) },
	}
	return p
}

func (p *protocol) model() *model.Model[State] {
	m := &model.Model[State]{
		Name: "actor/raftcore", Actions: p.actions(), Properties: p.properties(),
		Symmetry:      p.symmetry(),
		AllowDeadlock: true, // when all terms are over
	}
	if p.InFlight > 0 {
		m.Constraint = network.Within(p.system.Net, p.InFlight)
	}
	return m
}

// symmetry: members differ in nothing but their numbers, and so do the others.
func (p *protocol) symmetry() []model.Symmetry {
	members := network.Interchangeable(1, p.Members)
	if p.Members == p.Servers {
		return []model.Symmetry{members}
	}
	first := network.ID(p.Members + 1)
	return []model.Symmetry{members.Named("member"), network.Interchangeable(first, p.Servers-p.Members).Named("other")}
}

func (p *protocol) nodes(s *State) []node { return s.Nodes[:p.Servers] }

func at(s *State, id network.ID) *node { return &s.Nodes[id.Index()] }

// see is called after each step of a server.
func (p *protocol) see(s *State, id network.ID) { s.Past.See(&p.raft, id, at(s, id)) }

// actions are those of the network and of the features that the run has.
func (p *protocol) actions() []model.Action[State] {
	list := []model.Action[State]{p.step("Campaign", p.whoCampaigns, p.raft.Campaign)}
	if p.Writes > 0 {
		list = append(list, p.step("Propose", p.whoProposes, func(n *node, o core.Sender[value]) bool { return p.raft.Propose(n, value{}, o) }))
	}
	if p.Crashes > 0 {
		list = append(list, p.crash())
	}
	if p.Snapshots {
		list = append(list, p.step("Compact", p.all, func(n *node, _ core.Sender[value]) bool { return p.raft.Compact(n) }))
	}
	if p.Changes > 0 {
		list = append(list, p.system.Step("Change", p.whoChanges, p.change))
	}
	if p.Reads > 0 {
		list = append(list, p.system.Step("Read", p.whoReads, p.read))
	}
	return append(list, p.system.Actions()...)
}

// step is an action in which a server takes a step of the core.
func (p *protocol) step(name string, able func(s *State) network.IDs, do func(n *node, o core.Sender[value]) bool) model.Action[State] {
	return p.system.Step(name, able, func(s *State, _ *model.Choice, o *out) bool {
		if !do(at(s, o.Self()), o) {
			return false
		}
		p.see(s, o.Self())
		return true
	})
}

func (p *protocol) who(s *State, able func(n *node) bool) (ids network.IDs) {
	for i := range p.nodes(s) {
		if able(&s.Nodes[i]) {
			ids = ids.With(network.ID(i + 1))
		}
	}
	return ids
}

func (p *protocol) all(*State) network.IDs { return network.Among(p.Servers) }

func (p *protocol) whoCampaigns(s *State) network.IDs {
	return p.who(s, func(n *node) bool { return n.Role != core.Leader && int(n.Term) < p.Terms })
}

func (p *protocol) whoProposes(s *State) network.IDs {
	return p.who(s, func(n *node) bool { return n.Role == core.Leader && writes(&n.Log) < p.Writes })
}

func writes(l *core.Log[value]) (number int) {
	for _, e := range l.All() {
		if e.Kind == core.Write {
			number++
		}
	}
	return number
}

func (p *protocol) whoChanges(s *State) network.IDs {
	if int(s.Changes) == p.Changes {
		return 0
	}
	return p.who(s, p.raft.CanChange)
}

func (p *protocol) whoReads(s *State) network.IDs {
	if int(s.Reads) == p.Reads {
		return 0
	}
	return p.who(s, func(n *node) bool { return n.Role == core.Leader })
}

func (p *protocol) change(s *State, c *model.Choice, o *out) bool {
	server := network.ID(model.Member(c, "server", network.Among(p.Servers)))
	if !p.raft.Change(at(s, o.Self()), server, o) {
		return false
	}
	s.Changes++
	p.see(s, o.Self())
	return true
}

func (p *protocol) read(s *State, _ *model.Choice, o *out) bool {
	if !p.raft.Read(at(s, o.Self()), o) {
		return false
	}
	s.Reads++
	p.see(s, o.Self())
	return true
}

// crash: the server is up again in the same step. One that stays down for a while is one that nothing reaches.
func (p *protocol) crash() model.Action[State] {
	alone := crash.Processes[node, node]{Number: 1, At: func(n *node, _ int) *node { return n }}.Crash("Crash")
	able := func(s *State) network.IDs {
		if int(s.Crashes) == p.Crashes {
			return 0
		}
		return p.all(s)
	}
	a := p.system.Step("Crash", able, func(s *State, c *model.Choice, o *out) bool {
		n := at(s, o.Self())
		if !alone.Do(n, c) {
			return false
		}
		p.raft.Restart(n)
		s.Crashes++
		p.see(s, o.Self())
		return true
	})
	a.Fault = crash.Fault
	return a
}

// properties are those of the core, and witnesses of what the run has.
func (p *protocol) properties() []model.Property[State] {
	list := core.Properties(p.nodes, func(s *State) *past { return &s.Past })
	witness := func(name string, has bool, seen func(s *State, n *node) bool) {
		if has {
			list = append(list, model.Reachable(name, func(s *State) bool {
				return p.who(s, func(n *node) bool { return seen(s, n) }) != 0
			}))
		}
	}
	witness("ALeaderIsElected", true, func(_ *State, n *node) bool { return n.Role == core.Leader })
	witness("AnEntryIsCommitted", p.Writes > 0 || p.Empty, func(_ *State, n *node) bool { return n.Commit > 0 })
	witness("ASnapshotIsTaken", p.Snapshots, func(_ *State, n *node) bool { return n.Base > 0 })
	witness("MembersHaveChanged", p.Changes > 0 && (p.Writes > 0 || p.Empty), func(s *State, n *node) bool {
		return s.Changes > 0 && n.Commit > 0 && p.raft.MembersOf(n) != p.raft.Members
	})
	witness("AReadIsDone", p.Reads > 0, func(_ *State, n *node) bool { return n.Role == core.Leader && n.Reading.Round > 0 && !n.Reading.Open })
	return list
}
