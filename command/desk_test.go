package command_test

import (
	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
)

// desk is a counter with two clients who ask, are served, and come back.
type desk struct{ Clients [2]place }

type place uint8

const (
	away place = iota
	asking
)

func (p place) String() string { return [...]string{"away", "asking"}[p] }

type deskConfig struct {
	Closed bool `flag:"closed" help:"nobody ever asks"`
	Bug    string
}

func newDesk(c deskConfig) *model.Model[desk] {
	c = catalog.Settle(c)
	fair := model.WeakEach
	switch c.Bug {
	case "favourite":
		fair = model.Weak
	case "asleep":
		fair = model.Unfair
	}
	return &model.Model[desk]{
		Name: "desk",
		Actions: []model.Action[desk]{
			{Name: "Ask", Do: func(s *desk, choice *model.Choice) bool {
				client := &s.Clients[choice.Int("client", 2)]
				if *client == asking || c.Closed {
					return false
				}
				*client = asking
				return true
			}},
			{Name: "Serve", Fair: fair, Do: func(s *desk, choice *model.Choice) bool {
				client := &s.Clients[choice.Int("client", 2)]
				if *client == away {
					return false
				}
				*client = away
				return true
			}},
		},
		Properties: []model.Property[desk]{
			model.LeadsToEach("AskedIsServed", "client", 2,
				func(s *desk, i int) bool { return s.Clients[i] == asking },
				func(s *desk, i int) bool { return s.Clients[i] == away }),
			model.Always("AtMostTwo", func(*desk) bool { return true }),
		},
		AllowDeadlock: true,
	}
}

var deskEntry = catalog.Define("desk", "a desk that serves two clients", newDesk,
	catalog.Bug{Name: "favourite", Doc: "only somebody has to be served", Breaks: "AskedIsServed", Length: 4},
	catalog.Bug{Name: "asleep", Doc: "nobody has to be served", Breaks: "AskedIsServed", Length: 2},
)
