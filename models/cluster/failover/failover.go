// Package failover models what becomes of an actor whose node dies: a detector
// marks the node as failed, a planner picks a new node, and the plan is carried
// out. Nodes may die at any moment, the new one included. In the end the actor
// is placed on a node that lives, if there is one.
package failover

import (
	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/models/internal/node"
	"github.com/muster-mc/muster/models/internal/rest"
)

const maxNodes = 4

// Config sizes the model and seeds bugs into it.
type Config struct {
	Nodes      int    `flag:"nodes" default:"3" min:"2" max:"4" help:"nodes that the actor can be placed on"`
	MaxCrashes int    `flag:"max-crashes" default:"2" min:"1" max:"4" help:"nodes that die; none comes back"`
	Bug        string // "" or the name of a seeded bug
}

// Health is what is known of a node.
type Health uint8

const (
	Alive  Health = iota
	Silent        // dead, and nobody has noticed
	Failed        // dead, and marked so
)

func (h Health) String() string { return [...]string{"Alive", "Silent", "Failed"}[h] }

// State is a global state.
type State struct {
	Placement node.ID          // of the actor
	Plan      node.ID          // where the actor is to move, or nobody: there is no plan
	Nodes     [maxNodes]Health `muster:"by=ID"`
}

type protocol struct{ Config }

// New returns the model.
func New(c Config) *model.Model[State] {
	p := &protocol{catalog.Settle(c)}
	m := &model.Model[State]{
		Name: "cluster/failover",
		Init: p.init,
		Actions: []model.Action[State]{
			{Name: "Crash", Do: p.crash, Fault: "crash"},
			{Name: "Detect", Do: p.detect},
			{Name: "Plan", Do: p.plan},
			{Name: "Execute", Do: p.execute},
			{Name: "Replan", Do: p.replan},
		},
		AllowDeadlock: true, // NotStranded says which ends are good ones
		Symmetry:      p.symmetry(),
	}
	m.Properties = []model.Property[State]{
		rest.Always(m, "NotStranded", p.notStranded),
		model.AlwaysStep("NobodyBuriedAlive", p.nobodyBuriedAlive),
		model.ImpliesStep("OnlyOffTheDead", moves, offTheDead),
		model.Reachable("Moved", p.moved),
	}
	return m
}

// symmetry: all nodes but the first are interchangeable. The actor begins on the first one, and Moved tells
// that one from the others.
func (p *protocol) symmetry() []model.Symmetry {
	return []model.Symmetry{
		node.Interchangeable(1).Named("home"),
		node.Interchangeable(p.Nodes - 1).From(2).Named("other"),
	}
}

// init: the actor lives on the first node.
func (p *protocol) init(s *State, _ *model.Choice) bool {
	s.Placement = node.At(0)
	return true
}

func (p *protocol) crash(s *State, c *model.Choice) bool {
	health := &s.Nodes[c.Int("node", p.Nodes)]
	if *health != Alive || p.Nodes-p.alive(s) >= p.MaxCrashes {
		return false
	}
	*health = Silent
	return true
}

func (p *protocol) alive(s *State) int {
	count := 0
	for _, health := range s.Nodes[:p.Nodes] {
		if health == Alive {
			count++
		}
	}
	return count
}

// detect: no heartbeat came for too long.
func (p *protocol) detect(s *State, c *model.Choice) bool {
	health := &s.Nodes[c.Int("node", p.Nodes)]
	silent := *health == Silent || *health == Alive && p.Bug == "impatient"
	if !silent || p.Bug == "never-check" {
		return false
	}
	*health = Failed
	return true
}

// plan: the actor's node has failed, so another one is picked that has not, as
// far as anybody knows.
func (p *protocol) plan(s *State, c *model.Choice) bool {
	target := c.Int("target", p.Nodes)
	due := s.Nodes[s.Placement.Index()] == Failed || p.Bug == "plan-unasked"
	if !due || s.Plan != node.Nobody || s.Nodes[target] == Failed {
		return false
	}
	s.Plan = node.At(target)
	return true
}

func (p *protocol) execute(s *State, _ *model.Choice) bool {
	if s.Plan == node.Nobody || s.Nodes[s.Plan.Index()] == Failed || p.Bug == "plan-only" {
		return false
	}
	s.Placement, s.Plan = s.Plan, node.Nobody
	return true
}

// replan: the node that was picked has failed as well.
func (p *protocol) replan(s *State, _ *model.Choice) bool {
	if s.Plan == node.Nobody || s.Nodes[s.Plan.Index()] != Failed || p.Bug == "keep-plan" {
		return false
	}
	s.Plan = node.Nobody
	return true
}

// notStranded: the actor is on a node that lives, unless none does.
func (p *protocol) notStranded(s *State) bool {
	return s.Nodes[s.Placement.Index()] == Alive || p.alive(s) == 0
}

func (p *protocol) moved(s *State) bool { return s.Placement != node.At(0) }

// nobodyBuriedAlive: who is marked as failed has died before.
func (p *protocol) nobodyBuriedAlive(before, after *State) bool {
	for n, health := range after.Nodes[:p.Nodes] {
		if health == Failed && before.Nodes[n] == Alive {
			return false
		}
	}
	return true
}

// moves and offTheDead: the actor is moved off a node that has failed, and off no
// other.
func moves(before, after *State) bool  { return after.Placement != before.Placement }
func offTheDead(before, _ *State) bool { return before.Nodes[before.Placement.Index()] == Failed }
