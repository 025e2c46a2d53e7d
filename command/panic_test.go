package command_test

import (
	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
)

// The entry has a file of its own because a script has the line of its panic.
var panicEntry = catalog.Define("wrong/panic", "its code panics",
	oneAction(func(s *timerState, _ *model.Choice) bool {
		if s.Ticks == 2 {
			panic("the third tick\nwas too much")
		}
		s.Ticks++
		return true
	}))
