// Package fence models a lock with a lease, and a storage that is protected by fencing
// tokens.
//
// A client that is granted the lock gets a token, which is larger than all before. The
// lease may end while the client still believes to hold the lock: the client was slow, or
// its clock is. So each write carries the token, and the storage refuses a token that is
// smaller than one that it has seen.
package fence

import (
	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
)

// ClientsMax is the most clients.
const ClientsMax = 3

// Config sizes the model. Its zero value is the default configuration.
type Config struct {
	Clients int    `flag:"clients" default:"2" min:"1" max:"3" help:"clients that want the lock"`
	Lease   int    `flag:"lease" default:"2" min:"1" max:"4" help:"ticks that a lease lasts"`
	Grants  int    `flag:"grants" default:"3" min:"1" max:"6" help:"how often the lock is granted"`
	Bug     string // "" or the name of a seeded bug
}

// State is the lock, the clients and the storage.
type State struct {
	Holder uint8 // the token of the lock's holder, 0 if the lock is free
	Left   uint8 // ticks until the lease ends
	Tokens uint8 // the last token that was given

	Clients [ClientsMax]uint8 // the token that a client believes to hold the lock by, or 0

	Seen    uint8 // the largest token that the storage has seen
	Written uint8 // the token of the last write that was accepted
	Refused bool  // the last write was refused
}

type protocol struct{ Config }

// New returns the model.
func New(c Config) *model.Model[State] {
	p := &protocol{catalog.Settle(c)}
	return &model.Model[State]{
		Name: "fence",
		Actions: []model.Action[State]{
			{Name: "Acquire", Do: p.acquire},
			{Name: "Renew", Do: p.renew},
			{Name: "Release", Do: p.release},
			{Name: "Write", Do: p.write},
			{Name: "Tick", Do: p.tick},
			{Name: "Crash", Do: p.crash, Fault: "crash"},
		},
		Properties: []model.Property[State]{
			model.AlwaysStep("WritesNeverGoBack", func(before, after *State) bool { return after.Written >= before.Written }),
			model.AlwaysStep("OnlyTheHolderEndsALease", onlyTheHolder),
			model.Always("OneHolderAtATime", func(s *State) bool { return s.Holder == 0 || s.Left > 0 }),
			model.Reachable("ALateWriteIsRefused", func(s *State) bool { return s.Refused }),
		},
		AllowDeadlock: true,
	}
}

// onlyTheHolder: a lease that ends before its time has run out ends by the client who
// holds it.
func onlyTheHolder(before, after *State) bool {
	if before.Holder == 0 || after.Holder == before.Holder || before.Left == 1 {
		return true
	}
	for i, token := range before.Clients {
		if token == before.Holder && after.Clients[i] == 0 {
			return true
		}
	}
	return false
}

// acquire grants the lock if it is free.
func (p *protocol) acquire(s *State, c *model.Choice) bool {
	who := &s.Clients[c.Int("client", p.Clients)]
	if *who != 0 || s.Holder != 0 || int(s.Tokens) == p.Grants {
		return false
	}
	s.Tokens++
	*who, s.Holder, s.Left = s.Tokens, s.Tokens, uint8(p.Lease)
	return true
}

// renew begins the lease anew. A client who has lost the lock learns of it.
func (p *protocol) renew(s *State, c *model.Choice) bool {
	who := &s.Clients[c.Int("client", p.Clients)]
	if *who == 0 {
		return false
	}
	if *who == s.Holder {
		s.Left = uint8(p.Lease)
	} else {
		*who = 0
	}
	return true
}

// release ends the lease, if it is the client's own.
func (p *protocol) release(s *State, c *model.Choice) bool {
	who := &s.Clients[c.Int("client", p.Clients)]
	if *who == 0 {
		return false
	}
	if *who == s.Holder || p.Bug == "blind-release" {
		s.Holder, s.Left = 0, 0
	}
	*who = 0
	return true
}

// write is accepted if the storage has seen no larger token.
func (p *protocol) write(s *State, c *model.Choice) bool {
	who := &s.Clients[c.Int("client", p.Clients)]
	if *who == 0 {
		return false
	}
	s.Refused = *who < s.Seen && p.Bug != "no-fence"
	if s.Refused {
		*who = 0
		return true
	}
	s.Seen, s.Written = max(s.Seen, *who), *who
	return true
}

func (p *protocol) tick(s *State, _ *model.Choice) bool {
	if s.Left == 0 {
		return false
	}
	if s.Left--; s.Left == 0 && p.Bug != "no-expiry" {
		s.Holder = 0
	}
	return true
}

// crash: a client forgets its token. The lease goes on until its end.
func (p *protocol) crash(s *State, c *model.Choice) bool {
	who := &s.Clients[c.Int("client", p.Clients)]
	if *who == 0 {
		return false
	}
	*who = 0
	return true
}
