// Package join models how nodes become one cluster. An actor runs on one node at
// a time because whoever wants to run it asks a registry first, so all that
// depends on everybody asking the same registry. A node that has joined does; a
// node that is cut off from it must do without.
package join

import (
	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/models/internal/node"
)

const maxNodes = 4

// Config sizes the model and seeds bugs into it.
type Config struct {
	Nodes int    `flag:"nodes" default:"2" min:"1" max:"4" help:"nodes that join the cluster"`
	Bug   string // "" or the name of a seeded bug
}

// State is a global state: a registry, which names the owner of the one actor,
// and the nodes.
type State struct {
	Registry node.ID        // the cluster's
	Nodes    [maxNodes]Node `muster:"by=ID"`
}

// Node is one node.
type Node struct {
	Joined  bool
	CutOff  bool    // from the registry
	Runs    bool    // the actor
	Private node.ID // the owner in a registry of the node's own, which only the bugs use
}

type protocol struct{ Config }

// New returns the model.
func New(c Config) *model.Model[State] {
	p := &protocol{catalog.Settle(c)}
	return &model.Model[State]{
		Name: "cluster/join",
		Actions: []model.Action[State]{
			{Name: "Join", Do: p.join},
			{Name: "Claim", Do: p.claim},
			{Name: "Release", Do: p.release},
			{Name: "Partition", Do: p.partition, Fault: "partition"},
			{Name: "Heal", Do: p.heal},
		},
		Properties: []model.Property[State]{
			model.Always("SingleActivation", p.singleActivation),
			model.Always("RunsWhereRegistered", p.runsWhereRegistered),
			model.AlwaysStep("ReleaseFrees", p.releaseFrees),
			model.Reachable("ClusterServes", p.clusterServes),
		},
		Symmetry: []model.Symmetry{node.Interchangeable(p.alike())},
	}
}

// alike is how many nodes are interchangeable: not those of which one is the seed.
func (p *protocol) alike() int {
	if p.Bug == "register-seed" {
		return 1
	}
	return p.Nodes
}

// registry is the one that the node asks, or nil if it has none to ask.
func (p *protocol) registry(s *State, n *Node) *node.ID {
	switch {
	case p.Bug == "join-stub", p.Bug == "local-fallback" && n.CutOff:
		return &n.Private
	case n.CutOff:
		return nil
	}
	return &s.Registry
}

// join: the node finds the cluster by its seed nodes. The stub writes a line to
// the log and reports success.
func (p *protocol) join(s *State, c *model.Choice) bool {
	n := &s.Nodes[c.Int("node", p.Nodes)]
	if n.Joined || n.CutOff {
		return false
	}
	n.Joined = true
	return true
}

// claim: compare and swap; the actor must have no owner.
func (p *protocol) claim(s *State, c *model.Choice) bool {
	i := c.Int("node", p.Nodes)
	n := &s.Nodes[i]
	owner := p.registry(s, n)
	if !n.Joined || owner == nil || *owner != node.Nobody {
		return false
	}
	*owner, n.Runs = node.At(i), true
	if p.Bug == "register-seed" {
		*owner = node.At(0)
	}
	return true
}

// release: a node that cannot tell the registry keeps the actor.
func (p *protocol) release(s *State, c *model.Choice) bool {
	n := &s.Nodes[c.Int("node", p.Nodes)]
	owner := p.registry(s, n)
	if !n.Runs || owner == nil {
		return false
	}
	n.Runs = false
	if p.Bug != "keep-entry" {
		*owner = node.Nobody
	}
	return true
}

func (p *protocol) partition(s *State, c *model.Choice) bool {
	n := &s.Nodes[c.Int("node", p.Nodes)]
	if n.CutOff {
		return false
	}
	n.CutOff = true
	return true
}

func (p *protocol) heal(s *State, c *model.Choice) bool {
	n := &s.Nodes[c.Int("node", p.Nodes)]
	if !n.CutOff {
		return false
	}
	n.CutOff = false
	return true
}

func (p *protocol) singleActivation(s *State) bool { return p.running(s) <= 1 }

func (p *protocol) running(s *State) int {
	count := 0
	for _, n := range s.Nodes[:p.Nodes] {
		if n.Runs {
			count++
		}
	}
	return count
}

// clusterServes: everybody has joined, and the actor runs.
func (p *protocol) clusterServes(s *State) bool {
	for _, n := range s.Nodes[:p.Nodes] {
		if !n.Joined {
			return false
		}
	}
	return p.running(s) > 0
}

// runsWhereRegistered: a node that runs the actor is its owner in some registry.
func (p *protocol) runsWhereRegistered(s *State) bool {
	for i, n := range s.Nodes[:p.Nodes] {
		if n.Runs && s.Registry != node.At(i) && n.Private != node.At(i) {
			return false
		}
	}
	return true
}

// releaseFrees: when a node that reaches the registry stops the actor, the actor
// is free.
func (p *protocol) releaseFrees(before, after *State) bool {
	for i, n := range before.Nodes[:p.Nodes] {
		if n.Runs && !n.CutOff && !after.Nodes[i].Runs && after.Registry == node.At(i) {
			return false
		}
	}
	return true
}
