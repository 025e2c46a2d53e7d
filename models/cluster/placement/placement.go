// Package placement models a registry that places actors on nodes, while nodes
// fail. A new placement goes to a node that has not failed: the registry looks at
// the node's status and writes the placement under one lock.
package placement

import (
	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/models/internal/node"
)

const maxNodes = 3

// Config sizes the model and seeds bugs into it.
type Config struct {
	Nodes int    `flag:"nodes" default:"2" min:"1" max:"3" help:"nodes that an actor can be placed on"`
	Bug   string // "" or the name of a seeded bug
}

// Status is what the registry knows of a node.
type Status uint8

const (
	Active Status = iota
	Failed
)

func (st Status) String() string { return [...]string{"Active", "Failed"}[st] }

// State is a global state.
type State struct {
	Status    [maxNodes]Status `muster:"by=ID"`
	Placement node.ID          // of one actor
	Checked   node.ID          // the node that was found active; only with a bug
}

type protocol struct{ Config }

// New returns the model.
func New(c Config) *model.Model[State] {
	p := &protocol{catalog.Settle(c)}
	m := &model.Model[State]{
		Name: "cluster/placement",
		Actions: []model.Action[State]{
			{Name: "Place", Do: p.place},
			{Name: "Remove", Do: p.remove},
			{Name: "NodeFails", Do: p.nodeFails, Fault: "crash"},
			{Name: "NodeReturns", Do: p.nodeReturns},
		},
		Properties: []model.Property[State]{
			model.AlwaysStep("PlacementConsistency", p.placementConsistency),
			model.Reachable("LeftOnFailedNode", p.leftOnFailedNode),
		},
		Symmetry: []model.Symmetry{node.Interchangeable(p.Nodes)},
	}
	if p.Bug == "check-before-lock" {
		m.Actions = append(m.Actions, model.Action[State]{Name: "CheckStatus", Do: p.checkStatus})
	}
	return m
}

func (p *protocol) place(s *State, c *model.Choice) bool {
	n := c.Int("node", p.Nodes)
	if s.Placement != node.Nobody || !p.eligible(s, n) {
		return false
	}
	s.Placement, s.Checked = node.At(n), node.Nobody
	return true
}

// eligible: the status counts as it is now.
func (p *protocol) eligible(s *State, n int) bool {
	switch p.Bug {
	case "ignore-status":
		return true
	case "check-before-lock":
		return s.Checked == node.At(n)
	}
	return s.Status[n] == Active
}

// checkStatus is a seeded bug: the status is looked at first, and by the time of
// the placement it may be another.
func (p *protocol) checkStatus(s *State, c *model.Choice) bool {
	n := c.Int("node", p.Nodes)
	if s.Placement != node.Nobody || s.Status[n] != Active {
		return false
	}
	s.Checked = node.At(n)
	return true
}

func (p *protocol) remove(s *State, _ *model.Choice) bool {
	if s.Placement == node.Nobody {
		return false
	}
	s.Placement = node.Nobody
	return true
}

// nodeFails: the node dies, and the registry is told.
func (p *protocol) nodeFails(s *State, c *model.Choice) bool {
	status := &s.Status[c.Int("node", p.Nodes)]
	if *status == Failed {
		return false
	}
	*status = Failed
	return true
}

func (p *protocol) nodeReturns(s *State, c *model.Choice) bool {
	status := &s.Status[c.Int("node", p.Nodes)]
	if *status == Active {
		return false
	}
	*status = Active
	return true
}

// placementConsistency: nothing is placed on a node that has failed. What was
// there before stays until failover moves it.
func (p *protocol) placementConsistency(before, after *State) bool {
	placed := after.Placement != before.Placement && after.Placement != node.Nobody
	return !placed || before.Status[after.Placement.Index()] == Active
}

// leftOnFailedNode is where failover has to step in.
func (p *protocol) leftOnFailedNode(s *State) bool {
	return s.Placement != node.Nobody && s.Status[s.Placement.Index()] == Failed
}
