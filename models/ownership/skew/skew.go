// Package skew models leases among nodes whose clocks do not agree. The
// registry has no clock: a node that claims the actor looks at its own to see
// whether the last lease has run out, and the holder looks at its own to see
// whether it still has it. Each clock may be ahead of the true time or behind it
// by Skew ticks. So two of them may be apart by twice that, and whoever takes an
// actor over has to wait so much longer.
package skew

import (
	"fmt"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/models/internal/lease"
	"github.com/muster-mc/muster/models/internal/node"
)

const maxNodes = 3

// Config sizes the model and seeds bugs into it. Times are in ticks.
type Config struct {
	Nodes    int    `flag:"nodes" default:"2" min:"2" max:"3" help:"nodes that compete for the actor"`
	Duration int    `flag:"duration" default:"2" min:"1" max:"60" help:"how long a lease lasts"`
	Skew     int    `flag:"skew" default:"1" min:"0" max:"60" help:"how far a clock may be from the true time"`
	Margin   int    `flag:"margin" default:"2" min:"0" max:"60" help:"how long after its end a lease can be taken over"`
	MaxTime  int    `flag:"max-time" default:"6" min:"4" max:"60" help:"when time stops"`
	Bug      string // "" or the name of a seeded bug
}

// State is a global state. It starts as the zero value: nobody has the actor.
type State struct {
	Time  uint8          // the true time, which nobody knows
	Lease lease.Lease    // as the registry has it
	Nodes [maxNodes]Node `muster:"by=ID"`
}

// Node is one node, and what it knows of its own lease.
type Node struct {
	Clock  uint8
	Expiry uint8 // when its lease ends by its own clock; 0 if it never had one
}

type protocol struct {
	Config
	duration, margin, skew uint8
}

// New returns the model.
func New(c Config) *model.Model[State] {
	c = catalog.Settle(c)
	p := &protocol{Config: c, duration: uint8(c.Duration), margin: uint8(c.Margin), skew: uint8(c.Skew)}
	switch c.Bug {
	case "no-margin":
		p.margin = 0
	case "one-clock-margin":
		p.margin = p.skew
	}
	return &model.Model[State]{
		Name: "ownership/skew",
		Actions: []model.Action[State]{
			{Name: "Claim", Do: p.claim},
			{Name: "Tick", Do: p.tick},
			{Name: "Gain", Do: p.gain, Fault: "skew"},
			{Name: "Lose", Do: p.lose, Fault: "skew"},
		},
		Properties: []model.Property[State]{
			model.Always("LeaseUniqueness", p.leaseUniqueness).Explained(p.whoHolds),
			model.Always("HolderIsRegistered", p.holderIsRegistered).Explained(p.whoHolds),
			model.Reachable("TakenOver", p.takenOver),
		},
		Terminal: func(s *State) bool { return int(s.Time) == p.MaxTime },
		Symmetry: []model.Symmetry{node.Interchangeable(p.alike())},
	}
}

// alike is how many nodes are interchangeable: not those of which each has one peer.
func (p *protocol) alike() int {
	if p.Bug == "claim-for-peer" {
		return 1
	}
	return p.Nodes
}

// claim: a node gets the actor if by its own clock the last lease has run out,
// and the margin is over.
func (p *protocol) claim(s *State, c *model.Choice) bool {
	n := c.Int("node", p.Nodes)
	claimant := &s.Nodes[n]
	if !c.Reason("the lease has run out by the clock of the node", s.Lease.Holder == node.Nobody || claimant.Clock >= s.Lease.Expiry+p.margin) {
		return false
	}
	claimant.Expiry = claimant.Clock + p.duration
	s.Lease = lease.Lease{Holder: node.At(n), Expiry: claimant.Expiry}
	if p.Bug == "claim-for-peer" {
		s.Lease.Holder = node.At((n + 1) % p.Nodes)
	}
	return true
}

// holds: by its own clock, the node still has the lease.
func (s *State) holds(n int) bool { return s.Nodes[n].Clock < s.Nodes[n].Expiry }

// tick: time passes, and every clock notices.
func (p *protocol) tick(s *State, c *model.Choice) bool {
	if !c.Reason("the time has not ended", int(s.Time) != p.MaxTime) {
		return false
	}
	s.Time++
	for n := range s.Nodes[:p.Nodes] {
		s.Nodes[n].Clock++
	}
	return true
}

// gain: a clock runs fast, or is set forward.
func (p *protocol) gain(s *State, c *model.Choice) bool {
	clock := &s.Nodes[c.Int("node", p.Nodes)].Clock
	if !c.Reason("the clock may be further ahead", *clock < s.Time+p.skew) {
		return false
	}
	*clock++
	return true
}

// lose: a clock runs slow, or is set back. None is set back to before its start.
func (p *protocol) lose(s *State, c *model.Choice) bool {
	clock := &s.Nodes[c.Int("node", p.Nodes)].Clock
	if !c.Reason("the clock may be further behind", *clock != 0 && *clock+p.skew > s.Time) {
		return false
	}
	*clock--
	return true
}

// leaseUniqueness: at most one node holds the lease by its own clock.
func (p *protocol) leaseUniqueness(s *State) bool {
	holders := 0
	for n := range p.Nodes {
		if s.holds(n) {
			holders++
		}
	}
	return holders <= 1
}

// holderIsRegistered: a node that holds the lease by its own clock has it in the
// registry too.
func (p *protocol) holderIsRegistered(s *State) bool {
	for n := range p.Nodes {
		if s.holds(n) && s.Lease.Holder != node.At(n) {
			return false
		}
	}
	return true
}

// takenOver: a node has got the actor, and another one had it before.
func (p *protocol) takenOver(s *State) bool {
	had, held := 0, false
	for n := range p.Nodes {
		if s.Nodes[n].Expiry != 0 {
			had++
		}
		held = held || s.holds(n)
	}
	return held && had > 1
}

func (p *protocol) whoHolds(s *State) string {
	text := fmt.Sprintf("the lease is %v", s.Lease)
	for n := range p.Nodes {
		if s.holds(n) {
			text += fmt.Sprintf("; %v has it until tick %d, and its clock says %d", node.At(n), s.Nodes[n].Expiry, s.Nodes[n].Clock)
		}
	}
	return text
}
