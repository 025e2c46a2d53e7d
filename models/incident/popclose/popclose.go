// Package popclose models the end of a queue: Pop waits on a condition variable until
// there is an item or the queue is closed, and Close has to wake it.
package popclose

import (
	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/goroutine"
	"github.com/muster-mc/muster/model"
)

// Config sizes the model, and seeds bugs into it.
type Config struct {
	Pops int `flag:"pops" default:"2" min:"1" max:"3" help:"goroutines that call Pop until the queue is closed"`

	Bug string // "" or the name of a seeded bug
}

// State is the queue, and the goroutines that use it. There is one item.
type State struct {
	Threads    [2 + 3]goroutine.Thread
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
	isClosed, lock := "if f.closed", func(s *State) *goroutine.Mutex { return &s.Lock }
	if c.Bug == "own-lock" {
		isClosed, lock = "if f.IsClosed()", func(s *State) *goroutine.Mutex { return &s.ClosedLock }
	}
	return goroutine.Program[State]{
		Name:    "incident/popclose",
		Threads: func(s *State) []goroutine.Thread { return s.Threads[:2+c.Pops] },
		Bodies: []goroutine.Body[State]{
			{Name: "add", Code: []statement{
				goroutine.Do("f.lock.Lock()", func(s *State, g g) next { return s.Lock.Lock(g) }),
				goroutine.Do("f.queue = append(f.queue, item)", func(s *State, g g) next { s.Queue++; return goroutine.On }),
				goroutine.Do("f.cond.Broadcast()", func(s *State, g g) next { return s.Cond.Broadcast(g) }),
				goroutine.Do("f.lock.Unlock()", func(s *State, g g) next { return s.Lock.Unlock(g) }),
			}},
			{Name: "close", Code: []statement{
				goroutine.Do("lock.Lock()", func(s *State, g g) next { return lock(s).Lock(g) }),
				goroutine.Do("f.closed = true", func(s *State, g g) next { s.Closed = true; return goroutine.On }),
				goroutine.Do("f.cond.Broadcast()", func(s *State, g g) next { return s.Cond.Broadcast(g) }),
				goroutine.Do("lock.Unlock()", func(s *State, g g) next { return lock(s).Unlock(g) }),
			}},
			{Name: "pop", Copies: c.Pops, Code: pop(c.Bug, isClosed)},
		},
		Properties: []model.Property[State]{ // beside freedom from deadlock, which every model has
			model.Always("PoppedOnce", func(s *State) bool { return s.Popped <= 1 }),
			model.Reachable("ItemIsPopped", func(s *State) bool { return s.Popped == 1 }),
			model.Reachable("PopReturns", func(s *State) bool { return s.Closed && !s.Threads[2].Runs() }),
		},
	}.Model()
}

// pop calls Pop until the queue is closed. The flag has a lock of its own with the bug;
// otherwise the lock of the queue, which Pop holds, guards the flag.
func pop(bug, isClosed string) []statement {
	const lock, empty, take, leave = 0, 1, 4, 6 // places of statements
	return []statement{
		lock: goroutine.Do("f.lock.Lock()", func(s *State, g g) next { return s.Lock.Lock(g) }),
		empty: goroutine.Do("for len(f.queue) == 0", func(s *State, g g) next {
			if s.Queue > 0 {
				return goroutine.Goto(take)
			}
			return goroutine.On
		}),
		goroutine.Do(isClosed, func(s *State, g g) next {
			switch {
			case s.ClosedLock.IsLocked():
				return goroutine.Blocked
			case s.Closed:
				return goroutine.Goto(leave)
			}
			return goroutine.On
		}),
		goroutine.Do("f.cond.Wait()", func(s *State, g g) next { return s.Cond.Wait(g, &s.Lock).Then(goroutine.Goto(empty)) }),
		take: goroutine.Do("item := f.queue[0]", func(s *State, g g) next {
			if bug != "peek" {
				s.Queue--
			}
			s.Popped++
			return goroutine.On
		}),
		goroutine.Do("f.lock.Unlock()", func(s *State, g g) next { return s.Lock.Unlock(g).Then(goroutine.Goto(lock)) }),
		leave: goroutine.Do("return nil, ErrFIFOClosed", func(s *State, g g) next { return s.Lock.Unlock(g) }),
	}
}
