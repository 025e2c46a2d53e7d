package goroutine_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explore/mctest"
	"github.com/muster-mc/muster/goroutine"
	"github.com/muster-mc/muster/model"
)

// things is one of each kind.
type things struct {
	Threads [2]goroutine.Thread
	Mu      goroutine.Mutex
	RW      goroutine.RWMutex
	Cond    goroutine.Cond
	Group   goroutine.WaitGroup
	Once    goroutine.Once
	Nested  struct {
		Chans [2]goroutine.Chan[uint8, [1]uint8]
		Nil   goroutine.Chan[bool, [1]bool]
	}
	Flag goroutine.Atomic[bool]
	X    uint8
}

type does = func(s *things, g G) Next

// newThings runs two bodies. The channel 0 has no buffer, the other one has room for one.
func newThings(first, second []does) goroutine.Program[things] {
	code := func(list []does) (code []goroutine.Statement[things]) {
		for i, do := range list {
			code = append(code, goroutine.Do(fmt.Sprint("line ", i), do))
		}
		return code
	}
	return goroutine.Program[things]{
		Name:    "things",
		Threads: func(s *things) []goroutine.Thread { return s.Threads[:] },
		Init: func(s *things, _ *model.Choice) bool {
			s.Nested.Chans[0].Make(0)
			s.Nested.Chans[1].Make(1)
			return true
		},
		Bodies: []goroutine.Body[things]{{Name: "ann", Code: code(first)}, {Name: "bob", Code: code(second)}},
	}
}

func nothing(*things, G) Next { return goroutine.On }

