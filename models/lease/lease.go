// Package lease models leases with fencing tokens. A node that wants to run an
// actor asks a registry for it, gets it for a limited time, and renews it before
// the time is over. The registry goes by its own clock and every node by the
// node's, which may be ahead. Nodes crash, restart, and are suspected, rightly or
// wrongly. Still, never do two nodes believe that they hold the same actor.
//
// Two options add what the plain protocol leaves out. With SlowClocks a node's
// clock may fall behind, too, and a node stops a grace period before its lease
// ends. With Writes the holders write to a storage, and fencing tokens keep out
// a write that was under way for too long.
package lease

import (
	"strconv"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
)

const (
	maxNodes  = 4
	maxActors = 3
)

// Config sizes the model and seeds bugs into it. Times are in ticks.
type Config struct {
	Nodes      int    `flag:"nodes" default:"2" min:"1" max:"4" help:"nodes that compete"`
	Actors     int    `flag:"actors" default:"1" min:"1" max:"3" help:"actors to be leased"`
	Duration   int    `flag:"duration" default:"2" min:"1" max:"60" help:"how long a lease lasts"`
	Grace      int    `flag:"grace" default:"1" min:"0" max:"60" help:"the end of a lease, in which nobody else may have it yet"`
	Skew       int    `flag:"skew" default:"1" min:"0" max:"60" help:"how far a node's clock may be from the registry's"`
	MaxClock   int    `flag:"max-clock" default:"4" min:"1" max:"60" help:"when the registry's clock stops"`
	MaxToken   int    `flag:"max-token" default:"3" min:"1" max:"250" help:"explore up to this many grants of an actor"`
	SlowClocks bool   `flag:"slow-clocks" help:"let nodes' clocks fall behind; holders stop a grace period early"`
	Writes     bool   `flag:"writes" help:"let holders write to a storage that compares fencing tokens"`
	Bug        string // "" or the name of a seeded bug
}

// NodeID refers to a node from a lease. Its zero value is nobody.
type NodeID uint8

// Nobody holds a lease that was never granted, or was released.
const Nobody NodeID = 0

func id(node int) NodeID { return NodeID(node + 1) }

func (n NodeID) index() int { return int(n) - 1 }

func (n NodeID) String() string {
	if n == Nobody {
		return "nobody"
	}
	return "node " + strconv.Itoa(n.index())
}

// ActorID is an actor: the place of its lease.
type ActorID uint8

// State is a global state. It starts as the zero value: all clocks at 0, all
// nodes up, nothing leased.
type State struct {
	Clock   uint8            // the registry's
	Leases  [maxActors]Lease `muster:"by=ActorID"`
	Nodes   [maxNodes]Node   `muster:"by=NodeID"`
	Storage [maxActors]uint8 `muster:"by=ActorID"` // the token of the last write, with Writes
}

// Lease is what the registry keeps of an actor.
type Lease struct {
	Holder NodeID
	Expiry uint8
	Token  uint8 // the fencing token: how often the actor was granted
}

// Node is one node. Its beliefs are in its memory, and a crash wipes them out.
type Node struct {
	Clock     uint8
	Down      bool
	Suspected bool
	Beliefs   [maxActors]Belief `muster:"by=ActorID"`
	Writing   [maxActors]uint8  `muster:"by=ActorID"` // the token of a write under way, with Writes
}

// Belief is what a node knows of a lease of its own. Its zero value is that it
// has none.
type Belief struct {
	Expiry uint8
	Token  uint8 // with Writes
}

type protocol struct {
	Config
	duration, grace, skew, maxClock, maxToken uint8

	margin uint8 // how long before its expiry a node stops using a lease
}

// New returns the model.
func New(c Config) *model.Model[State] {
	p := newProtocol(catalog.Settle(c))
	m := &model.Model[State]{
		Name: "lease",
		Actions: []model.Action[State]{
			{Name: "Acquire", Do: p.acquire, Fair: p.fairness(model.StrongEach, "nobody-asks")},
			{Name: "Renew", Do: p.renew},
			{Name: "Release", Do: p.release},
			{Name: "Suspect", Do: p.suspect},
			{Name: "Unsuspect", Do: p.unsuspect, Fair: p.fairness(model.WeakEach, "grudge")},
			{Name: "Crash", Do: p.crash, Fault: "crash"},
			{Name: "Restart", Do: p.restart, Fair: model.WeakEach},
			{Name: "Drift", Do: p.drift, Fault: "skew"},
			{Name: "Tick", Do: p.tick, Fair: model.Weak},
		},
		Properties: append([]model.Property[State]{
			model.Always("LeaseUniqueness", p.leaseUniqueness).Explained(p.whoBelieves),
			model.Always("BeliefConsistency", p.beliefConsistency).Explained(p.whoBelieves),
			model.Always("GracePeriodRespected", p.gracePeriodRespected).Explained(p.whoMayAcquire),
			model.Always("ExpiredLeaseClaimable", p.expiredLeaseClaimable).Explained(p.whoMayAcquire),
			model.Always("LeaseValidityBounds", p.leaseValidityBounds),
			model.Always("ClockSkewSafety", p.clockSkewSafety),
			model.Always("TypeOK", p.typeOK),
			model.AlwaysStep("NoTakeover", p.noTakeover),
			model.AlwaysStep("FencingTokenMonotonic", p.fencingTokenMonotonic),
			model.AlwaysStep("GrantIsHeard", p.grantIsHeard),
			model.Reachable("SomebodyHolds", p.somebodyHolds),
			model.Reachable("GivenBack", p.someLease(func(l Lease, _ *State) bool { return l.Holder == Nobody && l.Token > 0 })),
			model.Reachable("RunOut", p.someLease(func(l Lease, s *State) bool { return l.Holder != Nobody && l.Expiry <= s.Clock })),
			model.Reachable("HeldUnderSuspicion", p.someLease(heldUnderSuspicion)),
			model.Reachable("Forgotten", p.forgotten),
		}, p.liveness()...),
		Constraint: p.tokensInBounds,
		Picture:    p.picture,
		Symmetry:   []model.Symmetry{model.Scalars[NodeID](p.Nodes).From(1), model.Scalars[ActorID](p.Actors)},
	}
	if p.SlowClocks {
		m.Actions = append(m.Actions, model.Action[State]{Name: "Lag", Do: p.lag, Fault: "skew"})
	}
	if p.Writes {
		p.addWrites(m)
	}
	return m
}

func newProtocol(c Config) *protocol {
	p := &protocol{
		Config:   c,
		duration: uint8(c.Duration), grace: uint8(c.Grace), skew: uint8(c.Skew),
		maxClock: uint8(c.MaxClock), maxToken: uint8(c.MaxToken),
	}
	if c.SlowClocks && c.Bug != "no-margin" {
		p.margin = p.grace
	}
	return p
}

// tokensInBounds: an actor can be released and granted again within one tick,
// so without a bound on the tokens the space has no end.
func (p *protocol) tokensInBounds(s *State) bool {
	for _, lease := range s.Leases[:p.Actors] {
		if lease.Token > p.maxToken {
			return false
		}
	}
	return true
}
