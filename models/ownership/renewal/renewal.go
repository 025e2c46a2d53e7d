// Package renewal models how a node renews its lease on an actor. It reads the
// lease, sees that it is its own, and writes it back with a later end. Between
// the two any time may go by, in which the lease runs out and another node gets
// the actor. So reading and writing must be one transaction: one that commits
// only if the lease is still what was read.
package renewal

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
	Duration int    `flag:"duration" default:"2" min:"2" max:"120" help:"how long a lease lasts"`
	MaxClock int    `flag:"max-clock" default:"4" min:"1" max:"120" help:"when the clock stops"`
	Bug      string // "" or the name of a seeded bug
}

// State is a global state. It starts as the zero value: nobody has the actor.
type State struct {
	Clock uint8
	Lease lease.Lease           // as the registry has it
	Since uint8                 // when its holder got it
	Read  [maxNodes]lease.Lease `muster:"by=ID"` // what each node has read and not yet written back
}

type protocol struct {
	Config
	duration, maxClock uint8
}

// New returns the model.
func New(c Config) *model.Model[State] {
	c = catalog.Settle(c)
	p := &protocol{c, uint8(c.Duration), uint8(c.MaxClock)}
	return &model.Model[State]{
		Name: "ownership/renewal",
		Actions: []model.Action[State]{
			{Name: "Claim", Do: p.claim},
			{Name: "Read", Do: p.read},
			{Name: "Write", Do: p.write},
			{Name: "Tick", Do: p.tick},
		},
		Properties: []model.Property[State]{
			model.ImpliesStep("RenewalRequiresOwnership", isValid, holderStays).ExplainedStep(taken),
			model.Reachable("Renewed", p.renewed),
		},
		Terminal: func(s *State) bool { return s.Clock == p.maxClock },
		Symmetry: []model.Symmetry{node.Interchangeable(p.Nodes)},
	}
}

// claim is one transaction here: see the model activation for its steps.
func (p *protocol) claim(s *State, c *model.Choice) bool {
	n := c.Int("node", p.Nodes)
	if !c.Reason("the node is not renewing", s.Read[n].Holder == node.Nobody) || !c.Reason("the lease has run out", !s.Lease.Valid(s.Clock)) {
		return false
	}
	s.Lease = lease.Lease{Holder: node.At(n), Expiry: s.Clock + p.duration}
	s.Since = s.Clock
	return true
}

// read: the heartbeat is due, and the node finds that the lease is its own.
func (p *protocol) read(s *State, c *model.Choice) bool {
	n := c.Int("node", p.Nodes)
	if !c.Reason("the node is not renewing", s.Read[n].Holder == node.Nobody) || !c.Reason("the node holds the lease", s.Lease.HeldBy(node.At(n), s.Clock)) {
		return false
	}
	s.Read[n] = s.Lease
	return true
}

// write: the lease goes back with a new end, however long ago it was read. If
// it has changed since, the transaction fails, and the node knows that it has
// lost the actor.
func (p *protocol) write(s *State, c *model.Choice) bool {
	n := c.Int("node", p.Nodes)
	read := s.Read[n]
	if !c.Reason("the node has read the lease", read.Holder != node.Nobody) {
		return false
	}
	s.Read[n] = lease.Lease{}
	if s.Lease == read || p.Bug == "blind-write" {
		s.Lease = lease.Lease{Holder: node.At(n), Expiry: s.Clock + p.duration}
	}
	return true
}

func (p *protocol) tick(s *State, c *model.Choice) bool {
	if !c.Reason("the clock has not ended", s.Clock != p.maxClock) {
		return false
	}
	s.Clock++
	return true
}

// isValid and holderStays: while a lease is valid it stays its holder's. Nobody
// gives an actor back here, so nothing but a renewal could take it.
func isValid(before, _ *State) bool { return before.Lease.Valid(before.Clock) }

func holderStays(before, after *State) bool { return after.Lease.Holder == before.Lease.Holder }

// renewed: a lease lasts longer than when it was granted.
func (p *protocol) renewed(s *State) bool { return s.Lease.Expiry > s.Since+p.duration }

func taken(before, after *State) string {
	return fmt.Sprintf("at tick %d the lease was %v, and is written over with %v", before.Clock, before.Lease, after.Lease)
}
