package actor

import (
	"github.com/muster-mc/muster/crash"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/network"
)

// Handlers are what the actors of a role do. A is the type of their states, M that of the
// messages and T that of the timers, which is [NoTimers] if there are none. A handler that
// is nil does nothing. The states of actors are compared by ==, so sets in them are bits,
// and queues and logs are those of package container with an array.
type Handlers[A, M comparable, T ~uint8] struct {
	// Start is called once for each actor, in the order of the IDs, in the initial state.
	Start func(a *A, out *network.Out[M])

	// Receive handles a message. It returns false, before it changes anything, if it does
	// not handle the message in this state; see network.Protocol.
	Receive func(a *A, e network.Envelope[M], out *network.Out[M]) bool

	// Timeout is called when a timer of the actor goes off. The timer is off then, and
	// may be set again. If the actor is then as before, timers included, and nothing was
	// sent, that is no step.
	Timeout func(a *A, timer T, out *network.Out[M])

	// Restart is called when the actor restarts after a crash, with what the crash has
	// left of its state. Nil means Start.
	Restart func(a *A, out *network.Out[M])

	// Timers returns where an actor has its timers. Nil means that it has none.
	Timers func(a *A) *Timers[T]

	_ struct{}
}

// Role is a group of actors that do the same, without the type of their states. [RoleOf]
// makes one.
type Role[S any, M comparable] struct {
	count int // of the actors

	start, restart func(s *S, i int, out *network.Out[M])
	receive        func(s *S, i int, e network.Envelope[M], out *network.Out[M]) bool
	taker          func() (begin func(s *S), of func(i int) takes[M])
	timers         func(s *S, i int) uint16                           // that are set
	timeout        func(s *S, i, timer int, out *network.Out[M]) bool // nil if there are no timers
	show           func(c *model.Choice, timer int)                   // in traces
	stop           func(s *S, i int)                                  // switches all timers off
	survive        func(s *S, i int, c *model.Choice)                 // leaves what is durable
}

// RoleOf makes a role of the actors that actors returns: a slice of an array of the state,
// of the same length for every state, the zero state too.
//
//	actor.RoleOf(func(s *State) []Server { return s.Servers[:] }, actor.Handlers[Server, Message, Timer]{...})
func RoleOf[S any, A, M comparable, T ~uint8](actors func(s *S) []A, h Handlers[A, M, T]) Role[S, M] {
	r := Role[S, M]{
		count:   len(actors(new(S))),
		start:   func(s *S, i int, out *network.Out[M]) { call(h.Start, &actors(s)[i], out) },
		receive: func(*S, int, network.Envelope[M], *network.Out[M]) bool { return false },
		taker:   noTaker[S, M],
		timers:  func(*S, int) uint16 { return 0 },
		stop:    func(*S, int) {},
		show:    func(c *model.Choice, timer int) { model.Show(c, T(timer)) },
		survive: survival(actors),
	}
	r.restart = r.start
	if h.Restart != nil {
		r.restart = func(s *S, i int, out *network.Out[M]) { h.Restart(&actors(s)[i], out) }
	}
	if h.Receive != nil {
		r.receive = func(s *S, i int, e network.Envelope[M], out *network.Out[M]) bool {
			return h.Receive(&actors(s)[i], e, out)
		}
		r.taker = func() (func(s *S), func(i int) takes[M]) { return takerOf(actors, h.Receive) }
	}
	if h.Timers != nil {
		r.timers = func(s *S, i int) uint16 { return h.Timers(&actors(s)[i]).set }
		r.stop = func(s *S, i int) { h.Timers(&actors(s)[i]).Clear() }
		r.timeout = func(s *S, i, timer int, out *network.Out[M]) bool {
			a := &actors(s)[i]
			before := *a
			h.Timers(a).Off(T(timer))
			if h.Timeout != nil {
				h.Timeout(a, T(timer), out)
			}
			return out.Len() > 0 || *a != before
		}
	}
	return r
}

func call[A any, M comparable](handler func(*A, *network.Out[M]), a *A, out *network.Out[M]) {
	if handler != nil {
		handler(a, out)
	}
}

// survival returns what a crash leaves of an actor: the fields that tags of package crash
// declare durable. To crash a single process is to crash a state that consists of it.
func survival[S any, A comparable](actors func(s *S) []A) func(s *S, i int, c *model.Choice) {
	if !crash.HasTags[A]() {
		return func(s *S, i int, _ *model.Choice) {
			var none A
			actors(s)[i] = none
		}
	}
	alone := crash.Processes[A, A]{Number: 1, At: func(a *A, _ int) *A { return a }}.Crash("Crash")
	return func(s *S, i int, c *model.Choice) { alone.Do(&actors(s)[i], c) }
}
