package popclose

import "github.com/muster-mc/muster/goroutine"

// The places of the statements of pop.
const (
	lock = iota
	empty
	isClosed
	wait
	take
	unlock
	leave
)

// pop calls Pop until the queue is closed. The flag has a lock of its own with the bug;
// otherwise the lock of the queue, which Pop holds, guards the flag.
func pop(bug string) []statement {
	closed := func(s *State) next {
		if s.Closed {
			return goroutine.Goto(leave)
		}
		return goroutine.On
	}
	check := goroutine.Do("if f.closed", func(s *State, g g) next { return closed(s) })
	if bug == "own-lock" {
		check = goroutine.Do("if f.IsClosed()", func(s *State, g g) next {
			if s.ClosedLock.IsLocked() {
				return goroutine.Blocked
			}
			return closed(s)
		})
	}
	return []statement{
		lock: goroutine.Do("f.lock.Lock()", func(s *State, g g) next { return s.Lock.Lock(g) }),
		empty: goroutine.Do("for len(f.queue) == 0", func(s *State, g g) next {
			if s.Queue > 0 {
				return goroutine.Goto(take)
			}
			return goroutine.On
		}),
		isClosed: check,
		wait:     goroutine.Do("f.cond.Wait()", func(s *State, g g) next { return s.Cond.Wait(g, &s.Lock).Then(goroutine.Goto(empty)) }),
		take: goroutine.Do("item := f.queue[0]", func(s *State, g g) next {
			if bug != "peek" {
				s.Queue--
			}
			s.Popped++
			return goroutine.On
		}),
		unlock: goroutine.Do("f.lock.Unlock()", func(s *State, g g) next { return s.Lock.Unlock(g).Then(goroutine.Goto(lock)) }),
		leave:  goroutine.Do("return nil, ErrFIFOClosed", func(s *State, g g) next { return s.Lock.Unlock(g) }),
	}
}
