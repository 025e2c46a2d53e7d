// Package orphan models placements that outlive what they point at. The
// registry says on which node an actor runs, and requests go there. A node that
// stops an actor takes the placement away. A node that crashes cannot, so
// somebody else must: the failure detector when it notices the crash, or time,
// if placements are leases.
package orphan

import (
	"fmt"
	"slices"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/models/internal/node"
	"github.com/muster-mc/muster/models/internal/rest"
)

const maxNodes = 4

// Config sizes the model and seeds bugs into it.
type Config struct {
	Nodes   int    `flag:"nodes" default:"2" min:"2" max:"4" help:"nodes on which the actor can run"`
	Cleanup string `flag:"cleanup" default:"detection" oneof:"detection expiry" help:"what takes a dead node's placement away: noticing its crash, or the end of its lease"`
	Bug     string // "" or the name of a seeded bug
}

// Health is whether a node is there.
type Health uint8

const (
	Up Health = iota
	Crashed
	Noticed // crashed, and the failure detector knows
)

func (h Health) String() string { return [...]string{"Up", "Crashed", "Noticed"}[h] }

// State is a global state. It starts as the zero value: all nodes are up, and
// the actor is nowhere.
type State struct {
	Placement node.ID        // where the registry says that the actor runs
	Nodes     [maxNodes]Node `muster:"by=ID"`
}

// Node is one node. One that crashed does not come back under its name.
type Node struct {
	Health Health
	Runs   bool // it runs the actor
}

type protocol struct{ Config }

// New returns the model.
func New(c Config) *model.Model[State] {
	p := &protocol{catalog.Settle(c)}
	m := &model.Model[State]{
		Name: "ownership/orphan",
		Actions: []model.Action[State]{
			{Name: "Claim", Do: p.claim},
			{Name: "Deactivate", Do: p.deactivate},
			{Name: "FailToSave", Do: p.failToSave, Fault: "partial-write"},
			{Name: "Crash", Do: p.crash, Fault: "crash"},
			{Name: "Notice", Do: p.notice},
		},
		Terminal: p.allCrashed,
		Symmetry: []model.Symmetry{node.Interchangeable(p.Nodes)},
	}
	if p.Cleanup == "expiry" {
		m.Actions = append(m.Actions, model.Action[State]{Name: "Expire", Do: p.expire})
	}
	m.Properties = []model.Property[State]{
		rest.Always(m, "NoOrphan", p.placed).Explained(p.whoIsMissing),
		model.Always("RunsWherePlaced", p.runsWherePlaced),
		model.Reachable("ComesBack", p.comesBack),
	}
	return m
}

// claim: a request comes, and the actor is nowhere.
func (p *protocol) claim(s *State, c *model.Choice) bool {
	n := c.Int("node", p.Nodes)
	if !c.Reason("the node is up", s.Nodes[n].Health == Up) || !c.Reason("the actor is nowhere", s.Placement == node.Nobody) {
		return false
	}
	s.Nodes[n].Runs = true
	if p.Bug != "unasked" {
		s.Placement = node.At(n)
	}
	return true
}

// deactivate: the actor has been idle; its state is saved and it stops.
func (p *protocol) deactivate(s *State, c *model.Choice) bool {
	n := &s.Nodes[c.Int("node", p.Nodes)]
	if !c.Reason("the node runs the actor", n.Runs) {
		return false
	}
	n.Runs, s.Placement = false, node.Nobody
	return true
}

// failToSave: the actor's state cannot be saved, and it stops all the same.
func (p *protocol) failToSave(s *State, c *model.Choice) bool {
	n := &s.Nodes[c.Int("node", p.Nodes)]
	if !c.Reason("the node runs the actor", n.Runs) {
		return false
	}
	n.Runs = false
	if p.Bug != "return-early" {
		s.Placement = node.Nobody
	}
	return true
}

func (p *protocol) crash(s *State, c *model.Choice) bool {
	n := &s.Nodes[c.Int("node", p.Nodes)]
	if !c.Reason("the node is up", n.Health == Up) {
		return false
	}
	*n = Node{Health: Crashed}
	return true
}

// notice: the failure detector has not heard of a node for too long, and takes
// away what was placed on it.
func (p *protocol) notice(s *State, c *model.Choice) bool {
	n := c.Int("node", p.Nodes)
	if !c.Reason("the node has crashed", s.Nodes[n].Health == Crashed) {
		return false
	}
	s.Nodes[n].Health = Noticed
	clears := p.Cleanup == "detection" && p.Bug != "notice-only"
	if clears && s.Placement == node.At(n) {
		s.Placement = node.Nobody
	}
	return true
}

// expire: the node that should run the actor has not renewed the placement.
func (p *protocol) expire(s *State, c *model.Choice) bool {
	if !c.Reason("the actor runs where it should not", !p.placed(s)) {
		return false
	}
	s.Placement = node.Nobody
	return true
}

// placed: where the registry says that the actor runs, it runs.
func (p *protocol) placed(s *State) bool {
	return s.Placement == node.Nobody || s.Nodes[s.Placement.Index()].Runs
}

// runsWherePlaced: a node that runs the actor is up, and the registry says so.
func (p *protocol) runsWherePlaced(s *State) bool {
	for n := range p.Nodes {
		if s.Nodes[n].Runs && (s.Nodes[n].Health != Up || s.Placement != node.At(n)) {
			return false
		}
	}
	return true
}

func (p *protocol) whoIsMissing(s *State) string {
	return fmt.Sprintf("every request goes to %v for good, and the actor is not there", s.Placement)
}

// comesBack: after the crash of a node, the actor runs on another one.
func (p *protocol) comesBack(s *State) bool {
	noticed := func(n Node) bool { return n.Health == Noticed }
	runs := func(n Node) bool { return n.Runs }
	return slices.ContainsFunc(s.Nodes[:p.Nodes], noticed) && slices.ContainsFunc(s.Nodes[:p.Nodes], runs)
}

func (p *protocol) allCrashed(s *State) bool {
	for _, n := range s.Nodes[:p.Nodes] {
		if n.Health == Up {
			return false
		}
	}
	return true
}
