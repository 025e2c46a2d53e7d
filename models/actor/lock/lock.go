// Package lock models threads that increment a shared counter under a lock.
//
// Promised: one thread at most has the lock, and no increment is lost.
package lock

import (
	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
)

const maxThreads = 10

// Config sizes the model and seeds bugs into it.
type Config struct {
	Threads int    `flag:"threads" default:"3" min:"1" max:"10" help:"threads that increment the counter"`
	Bug     string // "" or the name of a seeded bug
}

// Phase is how far a thread is.
type Phase uint8

const (
	Ready Phase = iota
	HasLock
	HasRead
	HasWritten
	Done
)

func (p Phase) String() string {
	return [...]string{"Ready", "HasLock", "HasRead", "HasWritten", "Done"}[p]
}

// ThreadID is the number of a thread.
type ThreadID uint8

// Thread is a thread, and what it has read of the counter.
type Thread struct {
	Phase Phase
	Seen  uint8
}

// State is a global state. Its zero value is the initial one.
type State struct {
	Counter uint8
	Locked  bool
	Threads [maxThreads]Thread `muster:"by=ThreadID"`
}

// New returns the model.
func New(c Config) *model.Model[State] {
	c = catalog.Settle(c)
	step := func(name string, from, to Phase, do func(s *State, t *Thread) bool) model.Action[State] {
		isThere := "the thread is " + from.String()
		return model.Action[State]{Name: name, Do: func(s *State, choice *model.Choice) bool {
			t := &s.Threads[choice.Int("thread", c.Threads)]
			if !choice.Reason(isThere, t.Phase == from) || !choice.Reason("the lock is free", do(s, t)) {
				return false
			}
			t.Phase = to
			return true
		}}
	}
	number := func(s *State, from, to Phase) (n int) {
		for _, t := range s.Threads[:c.Threads] {
			if from <= t.Phase && t.Phase <= to {
				n++
			}
		}
		return n
	}
	return &model.Model[State]{
		Name: "actor/lock",
		Actions: []model.Action[State]{
			step("Lock", Ready, HasLock, func(s *State, _ *Thread) bool {
				if s.Locked && c.Bug != "never-wait" {
					return false
				}
				s.Locked = true
				return true
			}),
			step("Read", HasLock, HasRead, func(s *State, t *Thread) bool {
				if c.Bug != "never-read" {
					t.Seen = s.Counter
				}
				return true
			}),
			step("Write", HasRead, HasWritten, func(s *State, t *Thread) bool { s.Counter = t.Seen + 1; return true }),
			step("Unlock", HasWritten, Done, func(s *State, _ *Thread) bool { s.Locked = false; return true }),
		},
		Properties: []model.Property[State]{
			model.Always("NothingIsLost", func(s *State) bool { return number(s, HasWritten, Done) == int(s.Counter) }),
			model.Always("OneHasTheLock", func(s *State) bool { return number(s, HasLock, HasWritten) <= 1 }),
		},
		Terminal: func(s *State) bool { return number(s, Done, Done) == c.Threads },
		Symmetry: []model.Symmetry{model.Scalars[ThreadID](c.Threads)},
	}
}
