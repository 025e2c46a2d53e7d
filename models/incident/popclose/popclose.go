// Package popclose models the end of a queue: Pop waits on a condition variable until
// there is an item or the queue is closed, and Close has to wake it.
package popclose

import (
	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/goroutine"
	"github.com/muster-mc/muster/model"
)

const maxPops = 3

// Config sizes the model, and seeds bugs into it.
type Config struct {
	Pops int `flag:"pops" default:"2" min:"1" max:"3" help:"goroutines that call Pop until the queue is closed"`

	Bug string // "" or the name of a seeded bug
}

// State is the queue, and the goroutines that use it. There is one item.
type State struct {
	Threads    [2 + maxPops]goroutine.Thread
	Lock       goroutine.Mutex // around the queue
	ClosedLock goroutine.Mutex // around Closed, with the bug
	Cond       goroutine.Cond
	Queue      uint8 // items
	Closed     bool
	Popped     uint8 // items that were popped
}

type (
	g         = goroutine.G
	next      = goroutine.Next
	statement = goroutine.Statement[State]
)

// New returns the model.
func New(c Config) *model.Model[State] {
	c = catalog.Settle(c)
	return goroutine.Program[State]{
		Name:    "incident/popclose",
		Threads: func(s *State) []goroutine.Thread { return s.Threads[:2+c.Pops] },
		Bodies: []goroutine.Body[State]{
			{Name: "add", Code: add},
			{Name: "close", Code: closing(lockOf(c.Bug))},
			{Name: "pop", Copies: c.Pops, Code: pop(c.Bug)},
		},
		Properties: []model.Property[State]{ // beside freedom from deadlock, which every model has
			model.Always("PoppedOnce", func(s *State) bool { return s.Popped <= 1 }),
			model.Reachable("ItemIsPopped", func(s *State) bool { return s.Popped == 1 }),
			model.Reachable("PopReturns", func(s *State) bool { return s.Closed && !s.Threads[2].Runs() }),
		},
	}.Model()
}

// lockOf is the lock that guards Closed.
func lockOf(bug string) func(s *State) *goroutine.Mutex {
	if bug == "own-lock" {
		return func(s *State) *goroutine.Mutex { return &s.ClosedLock }
	}
	return func(s *State) *goroutine.Mutex { return &s.Lock }
}

var add = []statement{
	goroutine.Do("f.lock.Lock()", func(s *State, g g) next { return s.Lock.Lock(g) }),
	goroutine.Do("f.queue = append(f.queue, item)", func(s *State, g g) next { s.Queue++; return goroutine.On }),
	goroutine.Do("f.cond.Broadcast()", func(s *State, g g) next { return s.Cond.Broadcast(g) }),
	goroutine.Do("f.lock.Unlock()", func(s *State, g g) next { return s.Lock.Unlock(g) }),
}

func closing(lock func(s *State) *goroutine.Mutex) []statement {
	return []statement{
		goroutine.Do("lock.Lock()", func(s *State, g g) next { return lock(s).Lock(g) }),
		goroutine.Do("f.closed = true", func(s *State, g g) next { s.Closed = true; return goroutine.On }),
		goroutine.Do("f.cond.Broadcast()", func(s *State, g g) next { return s.Cond.Broadcast(g) }),
		goroutine.Do("lock.Unlock()", func(s *State, g g) next { return lock(s).Unlock(g) }),
	}
}
