// Package increment models threads that increment a shared counter without a lock: each reads
// the counter, then writes what it has read plus one.
//
// Promised: when threads have finished, the counter is their number. It is not kept.
package increment

import (
	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
)

// Config sizes the model.
type Config struct {
	Threads int    `flag:"threads" default:"3" min:"1" max:"8" help:"threads that increment the counter"`
	Atomic  bool   `flag:"atomic" help:"a thread reads and writes in one step"`
	Bug     string // "" or the name of a seeded bug
}

// Phase is how far a thread is.
type Phase uint8

const (
	Ready Phase = iota
	HasRead
	Done
)

func (p Phase) String() string { return [...]string{"Ready", "HasRead", "Done"}[p] }

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
	Threads [8]Thread `muster:"by=ThreadID"`
}

// New returns the model.
func New(c Config) *model.Model[State] {
	c = catalog.Settle(c)
	threads := func(s *State) []Thread { return s.Threads[:c.Threads] }
	isDone := func(t *Thread) bool { return t.Phase == Done }
	done := model.Count(threads, isDone)
	return &model.Model[State]{
		Name:    "actor/increment",
		Actions: []model.Action[State]{{Name: "Read", Do: c.read}, {Name: "Write", Do: c.write}},
		Properties: []model.Property[State]{
			model.Always("NothingIsLost", func(s *State) bool { return done(s) == int(s.Counter) }),
		},
		Terminal: model.Every(threads, isDone),
		Symmetry: []model.Symmetry{model.Scalars[ThreadID](c.Threads)},
	}
}

func (c *Config) read(s *State, choice *model.Choice) bool {
	t := &s.Threads[choice.Int("thread", c.Threads)]
	if !choice.Reason("the thread is ready", t.Phase == Ready) {
		return false
	}
	if t.Phase, t.Seen = HasRead, s.Counter; c.Atomic {
		s.Counter, t.Phase = t.Seen+1, Done
	}
	return true
}

func (c *Config) write(s *State, choice *model.Choice) bool {
	t := &s.Threads[choice.Int("thread", c.Threads)]
	if !choice.Reason("the thread has read", t.Phase == HasRead) {
		return false
	}
	s.Counter, t.Phase = t.Seen+1, Done
	return true
}
