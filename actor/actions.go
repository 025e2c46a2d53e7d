package actor

import (
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/network"
)

// timeout: a timer of an actor goes off. If the handler leaves all as it was, the state is
// unchanged, as that of an action that returns false must be.
func (r *runner[S, M]) timeout(s *S, c *model.Choice) bool {
	id := network.ID(model.Member(c, "actor", r.waiting(s)))
	if !r.all.Has(id) {
		return false
	}
	role, i := r.roleOf(id)
	set := role.timers(s, i)
	timer := model.Member(c, "timer", set)
	if set == 0 {
		return false
	}
	role.show(c, timer)
	out := r.out(id)
	if !role.timeout(s, i, timer, out) {
		r.outs.Put(out)
		return false
	}
	r.emit(s, out)
	return true
}

// waiting returns the actors that have a timer set. A crashed one has none.
func (r *runner[S, M]) waiting(s *S) (ids network.IDs) {
	id := network.ID(1)
	for n := range r.Roles {
		role := &r.Roles[n]
		for i := range role.count {
			if role.timeout != nil && role.timers(s, i) != 0 {
				ids = ids.With(id)
			}
			id++
		}
	}
	return ids
}

// crash: the actor forgets its timers. The rest of its state is shown as it was until the
// actor restarts.
func (r *runner[S, M]) crash(s *S, c *model.Choice) bool {
	x := &r.Crashes
	down := x.Down(s)
	if !c.Reason("fewer actors are down than may be", x.DownMost == 0 || down.Len() < x.DownMost) ||
		!c.Reason("fewer actors have crashed than may", x.Count == nil || int(*x.Count(s)) < x.CountMost) {
		return false
	}
	able := r.all
	if x.Who != 0 {
		able = x.Who
	}
	able &^= *down
	if !c.Reason("an actor that may crash is up", able != 0) {
		return false
	}
	id := network.ID(model.Member(c, "actor", able))
	role, i := r.roleOf(id)
	role.stop(s, i)
	*down = down.With(id)
	if x.Count != nil {
		*x.Count(s)++
	}
	return true
}

// restart: what the crash has left is decided now, and not at the crash, which is the same
// to all others.
func (r *runner[S, M]) restart(s *S, c *model.Choice) bool {
	down := r.Crashes.Down(s)
	if !c.Reason("an actor is down", *down != 0) {
		return false
	}
	id := network.ID(model.Member(c, "actor", *down))
	role, i := r.roleOf(id)
	*down = down.Without(id)
	role.survive(s, i, c)
	out := r.out(id)
	role.restart(s, i, out)
	r.emit(s, out)
	return true
}

// Step returns an action of the model's own in which one of the actors that able returns does something
// unasked, such as a write that no client's message stands for. do is given the actor as out.Self().
// It returns false, before it changes anything, if the actor cannot take the step. In
// traces the actor is the argument "actor".
func (y System[S, M]) Step(name string, able func(s *S) network.IDs, do func(s *S, c *model.Choice, out *network.Out[M]) bool) model.Action[S] {
	r := y.runner()
	return model.Action[S]{Name: name, Do: func(s *S, c *model.Choice) bool {
		id := network.ID(model.Member(c, "actor", able(s)&r.all))
		if !r.all.Has(id) {
			return false
		}
		out := r.out(id)
		if !do(s, c, out) {
			r.outs.Put(out)
			return false
		}
		r.emit(s, out)
		return true
	}}
}

// out takes an Out for the handlers of an actor.
func (r *runner[S, M]) out(id network.ID) *network.Out[M] {
	out := r.outs.Get().(*network.Out[M])
	out.Reset(id)
	return out
}

// emit puts what was sent into the network, and the Out back.
func (r *runner[S, M]) emit(s *S, out *network.Out[M]) {
	r.Emit(s, out)
	r.outs.Put(out)
}
