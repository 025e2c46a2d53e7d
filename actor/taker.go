package actor

import "github.com/muster-mc/muster/network"

// takers is the network.Taker of a system.
type takers[S any, M comparable] struct {
	roles []taker[S, M]
	who   []taken[S, M] // by ID.Index
}

// taken is one of the actors of a role.
type taken[S any, M comparable] struct {
	by taker[S, M]
	i  int // its number in the role
}

// taker says which messages the actors of a role would take.
type taker[S any, M comparable] interface {
	begin(s *S)
	takes(i int, e *network.Envelope[M], out *network.Out[M]) bool
}

func (r *runner[S, M]) newTaker() network.Taker[S, M] {
	t := &takers[S, M]{}
	for k := range r.Roles {
		role := &r.Roles[k]
		by := role.taker()
		t.roles = append(t.roles, by)
		for i := range role.count {
			t.who = append(t.who, taken[S, M]{by, i})
		}
	}
	return t
}

// Begin is that of network.Taker.
func (t *takers[S, M]) Begin(s *S) {
	for _, r := range t.roles {
		r.begin(s)
	}
}

// Takes is that of network.Taker.
func (t *takers[S, M]) Takes(e *network.Envelope[M], out *network.Out[M]) bool {
	a := &t.who[e.To.Index()]
	return a.by.takes(a.i, e, out)
}

// roleTaker has the handler of a role try a message on a copy of the actor.
type roleTaker[S any, A, M comparable] struct {
	actors  func(s *S) []A
	receive func(a *A, e network.Envelope[M], out *network.Out[M]) bool
	now     []A // the actors of the state
	tried   A
}

func (t *roleTaker[S, A, M]) begin(s *S) { t.now = t.actors(s) }

// takes: a handler that changes the actor and returns false breaks the contract of Receive. The message
// counts as taken then, so that it is delivered and the breach is found.
func (t *roleTaker[S, A, M]) takes(i int, e *network.Envelope[M], out *network.Out[M]) bool {
	a := &t.now[i]
	t.tried = *a
	return t.receive(&t.tried, *e, out) || t.tried != *a
}

// noTaker is of a role that takes no messages.
type noTaker[S any, M comparable] struct{}

func (noTaker[S, M]) begin(*S)                                              {}
func (noTaker[S, M]) takes(int, *network.Envelope[M], *network.Out[M]) bool { return false }
