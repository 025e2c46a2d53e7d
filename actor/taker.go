package actor

import "github.com/muster-mc/muster/network"

// newTaker makes the Taker of a system: each role says which messages its actors would take.
func (r *runner[S, M]) newTaker() (t network.Taker[S, M]) {
	var begins []func(s *S)
	for k := range r.Roles {
		role := &r.Roles[k]
		begin, takes := role.taker()
		begins = append(begins, begin)
		for i := range role.count {
			t.Takes = append(t.Takes, takes(i))
		}
	}
	t.Begin = func(s *S) {
		for _, begin := range begins {
			begin(s)
		}
	}
	return t
}

// takes reports whether an actor would take a message.
type takes[M comparable] func(e *network.Envelope[M], out *network.Out[M]) bool

// takerOf returns what a role has of a Taker: the handler tries a message on a copy of the actor.
func takerOf[S any, A, M comparable](
	actors func(s *S) []A, receive func(a *A, e network.Envelope[M], out *network.Out[M]) bool,
) (begin func(s *S), of func(i int) takes[M]) {
	var now []A
	tried := new(A)
	return func(s *S) { now = actors(s) }, func(i int) takes[M] {
		return func(e *network.Envelope[M], out *network.Out[M]) bool {
			*tried = now[i]
			return receive(tried, *e, out)
		}
	}
}

// noTaker is that of a role without a handler.
func noTaker[S any, M comparable]() (begin func(s *S), of func(i int) takes[M]) {
	none := func(*network.Envelope[M], *network.Out[M]) bool { return false }
	return func(*S) {}, func(int) takes[M] { return none }
}
