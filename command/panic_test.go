package command_test

import (
	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
)

// In a file of its own: the line at which it panics is in a script.
var panicEntry = catalog.Define("wrong/panic", "its code panics",
	oneAction(func(s *timerState, _ *model.Choice) bool {
		if s.Ticks == 2 {
			panic("the third tick\nwas too much")
		}
		s.Ticks++
		return true
	}))