func TestWhoWaitsForWhat(t *testing.T) {
	lock := func(s *things, g G) Next { return s.Mu.Lock(g) }
	readLock := func(s *things, g G) Next { return s.RW.RLock(g) }
	writeLock := func(s *things, g G) Next { return s.RW.Lock(g) }
	wait := func(s *things, g G) Next { return s.Cond.Wait(g, &s.Mu) }
	once := func(s *things, g G) Next { return s.Once.Do(g, goroutine.On) }
	lockAfterReader := func(s *things, g G) Next {
		if s.RW.Readers() == 0 {
			return goroutine.Blocked
		}
		return s.RW.Lock(g)
	}
	var unbuffered, buffered = 0, 1
	send := func(c int) does {
		return func(s *things, g G) Next { return s.Nested.Chans[c].Send(g, 1) }
	}
	recv := func(c int) does {
		return func(s *things, g G) Next { return s.Nested.Chans[c].Recv(g, &s.X) }
	}
	for _, c := range []struct {
		name        string
		first, last []does
		want        string
	}{
		{"mutex of another", []does{lock}, []does{lock}, "bob waits to lock Mu (held by ann), at line 0"},
		{"mutex of one's own", []does{lock, lock}, []does{nothing}, "ann waits to lock Mu (held by itself), at line 1"},
		{"reader and writer", []does{readLock}, []does{lockAfterReader}, "bob waits to lock RW (1 reader), at line 0"},
		{"writer and reader", []does{writeLock}, []does{readLock}, "bob waits to lock RW (for reading, held by ann), at line 0"},
		{"reader behind writer", []does{readLock, send(unbuffered), readLock}, []does{recv(unbuffered), writeLock},
			"ann waits to lock RW (for reading, bob waits for readers), at line 2\nbob waits to lock RW (1 reader), at line 1"},
		{"signal", []does{lock, wait}, []does{nothing}, "ann waits for a signal of Cond (1 waiting), at line 1"},
		{"group", []does{func(s *things, g G) Next { return s.Group.Add(g, 2) }, func(s *things, g G) Next { return s.Group.Wait(g) }},
			[]does{nothing}, "ann waits for Group (counter 2), at line 1"},
		{"once", []does{once}, []does{once}, "bob waits for Once (run by ann), at line 0"},
		{"once in itself", []does{once, once}, []does{nothing}, "ann waits for Once (run by itself), at line 1"},
		{"send", []does{send(unbuffered)}, []does{nothing}, "ann waits to send on Nested.Chans[0] (no receiver), at line 0"},
		{"receive", []does{recv(unbuffered)}, []does{nothing}, "ann waits to receive from Nested.Chans[0] (no sender), at line 0"},
		{"full", []does{send(buffered), send(buffered)}, []does{nothing}, "ann waits to send on Nested.Chans[1] (full, 1 of 1), at line 1"},
		{"empty", []does{recv(buffered)}, []does{nothing}, "ann waits to receive from Nested.Chans[1] (empty), at line 0"},
		{"nil", []does{func(s *things, g G) Next { return s.Nested.Nil.Send(g, true) }}, []does{nothing},
			"ann waits to send on Nested.Nil (nil), at line 0"},
		{"nil pointer", []does{func(s *things, g G) Next {
			return (*goroutine.Chan[bool, [1]bool])(nil).Recv(g, nil)
		}}, []does{nothing}, "ann waits to receive from a nil channel, at line 0"},
		{"select", []does{func(s *things, g G) Next {
			if g.Select(s.Nested.Chans[0].CanSend(g), s.Nested.Nil.CanRecv(g), s.Nested.Chans[1].CanRecv(g)) < 0 {
				return goroutine.Blocked
			}
			panic("ready")
		}}, []does{nothing},
			"ann waits to send on Nested.Chans[0] (no receiver) or to receive from Nested.Nil (nil) or to receive from Nested.Chans[1] (empty), at line 0"},
		{"condition", []does{func(s *things, g G) Next {
			if !s.Flag.Load() {
				return goroutine.Blocked
			}
			return goroutine.On
		}}, []does{nothing}, "ann waits, at line 0"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := mctest.Breaks(t, newThings(c.first, c.last).Model(), explore.Options{}, explore.Deadlock, 0)
			// Which of two goroutines was first is open; the shortest run has it one way.
			got := waitsOf(r, explore.Deadlock)
			swapped := strings.NewReplacer("ann", "bob", "bob", "ann").Replace(got)
			if got != c.want && swapped != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

// A goroutine that was woken waits for the mutex.
func TestWaitToLockAgain(t *testing.T) {
	p := newThings(
		[]does{func(s *things, g G) Next { return s.Mu.Lock(g) }, func(s *things, g G) Next { return s.Cond.Wait(g, &s.Mu) }},
		[]does{func(s *things, g G) Next {
			if s.Cond.Waiters() == 0 {
				return goroutine.Blocked
			}
			return s.Mu.Lock(g)
		}, func(s *things, g G) Next { return s.Cond.Signal(g) }},
	)
	r := mctest.Breaks(t, p.Model(), explore.Options{}, explore.Deadlock, 0)
	if got, want := waitsOf(r, explore.Deadlock), "ann waits to lock again Mu (held by bob), at line 1"; got != want {
		t.Errorf("got %q; want %q", got, want)
	}
}

// bob runs on and on, and ann waits for a signal that came too early: there is no deadlock.
// The loop of the run names ann alone, although bob waits for the mutex in no state.
func lostWakeup() goroutine.Program[things] {
	return newThings(
		[]does{func(s *things, g G) Next { return s.Mu.Lock(g) }, func(s *things, g G) Next { return s.Cond.Wait(g, &s.Mu) }},
		[]does{
			func(s *things, g G) Next { return s.Cond.Signal(g) },
			func(s *things, g G) Next { s.X ^= 1; return goroutine.Goto(1) },
		},
	)
}

func TestWhoWaitsForEver(t *testing.T) {
	p := lostWakeup()
	p.Properties = append(p.Properties, p.NoneWaitsForEver())
	r := mctest.Breaks(t, p.Model(), explore.Options{}, "NoneWaitsForEver", 0)
	if got, want := waitsOf(r, "NoneWaitsForEver"), "ann waits for a signal of Cond (1 waiting), at line 1"; got != want {
		t.Errorf("got %q; want %q", got, want)
	}
	if text := r.Properties[0].Trace.String(); !strings.Contains(text, "\n  ann waits for a signal of Cond (1 waiting), at line 1\n") {
		t.Errorf("the text of the trace is\n%s", text)
	}
}

func TestADaemonMayWait(t *testing.T) {
	p := lostWakeup()
	p.Bodies[0].Daemon = true
	p.Properties = append(p.Properties, p.NoneWaitsForEver())
	mctest.Holds(t, p.Model(), explore.Options{})

	p = newThings([]does{func(s *things, g G) Next { return s.Nested.Chans[0].Recv(g, nil).Then(goroutine.Goto(0)) }}, []does{nothing})
	mctest.Breaks(t, p.Model(), explore.Options{}, explore.Deadlock, 0)
	p.Bodies[0].Daemon = true
	p.Properties = append(p.Properties, model.Reachable("BobReturns", func(s *things) bool { return !s.Threads[1].Runs() }))
	mctest.Holds(t, p.Model(), explore.Options{})
}

// An Unfair goroutine may stop anywhere, and the others may not.
func TestUnfairGoroutinesMayStop(t *testing.T) {
	p := newThings([]does{nothing, nothing}, []does{nothing})
	p.Properties = append(p.Properties, model.Eventually("AnnReturns", func(s *things) bool { return !s.Threads[0].Runs() }))
	mctest.Holds(t, p.Model(), explore.Options{})
	p.Bodies[0].Unfair = true
	r := mctest.Breaks(t, p.Model(), explore.Options{}, "AnnReturns", 0)
	if got := waitsOf(r, "AnnReturns"); got != "" {
		t.Errorf("it says %q, and no goroutine waits", got)
	}
}
