package command_test

import (
	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
)

// vague is a door with two properties that are true of nothing.
type vagueConfig struct {
	Lock bool `flag:"lock" help:"let the door be locked"`
}

type vagueState struct{ Open, Locked bool }

func newVague(c vagueConfig) *model.Model[vagueState] {
	turn := func(s *vagueState, ch *model.Choice) bool {
		if !ch.Guard("it is not locked", !s.Locked) {
			return false
		}
		s.Open = !s.Open
		return true
	}
	return &model.Model[vagueState]{
		Name: "vague",
		Actions: []model.Action[vagueState]{
			{Name: "Turn", Do: turn},
			{Name: "TurnAgain", Do: turn},
			{Name: "Lock", Do: func(s *vagueState, _ *model.Choice) bool {
				if !c.Lock || s.Open {
					return false
				}
				s.Locked = !s.Locked
				return true
			}},
		},
		Properties: []model.Property[vagueState]{
			model.Implies("LockedIsClosed",
				func(s *vagueState) bool { return s.Locked },
				func(s *vagueState) bool { return !s.Open }),
			model.LeadsTo("LockedIsOpened",
				func(s *vagueState) bool { return s.Locked },
				func(s *vagueState) bool { return c.Lock || s.Open }),
		},
	}
}

var vagueEntry = catalog.Define("vague", "a door that nobody locks", newVague)
