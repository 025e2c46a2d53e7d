// Package placement checks the consistent-hash ring of github.com/serialx/hashring: two
// routers that must send each key to the same server while servers come, go and change
// their weights.
//
// A controller decides the changes, and each router hears of them when it hears of them.
// The rings in the state are the library's own.
package placement

import (
	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/container"
	"github.com/muster-mc/muster/inplace"
	"github.com/muster-mc/muster/model"
)

const (
	serversMax = 4
	weightMax  = 2
	routers    = 2
	keys       = 12
	changesMax = 5
)

// Config sizes the model. Its zero value is the default configuration.
type Config struct {
	Servers int    `flag:"servers" default:"3" min:"2" max:"4" help:"servers that may be members"`
	Changes int    `flag:"changes" default:"3" min:"0" max:"5" help:"changes of the membership"`
	Whole   bool   `flag:"whole" help:"a router gives the ring all weights at each change, not the change alone"`
	Bug     string // "" or the name of a seeded bug
}

// Change sets the weight of a server. A server of weight 0 is no member.
type Change struct{ Server, Weight uint8 }

// State is everything that can be different from one moment to the next.
type State struct {
	Weights [serversMax]uint8 // as the controller has decided
	Changes uint8
	Routers [routers]inplace.Ref[router]
	Inboxes [routers]container.Queue[Change, [changesMax]Change]
}

// check is the model with its parameters.
type check struct {
	Config
	rings *inplace.Machines[router, View, Change, struct{}]
}

// New returns the model.
func New(c Config) *model.Model[State] {
	k := &check{Config: catalog.Settle(c)}
	k.rings = inplace.Of(k.machine())
	return &model.Model[State]{
		Name: "placement",
		Init: func(s *State, _ *model.Choice) bool {
			s.Weights[0] = 1
			s.Routers = [routers]inplace.Ref[router]{k.rings.Start(0), k.rings.Start(0)}
			return true
		},
		Actions: []model.Action[State]{
			{Name: "Decide", Do: k.decide},
			{Name: "Hear", Do: k.hear},
		},
		Properties: []model.Property[State]{
			model.Implies("RoutersAgree", heardAll, k.agree),
			model.Always("RingIsThatOfItsWeights", k.ringFits),
			model.AlwaysStep("OnlyKeysOfTheChangeMove", k.fewMove),
			model.Reachable("WeightsDiffer", func(s *State) bool { return s.Weights[0] != s.Weights[1] && heardAll(s) }),
		},
		AllowDeadlock: true, // the changes end
		Code:          []model.Code{k.rings},
	}
}

// decide: the controller changes the weight of a server. One server stays.
func (k *check) decide(s *State, c *model.Choice) bool {
	i := c.Int("server", k.Servers)
	weight := uint8(c.Int("weight", weightMax+1))
	if int(s.Changes) == k.Changes || s.Weights[i] == weight || i == 0 && weight == 0 {
		return false
	}
	s.Weights[i] = weight
	s.Changes++
	for r := range s.Inboxes {
		s.Inboxes[r].Push(Change{uint8(i), weight})
	}
	return true
}

// hear: a router hears of the next change.
func (k *check) hear(s *State, c *model.Choice) bool {
	r := c.Int("router", routers)
	inbox := &s.Inboxes[r]
	if inbox.Len() == 0 {
		return false
	}
	next := 0
	if k.Bug == "out-of-order" {
		next = c.Int("position", inbox.Len())
	}
	change := inbox.At(next)
	inbox.RemoveAt(next)
	k.rings.Step(&s.Routers[r], change)
	return true
}
