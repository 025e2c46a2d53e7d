// Package lock models threads that increment a shared counter under a lock.
//
// Promised: one thread at most has the lock, and no increment is lost.
package lock

import (
	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
)

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
	Threads [10]Thread `muster:"by=ThreadID"`
}

// New returns the model.
func New(c Config) *model.Model[State] {
	c = catalog.Settle(c)
	threads := func(s *State) []Thread { return s.Threads[:c.Threads] }
	written := model.Count(threads, func(t *Thread) bool { return t.Phase >= HasWritten })
	inside := model.Count(threads, func(t *Thread) bool { return t.Phase >= HasLock && t.Phase <= HasWritten })
	return &model.Model[State]{
		Name: "actor/lock",
		Actions: []model.Action[State]{
			c.step("Lock", Ready, HasLock, func(s *State, _ *Thread) { s.Locked = true }),
			c.step("Read", HasLock, HasRead, func(s *State, t *Thread) {
				if c.Bug != "never-read" {
					t.Seen = s.Counter
				}
			}),
			c.step("Write", HasRead, HasWritten, func(s *State, t *Thread) { s.Counter = t.Seen + 1 }),
			c.step("Unlock", HasWritten, Done, func(s *State, _ *Thread) { s.Locked = false }),
		},
		Properties: []model.Property[State]{
			model.Always("NothingIsLost", func(s *State) bool { return written(s) == int(s.Counter) }),
			model.Always("OneHasTheLock", func(s *State) bool { return inside(s) <= 1 }),
		},
		Terminal: model.Every(threads, func(t *Thread) bool { return t.Phase == Done }),
		Symmetry: []model.Symmetry{model.Scalars[ThreadID](c.Threads)},
	}
}

// step takes a thread from one phase to the next one. To the phase in which it has the lock, it waits for
// the lock.
func (c *Config) step(name string, from, to Phase, do func(s *State, t *Thread)) model.Action[State] {
	isThere := "the thread is " + from.String()
	return model.Action[State]{Name: name, Do: func(s *State, choice *model.Choice) bool {
		t := &s.Threads[choice.Int("thread", c.Threads)]
		isFree := to != HasLock || !s.Locked || c.Bug == "never-wait"
		if !choice.Reason(isThere, t.Phase == from) || !choice.Reason("the lock is free", isFree) {
			return false
		}
		t.Phase = to
		do(s, t)
		return true
	}}
}
