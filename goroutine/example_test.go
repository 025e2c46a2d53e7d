package goroutine_test

import (
	"context"
	"fmt"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/goroutine"
	"github.com/muster-mc/muster/model"
)

type (
	G    = goroutine.G
	Next = goroutine.Next
)

// Queue is a queue of up to one job with a condition variable, on which both those who
// wait for a job and those who wait for room wait.
type Queue struct {
	Threads [3]goroutine.Thread
	Mu      goroutine.Mutex
	Changed goroutine.Cond
	Jobs    uint8 // len(q)
}

// The statements of both bodies have the same places.
const (
	lock = iota
	check
	wait
	change
	wake
	unlock
)

// queue transcribes
//
//	func put() {                     func take() {
//		mu.Lock()                        mu.Lock()
//		for len(q) == 1 {                for len(q) == 0 {
//			changed.Wait()                   changed.Wait()
//		}                                }
//		q = append(q, job)               q = q[1:]
//		changed.Signal()                 changed.Signal()
//		mu.Unlock()                      mu.Unlock()
//	}                                }
//
// One goroutine puts two jobs, and two take one each.
func queue(wakeUp func(s *Queue, g G) Next) goroutine.Program[Queue] {
	body := func(condition string, mustWait func(s *Queue) bool, text string, next func(s *Queue), end Next) []goroutine.Statement[Queue] {
		return []goroutine.Statement[Queue]{
			lock: goroutine.Do("mu.Lock()", func(s *Queue, g G) Next { return s.Mu.Lock(g) }),
			check: goroutine.Do(condition, func(s *Queue, g G) Next {
				if mustWait(s) {
					return goroutine.On
				}
				return goroutine.Goto(change)
			}),
			wait: goroutine.Do("changed.Wait()", func(s *Queue, g G) Next {
				return s.Changed.Wait(g, &s.Mu).Then(goroutine.Goto(check))
			}),
			change: goroutine.Do(text, func(s *Queue, g G) Next {
				next(s)
				return goroutine.On
			}),
			wake:   goroutine.Do("changed.Signal()", wakeUp),
			unlock: goroutine.Do("mu.Unlock()", func(s *Queue, g G) Next { return s.Mu.Unlock(g).Then(end) }),
		}
	}
	return goroutine.Program[Queue]{
		Name:    "queue",
		Threads: func(s *Queue) []goroutine.Thread { return s.Threads[:] },
		Bodies: []goroutine.Body[Queue]{
			{Name: "producer", Code: body("for len(q) == 1",
				func(s *Queue) bool { return s.Jobs == 1 }, "q = append(q, job)", func(s *Queue) { s.Jobs++ }, goroutine.Goto(lock))},
			{Name: "consumer", Copies: 2, Code: body("for len(q) == 0",
				func(s *Queue) bool { return s.Jobs == 0 }, "q = q[1:]", func(s *Queue) { s.Jobs-- }, goroutine.Goto(lock))},
		},
		Properties: []model.Property[Queue]{
			model.Always("OneJobAtMost", func(s *Queue) bool { return s.Jobs <= 1 }),
		},
	}
}

// Signal wakes any goroutine that waits, also one that waits for the same as the
// goroutine that has just taken the only job. Then all wait.
func Example() {
	signal := queue(func(s *Queue, g G) Next { return s.Changed.Signal(g) })
	r, err := explore.Check(context.Background(), signal.Model(), explore.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, p := range r.Properties {
		if p.Verdict == explore.Violated {
			fmt.Printf("%s\n%s", p.Name, p.Trace)
		}
	}

	broadcast := queue(func(s *Queue, g G) Next { return s.Changed.Broadcast(g) })
	r, err = explore.Check(context.Background(), broadcast.Model(), explore.Options{})
	fmt.Println("\nwith Broadcast:", r.Verdict, err)

	// Output:
	// x
}
