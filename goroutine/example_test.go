package goroutine_test

import (
	"context"
	"fmt"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/goroutine"
)

// A file that has many statements gives the two types short names.
type (
	G    = goroutine.G
	Next = goroutine.Next
)

// Queue is a queue with room for one job, and a condition variable for all that wait:
// for a job, and for room.
type Queue struct {
	Threads [4]goroutine.Thread
	Mu      goroutine.Mutex
	Changed goroutine.Cond
	Jobs    uint8 // len(q)
}

// The places of the statements.
const (
	lock = iota
	check
	wait
	change
	wake
	unlock
)

// newQueue transcribes
//
//	func put() {                          func take() {
//		mu.Lock()                             mu.Lock()
//		for len(q) == cap(q) {                for len(q) == 0 {
//			changed.Wait()                        changed.Wait()
//		}                                     }
//		q = append(q, job)                    q = q[1:]
//		changed.Signal()                      changed.Signal()
//		mu.Unlock()                           mu.Unlock()
//	}                                     }
func newQueue(wakeUp func(s *Queue, g G) Next) goroutine.Program[Queue] {
	return goroutine.Program[Queue]{
		Name:    "queue",
		Threads: func(s *Queue) []goroutine.Thread { return s.Threads[:] },
		Bodies: []goroutine.Body[Queue]{
			{Name: "producer", Copies: 2, Code: []goroutine.Statement[Queue]{
				lock: goroutine.Do("mu.Lock()", func(s *Queue, g G) Next { return s.Mu.Lock(g) }),
				check: goroutine.Do("for len(q) == cap(q)", func(s *Queue, g G) Next {
					if s.Jobs == 1 {
						return goroutine.On
					}
					return goroutine.Goto(change)
				}),
				wait: goroutine.Do("changed.Wait()", func(s *Queue, g G) Next {
					return s.Changed.Wait(g, &s.Mu).Then(goroutine.Goto(check))
				}),
				change: goroutine.Do("q = append(q, job)", func(s *Queue, g G) Next { s.Jobs++; return goroutine.On }),
				wake:   goroutine.Do("changed.Signal()", wakeUp),
				unlock: goroutine.Do("mu.Unlock()", func(s *Queue, g G) Next { return s.Mu.Unlock(g) }),
			}},
			{Name: "consumer", Copies: 2, Code: []goroutine.Statement[Queue]{
				lock: goroutine.Do("mu.Lock()", func(s *Queue, g G) Next { return s.Mu.Lock(g) }),
				check: goroutine.Do("for len(q) == 0", func(s *Queue, g G) Next {
					if s.Jobs == 0 {
						return goroutine.On
					}
					return goroutine.Goto(change)
				}),
				wait: goroutine.Do("changed.Wait()", func(s *Queue, g G) Next {
					return s.Changed.Wait(g, &s.Mu).Then(goroutine.Goto(check))
				}),
				change: goroutine.Do("q = q[1:]", func(s *Queue, g G) Next { s.Jobs--; return goroutine.On }),
				wake:   goroutine.Do("changed.Signal()", wakeUp),
				unlock: goroutine.Do("mu.Unlock()", func(s *Queue, g G) Next { return s.Mu.Unlock(g) }),
			}},
		},
	}
}

// Two goroutines put a job each, and two take one each. Signal may wake a goroutine that
// waits for the same as the goroutine that signals.
func Example() {
	signal := newQueue(func(s *Queue, g G) Next { return s.Changed.Signal(g) })
	r, err := explore.Check(context.Background(), signal.Model(), explore.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, p := range r.Properties {
		fmt.Println("with Signal:", p.Name, "is", p.Verdict)
		steps := p.Trace.Steps
		for _, s := range steps[len(steps)-5:] {
			fmt.Println("  ", s.Label())
		}
		for _, w := range p.Trace.Waits {
			fmt.Println(w)
		}
	}

	broadcast := newQueue(func(s *Queue, g G) Next { return s.Changed.Broadcast(g) })
	r, err = explore.Check(context.Background(), broadcast.Model(), explore.Options{})
	fmt.Println("with Broadcast: it", r.Verdict, err)

	// Output:
	// with Signal: Deadlock is violated
	//    consumer 0: changed.Signal()(wakes=3)
	//    consumer 0: mu.Unlock()
	//    consumer 1: changed.Wait()
	//    consumer 1: for len(q) == 0
	//    consumer 1: changed.Wait()
	// producer 1 waits for a signal of Changed (2 waiting), at changed.Wait()
	// consumer 1 waits for a signal of Changed (2 waiting), at changed.Wait()
	// with Broadcast: it holds <nil>
}
