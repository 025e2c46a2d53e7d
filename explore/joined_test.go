package explore

import (
	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
)

// Joined is the model in which an action is joined with every step before it, as a user would
// write it: after each other step, and in Init, the action is taken until it is disabled, in
// any way. One worker at a time may use it.
func Joined(c Checker, action string) Checker {
	s := *c.System
	j := &joint{codec: s.Codec}
	s.Actions = nil
	for _, a := range c.System.Actions {
		if a.Name == action {
			j.do = a.Do
		}
	}
	for _, a := range c.System.Actions {
		if a.Name != action {
			s.Actions = append(s.Actions, a.Doing(j.after(a.Do)))
		}
	}
	s.Init = s.Init.Doing(j.after(s.Init.Do))
	return Checker{&s}
}

// joint is the action that is joined.
type joint struct {
	codec system.Codec
	do    func(system.State, *model.Choice) bool
}

// after is an action that goes on with the joined one.
func (j *joint) after(do func(system.State, *model.Choice) bool) func(system.State, *model.Choice) bool {
	return func(s system.State, c *model.Choice) bool {
		if !do(s, c) {
			return false
		}
		for {
			ways := j.ways(s)
			if len(ways) == 0 {
				return true
			}
			j.codec.New().Copy(s, ways[c.Int("then", len(ways))])
		}
	}
}

// ways are the states to which the joined action leads.
func (j *joint) ways(s system.State) (list []system.State) {
	var o model.Odometer
	o.Reset()
	for more := true; more; more = o.Next() {
		next := j.codec.Make()
		j.codec.New().Copy(next, s)
		if j.do(next, o.Choice()) && !o.Void() {
			list = append(list, next)
		}
	}
	return list
}
