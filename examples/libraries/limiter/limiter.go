// Package limiter checks rate.Limiter of golang.org/x/time: a token bucket that callers of
// many goroutines share.
//
// A caller reads the clock, and then asks the limiter, which has a lock. Between the two
// other callers can come first, so the limiter may be told times that go back. And a
// service is configured anew while callers hold reservations. The model takes every order
// of these steps; the limiter in the state is the library's own.
package limiter

import (
	"golang.org/x/time/rate"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/inplace"
	"github.com/muster-mc/muster/model"
)

const (
	callersMax = 3
	secondsMax = 6
)

// Config sizes the model. Its zero value is the default configuration.
type Config struct {
	Callers      int    `flag:"callers" default:"2" min:"1" max:"3" help:"goroutines that ask the limiter"`
	Burst        int    `flag:"burst" default:"2" min:"1" max:"4" help:"tokens of the full bucket; one comes back each second"`
	Seconds      int    `flag:"seconds" default:"4" min:"0" max:"6" help:"how long the clock goes"`
	Reservations int    `flag:"reservations" default:"0" min:"0" max:"3" help:"reservations that callers may make, and cancel"`
	Reloads      int    `flag:"reloads" default:"1" min:"0" max:"2" help:"times that the configuration is read anew, with the limit as before"`
	Late         bool   `flag:"late" help:"a caller may be held up between the clock and the limiter"`
	Bug          string // "" or the name of a seeded bug
}

// State is everything that can be different from one moment to the next.
type State struct {
	Limiter inplace.Ref[desk]
	Clock   uint8
	Callers [callersMax]Caller
	Reloads uint8

	// Acts counts, for each second, the actions that were allowed to happen in it. A
	// reservation's happens when its delay is over.
	Acts [secondsMax + actsLater]uint8

	// Wrongly is set when a call is refused although one more action would have been
	// within the limit.
	Wrongly bool
}

// actsLater is how long after the last second a reservation can act.
const actsLater = 4

// Caller is a goroutine on its way to the limiter.
type Caller struct {
	Asks bool
	Read uint8 // the clock, when it was read
}

// check is the model with its parameters.
type check struct {
	Config
	limiters *inplace.Machines[desk, View, Input, Output]
}

// New returns the model.
func New(c Config) *model.Model[State] {
	k := &check{Config: catalog.Settle(c)}
	k.limiters = inplace.Of(k.machine())
	m := &model.Model[State]{
		Name: "limiter",
		Init: func(s *State, _ *model.Choice) bool {
			s.Limiter = k.limiters.Start(0)
			return true
		},
		Actions: []model.Action[State]{
			{Name: "Second", Do: k.second},
			{Name: "Allow", Do: k.allow},
		},
		Properties: []model.Property[State]{
			model.Always("WithinTheRate", k.withinTheRate).Explained(k.tooMany),
			model.Reachable("BurstIsUsed", func(s *State) bool { return int(s.Acts[0]) == k.Burst }),
		},
		AllowDeadlock: true, // the clock ends
		Code:          []model.Code{k.limiters},
	}
	if k.judgesRefusals() {
		m.Properties = append(m.Properties, model.Always("EachRefusalIsRight", func(s *State) bool { return !s.Wrongly }))
	}
	if k.Reloads > 0 {
		m.Actions = append(m.Actions, model.Action[State]{Name: "Reload", Do: k.reload})
	}
	if k.Late {
		m.Actions = append(m.Actions, model.Action[State]{Name: "ReadClock", Do: k.readClock})
	}
	if k.Reservations > 0 {
		m.Actions = append(m.Actions,
			model.Action[State]{Name: "Reserve", Do: k.reserve}, model.Action[State]{Name: "Cancel", Do: k.cancel})
	}
	return m
}

// judgesRefusals: a refusal can be judged by what has happened, if callers are told the time
// as it is. One that was held up is refused as of its own time, and a reservation that was
// cancelled does not give everything back, as its documentation says.
func (k *check) judgesRefusals() bool { return !k.Late && k.Reservations == 0 }

// second: the clock goes on.
func (k *check) second(s *State, _ *model.Choice) bool {
	if int(s.Clock) == k.Seconds {
		return false
	}
	s.Clock++
	return true
}

// readClock: a caller reads the clock, and is held up before it calls the limiter.
func (k *check) readClock(s *State, c *model.Choice) bool {
	who := &s.Callers[c.Int("caller", k.Callers)]
	if who.Asks {
		return false
	}
	*who = Caller{Asks: true, Read: s.Clock}
	return true
}

// allow: a caller asks for one action now, with the clock as it is or as it was read.
func (k *check) allow(s *State, c *model.Choice) bool {
	i := c.Int("caller", k.Callers)
	now := s.Clock
	if who := &s.Callers[i]; who.Asks {
		now, *who = who.Read, Caller{}
	}
	out := k.limiters.Step(&s.Limiter, Input{Op: Allow, At: now})
	if out.OK {
		s.Acts[s.Clock]++
	} else if k.judgesRefusals() && k.hasRoom(s) {
		s.Wrongly = true
	}
	return true
}

// reserve: a caller reserves one action, for as soon as the limit lets it.
func (k *check) reserve(s *State, _ *model.Choice) bool {
	if k.limiters.View(s.Limiter).Reserved == k.Reservations {
		return false
	}
	out := k.limiters.Step(&s.Limiter, Input{Op: Reserve, At: s.Clock})
	if int(out.ActsAt) >= len(s.Acts) {
		return false
	}
	s.Acts[out.ActsAt]++
	return true
}

// cancel: a caller gives a reservation up before its action is due.
func (k *check) cancel(s *State, c *model.Choice) bool {
	i := c.Int("reservation", k.Reservations)
	v := k.limiters.View(s.Limiter)
	if i >= v.Reserved || v.Cancelled[i] || v.ActsAt[i] <= s.Clock {
		return false
	}
	s.Acts[v.ActsAt[i]]--
	k.limiters.Step(&s.Limiter, Input{Op: Cancel, At: s.Clock, Reservation: uint8(i)})
	return true
}

// reload: the configuration is read again, and says what it said before.
func (k *check) reload(s *State, _ *model.Choice) bool {
	if int(s.Reloads) == k.Reloads {
		return false
	}
	s.Reloads++
	k.limiters.Step(&s.Limiter, Input{Op: Reload, At: s.Clock})
	return true
}

// The rate of every check, in actions a second.
const perSecond rate.Limit = 1
