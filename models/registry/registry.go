// Package registry models the registry of a cluster: which node runs which
// actor, and which nodes are still there. Nodes send heartbeats; a node that
// misses too many is suspected, then failed, and loses its actors. Each node
// keeps a cache of placements, which may be stale. No actor is placed on a
// failed node, and none is taken from a node that has it.
//
// In the plain protocol no heartbeat is lost, so that the registry never takes a
// living node for a dead one. With HeartbeatLoss it does, and a node must stop its
// actors by itself, before the registry gives them to somebody else.
package registry

import (
	"strconv"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
)

const (
	maxNodes  = 4
	maxActors = 3
)

// Config sizes the model and seeds bugs into it.
type Config struct {
	Nodes            int    `flag:"nodes" default:"2" min:"1" max:"4" help:"nodes of the cluster"`
	Actors           int    `flag:"actors" default:"2" min:"1" max:"3" help:"actors to be placed"`
	MaxHeartbeatMiss int    `flag:"max-heartbeat-miss" default:"2" min:"1" max:"250" help:"heartbeats missed before a node is suspected"`
	HeartbeatLoss    bool   `flag:"heartbeat-loss" help:"lose heartbeats of living nodes, and model what each node runs"`
	Bug              string // "" or the name of a seeded bug
}

// NodeID refers to a node from a placement. Its zero value is nobody.
type NodeID uint8

// Nobody runs an actor that is not placed.
const Nobody NodeID = 0

func id(node int) NodeID { return NodeID(node + 1) }

func (n NodeID) index() int { return int(n) - 1 }

func (n NodeID) String() string {
	if n == Nobody {
		return "nobody"
	}
	return "node " + strconv.Itoa(n.index())
}

// ActorID is an actor: the place of its placement.
type ActorID uint8

// Status is what the registry thinks of a node.
type Status uint8

const (
	Active Status = iota
	Suspect
	Failed // for good
)

func (s Status) String() string {
	return [...]string{"Active", "Suspect", "Failed"}[s]
}

// State is a global state. It starts with every node active and up, and no
// actor placed: the zero value.
type State struct {
	Placement [maxActors]NodeID `muster:"by=ActorID"`
	Nodes     [maxNodes]Node    `muster:"by=NodeID"`
}

// Node is what the registry keeps about a node, and the node itself.
type Node struct {
	Status Status
	Missed uint8 // heartbeats in a row

	Down    bool
	Cache   [maxActors]NodeID `muster:"by=ActorID"`
	Running [maxActors]bool   `muster:"by=ActorID"` // with HeartbeatLoss only
}

type protocol struct {
	Config
	maxMissed uint8
}

// New returns the model.
func New(c Config) *model.Model[State] {
	c = catalog.Settle(c)
	p := &protocol{c, uint8(c.MaxHeartbeatMiss)}
	m := &model.Model[State]{
		Name: "registry",
		Actions: []model.Action[State]{
			{Name: "SendHeartbeat", Do: p.sendHeartbeat},
			{Name: "HeartbeatTick", Do: p.heartbeatTick, Fair: model.Weak},
			{Name: "DetectFailure", Do: p.detectFailure, Fair: p.fairness(model.WeakEach, "sleepy-detector")},
			{Name: "NodeCrash", Do: p.nodeCrash, Fault: "crash"},
			{Name: "ClaimActor", Do: p.claimActor},
			{Name: "ReleaseActor", Do: p.releaseActor},
			{Name: "InvalidateCache", Do: p.invalidateCache, Fair: p.fairness(model.WeakEach, "sticky-cache")},
		},
		Properties: append([]model.Property[State]{
			model.Always("TypeOK", p.typeOK),
			model.Always("PlacementConsistency", p.placementConsistency).Explained(p.misplaced),
			model.AlwaysStep("NoTakeover", p.noTakeover),
			model.AlwaysStep("ClaimIsPlaced", p.claimIsPlaced),
			model.AlwaysStep("ClaimIsHeard", p.claimIsHeard),
			model.Reachable("FailureDetected", p.failureDetected),
			model.Reachable("StaleCache", p.staleCache),
			model.Reachable("Released", p.released),
		}, p.liveness()...),
		Terminal: p.nobodyLeft,
		Picture:  p.picture,
		Symmetry: []model.Symmetry{model.Scalars[NodeID](p.Nodes).From(1), model.Scalars[ActorID](p.Actors)},
	}
	if p.HeartbeatLoss {
		m.Actions = append(m.Actions, model.Action[State]{Name: "LoseHeartbeat", Do: p.loseHeartbeat, Fault: "loss"})
		m.Properties = append(m.Properties, model.Always("SingleActivation", p.singleActivation).Explained(p.runTwice))
	}
	return m
}

// nobodyLeft: no node ever restarts, so a cluster can come to its end.
func (p *protocol) nobodyLeft(s *State) bool {
	for _, node := range s.Nodes[:p.Nodes] {
		if node.Status != Failed {
			return false
		}
	}
	return true
}

