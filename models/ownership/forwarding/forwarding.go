// Package forwarding models what happens to requests for an actor that is not
// running yet. Each node has one such request. It looks up where the actor is,
// and if it is nowhere, claims it for itself. Two nodes may both find it
// nowhere. The claim looks again and lets only one of them have the actor, and
// then the other one's request is not at fault: it goes to the node that was
// faster.
package forwarding

import (
	"fmt"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/models/internal/node"
)

const maxNodes = 4

// Config sizes the model and seeds bugs into it.
type Config struct {
	Nodes int    `flag:"nodes" default:"2" min:"2" max:"4" help:"nodes with a request for the actor"`
	Bug   string // "" or the name of a seeded bug
}

// Request is how far a node's request has come.
type Request uint8

const (
	Waiting    Request = iota
	Claiming           // the actor was found nowhere
	Forwarding         // the actor was found on another node
	Done
	Failed
)

func (r Request) String() string {
	return [...]string{"Waiting", "Claiming", "Forwarding", "Done", "Failed"}[r]
}

// State is a global state. It starts as the zero value: the actor is nowhere.
type State struct {
	Placement node.ID        // where the registry says that the actor is
	Nodes     [maxNodes]Node `muster:"by=ID"`
}

// Node is one node.
type Node struct {
	Request Request
	Runs    bool // it runs the actor
}

type protocol struct{ Config }

// New returns the model.
func New(c Config) *model.Model[State] {
	p := &protocol{catalog.Settle(c)}
	return &model.Model[State]{
		Name: "ownership/forwarding",
		Actions: []model.Action[State]{
			{Name: "LookUp", Do: p.lookUp},
			{Name: "Claim", Do: p.claim},
			{Name: "Forward", Do: p.forward},
		},
		Properties: []model.Property[State]{
			model.Always("NoSpuriousError", p.noSpuriousError).Explained(p.whereItIs),
			model.Always("SingleActivation", p.singleActivation).Explained(p.whereItIs),
			model.Reachable("EveryoneIsServed", p.everyoneIsServed),
		},
		Terminal: p.answered,
		Symmetry: []model.Symmetry{node.Interchangeable(p.Nodes)},
	}
}

// lookUp: what is found may be out of date at once.
func (p *protocol) lookUp(s *State, c *model.Choice) bool {
	n := &s.Nodes[c.Int("node", p.Nodes)]
	if !c.Reason("a request waits at the node", n.Request == Waiting) {
		return false
	}
	n.Request = Forwarding
	if s.Placement == node.Nobody {
		n.Request = Claiming
	}
	return true
}

// claim looks and writes in one transaction, so of several nodes one succeeds.
func (p *protocol) claim(s *State, c *model.Choice) bool {
	n := c.Int("node", p.Nodes)
	claimant := &s.Nodes[n]
	switch {
	case !c.Reason("the node claims the actor", claimant.Request == Claiming):
		return false
	case s.Placement == node.Nobody || p.Bug == "claim-unchecked":
		s.Placement, claimant.Runs = node.At(n), true
		claimant.Request = Done
	case p.Bug == "fail-on-existing":
		claimant.Request = Failed
	default:
		claimant.Request = Forwarding
	}
	return true
}

// forward: the node that runs the actor serves the request.
func (p *protocol) forward(s *State, c *model.Choice) bool {
	n := &s.Nodes[c.Int("node", p.Nodes)]
	if !c.Reason("the node forwards a request", n.Request == Forwarding) ||
		!c.Reason("the actor runs where it is placed", s.Placement != node.Nobody && s.Nodes[s.Placement.Index()].Runs) {
		return false
	}
	n.Request = Done
	return true
}

func (p *protocol) answered(s *State) bool {
	for _, n := range s.Nodes[:p.Nodes] {
		if n.Request != Done && n.Request != Failed {
			return false
		}
	}
	return true
}

// noSpuriousError: no request fails while the actor is there and running.
func (p *protocol) noSpuriousError(s *State) bool {
	for _, n := range s.Nodes[:p.Nodes] {
		if n.Request == Failed && p.running(s) > 0 {
			return false
		}
	}
	return true
}

// singleActivation: at most one node runs the actor.
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

func (p *protocol) everyoneIsServed(s *State) bool {
	for _, n := range s.Nodes[:p.Nodes] {
		if n.Request != Done {
			return false
		}
	}
	return true
}

func (p *protocol) whereItIs(s *State) string {
	return fmt.Sprintf("the registry has the actor on %v; nodes that run it: %d", s.Placement, p.running(s))
}
