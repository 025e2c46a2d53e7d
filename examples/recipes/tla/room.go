// Package tla models guests who share a room, with what a specification in TLA+ has and
// Go has not: sets, fairness of each process, and fairness of a part of an action.
package tla

import (
	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
)

// Config sizes the model and seeds a bug into it.
type Config struct {
	Guests int    `flag:"guests" default:"3" min:"1" max:"6" help:"guests who share the room"`
	Bug    string // "" or the name of a seeded bug
}

// Entry is the model on the command line.
var Entry = catalog.Define("room", "guests who share a room, as one would say it in TLA+", New,
	catalog.Bug{
		Name: "weak", Breaks: "EachEnters", Length: 5,
		Doc: "a guest who can enter only now and then is owed nothing",
	},
	catalog.Bug{
		Name: "stays", Breaks: "EachEnters", Length: 4,
		Doc: "who is inside need not make way",
	},
)

// State is what VARIABLES waiting, inside would be.
type State struct {
	Waiting, Inside model.Bits // of guests
}

// New makes the model.
func New(c Config) *model.Model[State] {
	c = catalog.Settle(c)
	n := c.Guests
	enter, makeWay := model.StrongEach, model.WeakEach
	switch c.Bug {
	case "weak":
		enter = model.WeakEach
	case "stays":
		makeWay = model.Unfair
	}
	return &model.Model[State]{
		Name: "room",
		Actions: []model.Action[State]{
			{Name: "Ask", Do: ask(n)},
			{Name: "Enter", Do: enterRoom, Fair: enter, FairBy: []string{"guest"}},
			{Name: "MakeWay", Do: leave(true), Fair: makeWay},
			{Name: "Leave", Do: leave(false)},
		},
		Properties: []model.Property[State]{
			model.Always("OneInside", func(s *State) bool { return s.Inside.Len() <= 1 }),
			// [][Enter => inside' # {}]_vars
			model.Temporal("EnterFills", model.Globally(model.IfThen(
				model.Happens[State]("Enter"),
				model.Next(model.Holds(func(s *State) bool { return s.Inside != 0 }))))),
			// \A g \in Guests : g \in waiting ~> g \in inside
			model.LeadsToEach("EachEnters", "guest", n,
				func(s *State, g int) bool { return s.Waiting.Has(g) },
				func(s *State, g int) bool { return s.Inside.Has(g) }),
		},
	}
}

// ask is \E g \in Guests : Ask(g).
func ask(guests int) func(s *State, c *model.Choice) bool {
	return func(s *State, c *model.Choice) bool {
		g := c.Int("guest", guests)
		if (s.Waiting | s.Inside).Has(g) {
			return false
		}
		s.Waiting.Add(g)
		return true
	}
}

// enterRoom is inside = {} /\ \E g \in waiting : Enter(g).
func enterRoom(s *State, c *model.Choice) bool {
	if s.Inside != 0 {
		return false
	}
	g := model.Member(c, "guest", s.Waiting)
	s.Waiting.Remove(g)
	s.Inside.Add(g)
	return true
}

// leave is \E g \in inside : Leave(g). Only a part of it is owed, the steps taken while
// another guest waits. That part is an action of its own, and the rest another one.
func leave(owed bool) func(s *State, c *model.Choice) bool {
	return func(s *State, c *model.Choice) bool {
		if (s.Waiting != 0) != owed {
			return false
		}
		s.Inside.Remove(model.Member(c, "guest", s.Inside))
		return true
	}
}
