// Package linearizability models a directory of actors: clients claim an actor
// for a node, release it, read who owns it, and dispatch work to it. Each
// operation takes effect in one step between the call and the answer, and the
// answers are recorded in the order of those steps.
//
// Promised: the recorded history is one that a directory which serves a single
// client at a time could have given.
package linearizability

import (
	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
)

const (
	maxClients = 3
	maxActors  = 2
	maxHistory = 8

	maxVersion    = 5 // changes of ownership that are explored
	maxOperations = 8 // operations that are explored
)

// Config sizes the model and seeds bugs into it.
type Config struct {
	Clients    int `flag:"clients" default:"1" min:"1" max:"3" help:"clients, each with one operation at a time"`
	Actors     int `flag:"actors" default:"1" min:"1" max:"2" help:"actors that are claimed"`
	Nodes      int `flag:"nodes" default:"2" min:"1" max:"250" help:"nodes that an actor can be claimed for"`
	MaxHistory int `flag:"max-history" default:"5" min:"1" max:"8" help:"answers that are explored"`

	Bug string // "" or the name of a seeded bug
}

// Owner is what the directory says about an actor.
type Owner struct {
	Node   Node
	Client Client // who claimed it
}

// State is a global state. Its zero value is the initial one.
type State struct {
	Owners  [maxActors]Owner `muster:"by=Actor"`
	Version uint8            // counts the changes of Owners

	Pending [maxClients]Operation `muster:"by=Client"`
	Asked   uint8                 // operations called so far

	History  [maxHistory + 1]Record
	Answered uint8 // how much of History there is
}

func (s *State) history() []Record { return s.History[:s.Answered] }

func (s *State) owner(a Actor) *Owner { return &s.Owners[a.index()] }

type protocol struct {
	Config
}

// New returns the model.
func New(c Config) *model.Model[State] {
	p := &protocol{catalog.Settle(c)}
	return &model.Model[State]{
		Name: "linearizability",
		Actions: []model.Action[State]{
			{Name: "Invoke", Do: p.invoke},
			{Name: "LinearizeClaim", Do: p.claim, Fair: p.fairness("lost-claim")},
			{Name: "LinearizeRelease", Do: p.release, Fair: model.WeakEach},
			{Name: "LinearizeRead", Do: p.read, Fair: p.fairness("lost-read"), FairBy: p.readBy()},
			{Name: "LinearizeDispatch", Do: p.dispatch, Fair: model.WeakEach},
		},
		Properties: append([]model.Property[State]{
			model.Always("TypeOK", p.typeOK),
			model.Always("ReadYourWrites", p.readYourWrites),
			model.Always("MonotonicReads", p.monotonicReads),
			model.Always("DispatchConsistency", p.dispatchConsistency),
			model.Always("OwnershipConsistency", p.ownershipConsistency),
			model.Always("AnsweredOnce", p.answeredOnce),
			model.Always("SequentialPerActor", p.sequentialPerActor).Explained(p.firstIllegal),
			model.Always("NumberedApart", p.numberedApart),
			model.AlwaysStep("ChangesAreCounted", p.changesAreCounted),
			model.Reachable("OwnerIsRead", p.ownerIsRead),
		}, p.liveness()...),
		Constraint: p.inBounds,
		Symmetry:   p.symmetry(),
	}
}

// symmetry: clients, actors and nodes are interchangeable, unless a bug counts nodes from
// one. No state has more nodes than answers.
func (p *protocol) symmetry() []model.Symmetry {
	nodes := min(p.Nodes, maxHistory)
	if p.Bug == "owner-from-one" {
		nodes = 1
	}
	return []model.Symmetry{
		model.Scalars[Client](p.Clients).From(1),
		model.Scalars[Actor](p.Actors).From(1),
		model.Scalars[Node](nodes).From(1),
	}
}

func (p *protocol) inBounds(s *State) bool {
	return int(s.Answered) <= p.MaxHistory && s.Version <= maxVersion && s.Asked <= maxOperations
}

// invoke: the operation is under way, and may take effect at any time.
func (p *protocol) invoke(s *State, c *model.Choice) bool {
	client := c.Int("client", p.Clients)
	if s.Pending[client].Kind != NoOperation {
		return false
	}
	kind := model.Pick(c, "kind", []Kind{Claim, Release, Read, Dispatch})
	s.Pending[client] = Operation{kind, actorOf(c.Int("actor", p.Actors)), s.Asked}
	s.Asked++
	return true
}

// answer: the operation that is pending takes effect here.
func (p *protocol) answer(s *State, client int, ok bool, owner Node) {
	s.History[s.Answered] = Record{s.Pending[client], clientOf(client), ok, owner}
	if p.Bug == "forget-number" {
		s.History[s.Answered].ID = 0
	}
	s.Answered++
	if p.Bug != "answer-twice" {
		s.Pending[client] = Operation{}
	}
}

// claim: the node is part of the claim, which fails for any node when the
// actor has an owner.
func (p *protocol) claim(s *State, c *model.Choice) bool {
	client := c.Int("client", p.Clients)
	if s.Pending[client].Kind != Claim {
		return false
	}
	node := c.Int("node", p.Nodes)
	owner := s.owner(s.Pending[client].Actor)
	free := owner.Node == Nobody || p.Bug == "claim-unseen"
	if free {
		*owner = Owner{nodeOf(node), clientOf(client)}
		s.Version++
	}
	p.answer(s, client, free, Nobody)
	return true
}

// release: for the client that made the claim, whatever the node.
func (p *protocol) release(s *State, c *model.Choice) bool {
	client := c.Int("client", p.Clients)
	if s.Pending[client].Kind != Release {
		return false
	}
	owner := s.owner(s.Pending[client].Actor)
	mine := owner.Client == clientOf(client)
	if mine {
		owner.Node = Nobody
		if p.Bug != "half-release" {
			owner.Client = NoClient
		}
		if p.Bug != "uncounted-release" {
			s.Version++
		}
	}
	p.answer(s, client, mine, Nobody)
	return true
}

func (p *protocol) read(s *State, c *model.Choice) bool {
	client := c.Int("client", p.Clients)
	if s.Pending[client].Kind != Read {
		return false
	}
	owner := s.owner(s.Pending[client].Actor).Node
	switch {
	case p.fromReplica(s, client) && c.Bool("stale"):
		owner = Nobody
	case p.Bug == "owner-from-one" && owner != Nobody:
		owner++
	}
	p.answer(s, client, true, owner)
	return true
}

// fromReplica: with some bugs, a read may go to a replica that has not heard of
// the claim yet.
func (p *protocol) fromReplica(s *State, client int) bool {
	switch p.Bug {
	case "replica-read":
		return true
	case "replica-reread":
		if s.Answered == 0 {
			return false
		}
		last := s.History[s.Answered-1]
		return last.Kind == Read && last.Client == clientOf(client) && last.Actor == s.Pending[client].Actor
	}
	return false
}

// dispatch: work goes to the owner, if there is one.
func (p *protocol) dispatch(s *State, c *model.Choice) bool {
	client := c.Int("client", p.Clients)
	if s.Pending[client].Kind != Dispatch {
		return false
	}
	owned := s.owner(s.Pending[client].Actor).Node != Nobody
	p.answer(s, client, owned || p.Bug == "dispatch-unowned", Nobody)
	return true
}
