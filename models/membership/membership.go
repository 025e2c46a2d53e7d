// Package membership models how the nodes of a cluster agree on who is in it:
// nodes join and leave, miss one another's heartbeats when the network splits,
// are declared failed, come back, and elect a primary with terms.
//
// Each node keeps a numbered view, the members as it knows them. A primary
// counts as valid while it reaches a majority and nobody who believes to be
// primary has a newer term. The protocol promises that there is never more than
// one valid primary, that joining happens at once or not at all, and that two
// nodes which list each other under the same view number have the same view.
package membership

import (
	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
)

const maxNodes = 4

// Config sizes the model and seeds bugs into it.
type Config struct {
	Nodes   int `flag:"nodes" default:"3" min:"2" max:"4" help:"nodes that may be members"`
	MaxView int `flag:"max-view" default:"3" min:"2" max:"250" help:"the last view number and the last term"`

	// Without these two, a failed node may come back while somebody still
	// lists it, and two nodes may number different views alike.
	AnnounceRecovery bool `flag:"announce-recovery" help:"strike a failed node from every view before it may come back, and claim LeaveDetectionWeak"`
	UniqueNumbers    bool `flag:"unique-numbers" help:"number every new view above every active node's, as joining does"`

	Bug string // "" or the name of a seeded bug
}

// Status is where a node stands between outside and inside the cluster.
type Status uint8

const (
	Left Status = iota
	Joining
	Active
	Leaving
	Failed
)

func (s Status) String() string {
	return [...]string{"Left", "Joining", "Active", "Leaving", "Failed"}[s]
}

// Node is what one node is and believes.
type Node struct {
	Status     Status
	View       NodeSet // the members, as this node knows them
	ViewNumber uint8   // grows with every change of the view
	Primary    bool    // believes that it is the primary
	Term       uint8   // of its last election
	Heartbeat  bool    // has sent or received a heartbeat since the last reset
}

// State is a global state. The zero value is the initial one: everybody is
// outside, and the network is whole.
type State struct {
	Nodes [maxNodes]Node    `muster:"by=NodeID"`
	Cut   [maxNodes]NodeSet `muster:"by=NodeID"` // whom each node cannot talk to; both ends know
}

type protocol struct{ Config }

// New returns the model.
func New(c Config) *model.Model[State] {
	p := &protocol{catalog.Settle(c)}
	return &model.Model[State]{
		Name: "membership",
		Actions: []model.Action[State]{
			{Name: "NodeJoin", Do: p.join},
			{Name: "NodeJoinComplete", Do: p.joinComplete},
			{Name: "NodeLeave", Do: p.leave},
			{Name: "NodeLeaveComplete", Do: p.leaveComplete},
			{Name: "SendHeartbeat", Do: p.sendHeartbeat},
			{Name: "ResetHeartbeats", Do: p.resetHeartbeats},
			{Name: "DetectFailure", Do: p.detectFailure},
			{Name: "MarkNodeFailed", Do: p.markNodeFailed},
			{Name: "NodeRecover", Do: p.recover},
			{Name: "SyncViews", Do: p.syncViews},
			{Name: "ElectPrimary", Do: p.elect},
			{Name: "PrimaryStepDown", Do: p.stepDown},
			{Name: "CreatePartition", Do: p.cut, Fault: "partition"},
			{Name: "HealPartition", Do: p.heal},
		},
		Properties: append(p.properties(), p.liveness()...),
		Progress:   true,
		Picture:    p.picture,
		Symmetry:   []model.Symmetry{model.Scalars[NodeID](p.Nodes).Bits(NodeSet(0))},
	}
}
