// Package zombie models a node that goes on running an actor after its lease on
// it has ended. A registry leases the actor to one node at a time. A node that
// is paused, or cannot reach the registry, does not renew its lease, and when
// it has run out the registry gives the actor to another node. Nobody tells the
// first one.
//
// Two guards are there. The node compares its own copy of the lease with the
// clock before it acts, so that it stops by itself. And every write to the
// storage carries the token under which the actor was leased; the storage
// refuses a token that is older than one that it has seen.
package zombie

import (
	"fmt"
	"strings"

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
	MaxToken int    `flag:"max-token" default:"3" min:"2" max:"250" help:"explore up to this many leases of the actor"`
	Guard    string `flag:"guard" default:"both" oneof:"both clock tokens none" help:"what keeps a node without a lease from acting: its own look at the clock, the storage's at the token, both, or nothing"`
	Delays   bool   `flag:"delays" help:"let writes take time to reach the storage"`
	Bug      string // "" or the name of a seeded bug
}

// State is a global state. It starts as the zero value: nobody has the actor.
type State struct {
	Clock   uint8          // everybody's: clocks do not run apart here
	Lease   lease.Lease    // as the registry has it
	Token   uint8          // of the newest lease; each new one has the next
	Nodes   [maxNodes]Node `muster:"by=ID"`
	Storage Storage
}

// Node is one node, and what it knows of its own lease.
type Node struct {
	Token  uint8 // of the lease under which it runs the actor; 0 if it does not
	Expiry uint8 // of that lease
	Paused bool
	Sent   uint8 // the token of a write that is under way, with Delays
}

// Storage is where the actor's state is kept.
type Storage struct {
	Last   uint8 // the token of the last write that it took
	Newest uint8 // the newest token of them all
	Stale  bool  // when it took the last write, the actor was leased to somebody else
}

type protocol struct {
	Config
	duration, maxClock uint8
	byClock, byToken   bool // the guards
}

// New returns the model.
func New(c Config) *model.Model[State] {
	c = catalog.Settle(c)
	p := &protocol{
		Config: c, duration: uint8(c.Duration), maxClock: uint8(c.MaxClock),
		byClock: c.Guard == "clock" || c.Guard == "both",
		byToken: c.Guard == "tokens" || c.Guard == "both",
	}
	m := &model.Model[State]{
		Name: "ownership/zombie",
		Actions: []model.Action[State]{
			{Name: "Claim", Do: p.claim},
			{Name: "Renew", Do: p.renew},
			{Name: "Deactivate", Do: p.deactivate},
			{Name: "Write", Do: p.write},
			{Name: "Tick", Do: p.tick},
			{Name: "Pause", Do: p.pause, Fault: "pause"},
			{Name: "Resume", Do: p.resume},
		},
		Properties: []model.Property[State]{
			model.Always("SingleActivation", p.singleActivation).Explained(p.whoServes),
			model.Always("FencingMonotonic", p.fencingMonotonic).Explained(p.tokensSeen),
			model.ImpliesStep("GrantIsHeard", granted, grantIsHeard),
			model.AlwaysStep("StoppedIsGivenBack", p.stoppedIsGivenBack),
			model.Reachable("SomebodyTakesOver", func(s *State) bool { return s.Storage.Last > 1 }),
			model.Reachable("GivenBack", func(s *State) bool { return s.Token > 0 && s.Lease == lease.Lease{} }),
			model.Reachable("RunOut", func(s *State) bool { return s.Lease.Holder != node.Nobody && !s.Lease.Valid(s.Clock) }),
		},
		Constraint: func(s *State) bool { return int(s.Token) <= p.MaxToken },
		Terminal:   func(s *State) bool { return s.Clock == p.maxClock },
		Symmetry:   []model.Symmetry{node.Interchangeable(p.Nodes)},
	}
	if p.Delays {
		m.Actions = append(m.Actions, model.Action[State]{Name: "Arrive", Do: p.arrive})
		return m // a write that has been sent cannot be called back, so it may be stale
	}
	m.Properties = append(m.Properties, model.Always("NoStaleWrite", p.noStaleWrite).Explained(p.whoServes))
	return m
}

// runs is the reason that most steps have in common.
const runs = "the node is not paused"

// claim: a node that does not run the actor gets it, if nobody else's lease is
// valid.
func (p *protocol) claim(s *State, c *model.Choice) bool {
	n := c.Int("node", p.Nodes)
	claimant := &s.Nodes[n]
	if !c.Reason(runs, !claimant.Paused) || !c.Reason("the node does not serve the actor", !p.serves(s, n)) ||
		!c.Reason("the lease has run out", !s.Lease.Valid(s.Clock)) {
		return false
	}
	s.Token++
	s.Lease = lease.Lease{Holder: node.At(n), Expiry: s.Clock + p.duration}
	claimant.Token, claimant.Expiry = s.Token, s.Lease.Expiry
	return true
}

// renew is the heartbeat. It comes when it comes: a node may be too late.
func (p *protocol) renew(s *State, c *model.Choice) bool {
	n := c.Int("node", p.Nodes)
	holder, expiry := &s.Nodes[n], s.Clock+p.duration
	if !c.Reason(runs, !holder.Paused) || !c.Reason("the node holds the lease", s.Lease.HeldBy(node.At(n), s.Clock)) ||
		!c.Reason("the lease would last longer", s.Lease.Expiry != expiry) {
		return false
	}
	s.Lease.Expiry = expiry
	if p.Bug != "unheard-renewal" {
		holder.Expiry = expiry
	}
	return true
}