// Guards of several actions.
const (
	isUp    = "the node is up"
	counted = "the registry still counts the node's misses"
)

// sendHeartbeat clears a suspicion, but a failed node stays failed.
func (p *protocol) sendHeartbeat(s *State, c *model.Choice) bool {
	n := c.Int("node", p.Nodes)
	node := &s.Nodes[n]
	if !c.Reason(isUp, !node.Down) {
		return false
	}
	node.Missed = 0
	if node.Status == Suspect {
		node.Status = Active
	}
	return true
}

// heartbeatTick: the registry waits in vain for a node that is down.
func (p *protocol) heartbeatTick(s *State, c *model.Choice) bool {
	n := c.Int("node", p.Nodes)
	if !c.Reason("the node is down", s.Nodes[n].Down) || !c.Reason(counted, p.counts(&s.Nodes[n])) {
		return false
	}
	s.Nodes[n].Missed++
	return true
}

// loseHeartbeat: a living node's heartbeat does not arrive. The node notices,
// since no answer comes, and stops its actors when the registry may start to
// suspect it: the registry gives them away only after that.
func (p *protocol) loseHeartbeat(s *State, c *model.Choice) bool {
	n := c.Int("node", p.Nodes)
	node := &s.Nodes[n]
	if !c.Reason(isUp, !node.Down) || !c.Reason(counted, p.counts(node)) {
		return false
	}
	node.Missed++
	if node.Missed == p.maxMissed && p.Bug != "keep-running" {
		clear(node.Running[:])
	}
	return true
}

// counts reports whether the registry would count a missed heartbeat. It stops
// counting where it has seen enough.
func (p *protocol) counts(node *Node) bool {
	enough := node.Missed >= p.maxMissed
	if p.Bug == "overcount" {
		enough = node.Missed > p.maxMissed
	}
	return node.Status != Failed && !enough
}

// detectFailure: suspect first, and then fail the node and free its actors.
func (p *protocol) detectFailure(s *State, c *model.Choice) bool {
	n := c.Int("node", p.Nodes)
	node := &s.Nodes[n]
	if !c.Reason("the node has not failed", node.Status != Failed) ||
		!c.Reason("enough heartbeats were missed", node.Missed >= p.maxMissed) {
		return false
	}
	if node.Status == Active {
		node.Status = Suspect
		return true
	}
	node.Status = Failed
	for a, holder := range s.Placement {
		if holder == id(n) {
			s.Placement[a] = Nobody
		}
	}
	return true
}

func (p *protocol) nodeCrash(s *State, c *model.Choice) bool {
	n := c.Int("node", p.Nodes)
	node := &s.Nodes[n]
	if !c.Reason(isUp, !node.Down) {
		return false
	}
	node.Down = true
	clear(node.Running[:])
	return true
}

// claimActor: one transaction that checks the node, checks that the actor is
// free, and places it.
func (p *protocol) claimActor(s *State, c *model.Choice) bool {
	n := c.Int("node", p.Nodes)
	if !p.mayClaim(c, &s.Nodes[n]) {
		return false
	}
	a := c.Int("actor", p.Actors)
	if !c.Reason("the actor is free", s.Placement[a] == Nobody || p.Bug == "overwrite") {
		return false
	}
	if p.Bug != "claim-unasked" {
		s.Placement[a] = id(n)
	}
	if p.Bug != "claim-unheard" {
		s.Nodes[n].Cache[a] = id(n)
	}
	s.Nodes[n].Running[a] = p.HeartbeatLoss
	return true
}

// mayClaim: a node that has stopped its actors starts no others before it has
// got a heartbeat through.
func (p *protocol) mayClaim(c *model.Choice, node *Node) bool {
	switch p.Bug {
	case "skip-both":
		return true
	case "skip-status":
		return c.Reason(isUp, !node.Down)
	}
	return c.Reason("the registry takes the node for active", node.Status == Active) && c.Reason(isUp, !node.Down) &&
		c.Reason("the node's heartbeats arrive", node.Missed < p.maxMissed)
}

// releaseActor: the actor is stopped and its placement cleared. Other nodes'
// caches still name the node.
func (p *protocol) releaseActor(s *State, c *model.Choice) bool {
	a := c.Int("actor", p.Actors)
	if !c.Reason("the actor is placed", s.Placement[a] != Nobody) {
		return false
	}
	s.Nodes[s.Placement[a].index()].Running[a] = false
	s.Placement[a] = Nobody
	return true
}

func (p *protocol) invalidateCache(s *State, c *model.Choice) bool {
	n := c.Int("node", p.Nodes)
	node := &s.Nodes[n]
	if !c.Reason(isUp, !node.Down) {
		return false
	}
	a := c.Int("actor", p.Actors)
	if !c.Reason("the cached placement is stale", node.Cache[a] != s.Placement[a]) {
		return false
	}
	node.Cache[a] = s.Placement[a]
	return true
}
