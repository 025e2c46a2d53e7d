// Package goroutine transcribes concurrent Go into a model, statement by statement:
// goroutines, channels with select, and the types of sync and sync/atomic. The engine then
// takes every interleaving, and finds deadlocks, lost wakeups and panics without being
// asked: a send on a closed channel, a channel that is closed twice, a WaitGroup that is
// used wrongly.
//
// # A program
//
// The state is a struct, as in package model. What goroutines share, and the local
// variables that matter, are its fields, and so are the goroutines themselves:
//
//	type State struct {
//		Threads [2]goroutine.Thread
//		News    goroutine.Chan[bool, [1]bool]
//		Done    goroutine.Chan[bool, [1]bool]
//		Leader  bool // a variable of the follower
//	}
//
// A [Program] has a [Body] for each function that runs as a goroutine, and a body has a
// [Statement] for each statement. [Do] makes one from the Go that it stands for, which
// reports show, and a function. The operations have the names that they have in Go, and
// take the goroutine, G, as their first argument. They return what comes [Next]: On, or
// Blocked.
//
//	const ( // the places of the follower's statements
//		choose = iota
//		leave
//	)
//
//	follower := []goroutine.Statement[State]{
//		choose: goroutine.Do("select { <-news, <-done }", func(s *State, g goroutine.G) goroutine.Next {
//			switch g.Select(s.News.CanRecv(g), s.Done.CanRecv(g)) {
//			case 0:
//				return s.News.Recv(g, &s.Leader).Then(goroutine.Goto(choose))
//			case 1:
//				return s.Done.Recv(g, nil)
//			}
//			return goroutine.Blocked
//		}),
//		leave: goroutine.Do("leader = false", func(s *State, g goroutine.G) goroutine.Next {
//			s.Leader = false
//			return goroutine.Return
//		}),
//	}
//
// [Program.Model] makes the model: an action for each statement of each goroutine, such as
// "follower: leader = false". A goroutine that never returns is a deadlock when all others
// have returned, unless its body is a Daemon. NoneWaitsForEver finds a goroutine that waits
// for ever while others run on.
//
// # One statement, one step
//
// A statement is a step when other goroutines can tell the state before it from the state
// after it. These are the rules:
//
//	mu.Lock()                      s.Mu.Lock(g)
//	rw.RLock()                     s.RW.RLock(g)
//	cond.Wait()                    s.Cond.Wait(g, &s.Mu)
//	cond.Signal()                  s.Cond.Signal(g)
//	wg.Add(1)                      s.WG.Add(g, 1)
//	wg.Wait()                      s.WG.Wait(g)
//	once.Do(func() {               s.Once.Do(g, goroutine.Goto(first))
//	})                             s.Once.Done(g)
//	ch = make(chan bool, 2)        s.Ch.Make(2), mostly in Init
//	ch <- v                        s.Ch.Send(g, v)
//	v = <-ch                       s.Ch.Recv(g, &s.V)
//	v, ok = <-ch                   s.Ch.RecvOK(g, &s.V, &ok)
//	close(ch)                      s.Ch.Close(g)
//	select { ... }                 g.Select(s.A.CanSend(g), s.B.CanRecv(g)), then the operation
//	select { ...; default: }       the same, with another way on than Blocked after -1
//	case <-time.After(d):          goroutine.When(true), as a case: it may be ready at any time
//	go f()                         g.Go(body), for a body that is Later
//	if c { ... }, for c { ... }    goroutine.Goto(place)
//	x = 1                          s.X = 1; return goroutine.On
//	x++                            two statements: one that reads x, one that writes it
//	n.Add(1), of an atomic.Int32   s.N.Add(1)
//	return                         goroutine.Return
//
// Operations on variables of the goroutine alone need no statement of their own: they are
// done with the statement before them. A condition that is read under a lock may stand in
// the statement that takes the lock. Operations on variables that are shared without a
// lock are steps, each read and each write, for others can come between.
//
// One operation of a statement may have to wait, and only before the statement changes
// anything; what follows it in the same statement is done in the same step.
//
// A statement that has to wait takes two steps, the beginning and the end of the wait,
// where another goroutine can tell whether it waits already: an operation on a channel
// without a buffer, a select, Cond.Wait, WaitGroup.Wait and RWMutex.Lock. A select with a
// default hands a value over only to a goroutine that waits already, as in Go. If the
// partner comes, it does the part of the waiting goroutine too: that step moves both.
//
// # Order and fairness
//
// Of several goroutines that wait, any may be the next, whatever Go's queues do today, and
// select takes any case that is ready. There are no wakeups without a reason. Each step of
// a goroutine is strongly fair unless its body is Unfair: a goroutine that can go on again
// and again does so, as Go's scheduler, its mutexes and its queues see to it. So a lock that
// others take again and again is no reason to wait for ever.
//
// # What a report says
//
// Of a deadlock, and of a run that never ends, the trace says who waits for what, by the
// names of the fields:
//
//	raft waits to send on News (full, 1 of 1), at notify <- false
//	monitor waits for Loops (counter 1), at wg.Wait()
//
// # Small states
//
// The types are bytes without padding, so that a state with elements of one byte is its
// own encoding: see the manual of package model. A channel holds an array with as many
// elements as its largest capacity. Local variables that are dead should be zero.
//
// # Limits
//
// Data races are not detected: a read and a write are steps, and the model shows what they
// lead to in sequential consistency. Time does not pass. RWMutex has no Try methods, and
// Cond waits with a Mutex. A select with two cases for one channel and one direction takes
// the first of them. The misuse of an RWMutex, to unlock what another goroutine still waits
// for, is a panic here, and Go does not always notice it.
package goroutine