// deactivate: a node stops the actor once its writes are done, and gives the
// lease back if it is still its own.
func (p *protocol) deactivate(s *State, c *model.Choice) bool {
	n := c.Int("node", p.Nodes)
	former := &s.Nodes[n]
	if !c.Reason(runs, !former.Paused) || !c.Reason("the node has the actor", former.Token != 0) ||
		!c.Reason("no write of the node is under way", former.Sent == 0) {
		return false
	}
	former.Token, former.Expiry = 0, 0
	if (s.Lease.Holder == node.At(n) || p.Bug == "unregister-unowned") && p.Bug != "keep-lease" {
		s.Lease = lease.Lease{}
	}
	return true
}

// serves: the node takes requests for the actor. Whether it is paused does not
// matter: when it wakes up it goes on where it was.
func (p *protocol) serves(s *State, n int) bool {
	server := &s.Nodes[n]
	return server.Token != 0 && (s.Clock < server.Expiry || !p.byClock)
}

// write: a node that serves a request stores the actor's state.
func (p *protocol) write(s *State, c *model.Choice) bool {
	n := c.Int("node", p.Nodes)
	writer := &s.Nodes[n]
	if !c.Reason(runs, !writer.Paused) || !c.Reason("no write of the node is under way", writer.Sent == 0) ||
		!c.Reason("the node serves the actor", p.mayWrite(s, n)) {
		return false
	}
	if p.Delays {
		writer.Sent = writer.Token
		return true
	}
	s.Storage.Stale = p.store(s, writer.Token) && writer.Token != s.Token
	return true
}

func (p *protocol) mayWrite(s *State, n int) bool {
	return p.serves(s, n) || p.Bug == "unchecked-write" && s.Nodes[n].Token != 0
}

// arrive: a write under way reaches the storage, however late.
func (p *protocol) arrive(s *State, c *model.Choice) bool {
	writer := &s.Nodes[c.Int("node", p.Nodes)]
	if !c.Reason("a write of the node is under way", writer.Sent != 0) {
		return false
	}
	p.store(s, writer.Sent)
	writer.Sent = 0
	return true
}

// store takes a write or refuses it.
func (p *protocol) store(s *State, token uint8) bool {
	if p.byToken && token < s.Storage.Newest {
		return false
	}
	s.Storage.Last = token
	s.Storage.Newest = max(s.Storage.Newest, token)
	return true
}

func (p *protocol) tick(s *State, c *model.Choice) bool {
	if !c.Reason("the clock has not ended", s.Clock != p.maxClock) {
		return false
	}
	s.Clock++
	return true
}

// pause: a collection of garbage, a suspended machine, a disk that hangs.
func (p *protocol) pause(s *State, c *model.Choice) bool {
	sleeper := &s.Nodes[c.Int("node", p.Nodes)]
	if !c.Reason(runs, !sleeper.Paused) {
		return false
	}
	sleeper.Paused = true
	return true
}

func (p *protocol) resume(s *State, c *model.Choice) bool {
	sleeper := &s.Nodes[c.Int("node", p.Nodes)]
	if !c.Reason("the node is paused", sleeper.Paused) {
		return false
	}
	sleeper.Paused = false
	return true
}

// singleActivation: at most one node serves the actor.
func (p *protocol) singleActivation(s *State) bool {
	serving := 0
	for n := range p.Nodes {
		if p.serves(s, n) {
			serving++
		}
	}
	return serving <= 1
}

// noStaleWrite: nobody's write is taken while the actor is leased to another
// node.
func (p *protocol) noStaleWrite(s *State) bool { return !s.Storage.Stale }

// fencingMonotonic: after a write under one lease, none under an older one.
func (p *protocol) fencingMonotonic(s *State) bool { return s.Storage.Last == s.Storage.Newest }

// granted and grantIsHeard: whoever is granted the lease, or more of it, knows which
// and until when.
func granted(before, after *State) bool {
	return after.Lease != before.Lease && after.Lease.Holder != node.Nobody
}

func grantIsHeard(_, after *State) bool {
	holder := &after.Nodes[after.Lease.Holder.Index()]
	return holder.Token == after.Token && holder.Expiry == after.Lease.Expiry
}

// stoppedIsGivenBack: a node that stops the actor forgets its lease, and so does
// the registry.
func (p *protocol) stoppedIsGivenBack(before, after *State) bool {
	for n := range p.Nodes {
		was, is := &before.Nodes[n], &after.Nodes[n]
		freed := before.Lease.Holder == node.At(n) && after.Lease.Holder == node.Nobody
		stopped := is.Token == 0 && was.Token != 0 || is.Expiry == 0 && was.Expiry != 0
		if freed && after.Lease.Expiry != 0 && stopped {
			return false
		}
		if stopped && (is.Token != 0 || is.Expiry != 0 || after.Lease.Holder == node.At(n)) {
			return false
		}
	}
	return true
}

func (p *protocol) whoServes(s *State) string {
	var who []string
	for n := range p.Nodes {
		if p.serves(s, n) {
			who = append(who, fmt.Sprintf("%v under token %d", node.At(n), s.Nodes[n].Token))
		}
	}
	return fmt.Sprintf("at tick %d the lease is %v; the actor is served by %s", s.Clock, s.Lease, strings.Join(who, " and by "))
}

func (p *protocol) tokensSeen(s *State) string {
	return fmt.Sprintf("the storage took a write under token %d after one under token %d", s.Storage.Last, s.Storage.Newest)
}
