package lease

import "github.com/muster-mc/muster/model"

// acquire: the registry grants an actor, under a new fencing token. That it may
// is checked in the same transaction.
func (p *protocol) acquire(s *State, c *model.Choice) bool {
	n, a := c.Int("node", p.Nodes), c.Int("actor", p.Actors)
	node := &s.Nodes[n]
	if !c.Reason(isUp, !node.Down) || !c.Reason("the node is not suspected", !node.Suspected || p.Bug == "no-check") ||
		!c.Reason("the actor is free", p.mayAcquire(s, n, a)) {
		return false
	}
	s.Leases[a].Token++
	p.grant(s, n, a, s.Clock+p.duration)
	return true
}

// mayAcquire: the node is up, the registry trusts it, and the actor is free.
func (p *protocol) mayAcquire(s *State, n, a int) bool {
	node := &s.Nodes[n]
	if p.Bug == "no-check" { // the node asks only itself
		return !node.Down && node.Beliefs[a].Expiry == 0
	}
	return !node.Down && !node.Suspected && p.free(s, a)
}

// isUp is a guard of most actions of a node.
const isUp = "the node is up"

// free: there is no valid lease that stands in the way of a new one.
func (p *protocol) free(s *State, a int) bool {
	lease := &s.Leases[a]
	switch p.Bug {
	case "early-handover":
		return lease.Expiry <= s.Clock+p.grace
	case "wait-for-release":
		return lease.Holder == Nobody
	case "rob-suspect":
		return !p.valid(s, a) || s.Nodes[lease.Holder.index()].Suspected
	}
	return !p.valid(s, a)
}

// renew extends a valid lease, counting from now. The registry does not ask what
// the node believes: one that was down gets its lease back.
func (p *protocol) renew(s *State, c *model.Choice) bool {
	n, a := c.Int("node", p.Nodes), c.Int("actor", p.Actors)
	lease := &s.Leases[a]
	if !c.Reason(isUp, !s.Nodes[n].Down) || !c.Reason("the lease is valid", p.valid(s, a)) ||
		!c.Reason("the node holds the lease", lease.Holder == id(n) || p.Bug == "renew-unowned") {
		return false
	}
	from := s.Clock
	if p.Bug == "renew-from-expiry" {
		from = lease.Expiry
	}
	p.grant(s, n, a, from+p.duration)
	return true
}

// grant gives a node a lease, and the node hears of it at once.
func (p *protocol) grant(s *State, n, a int, expiry uint8) {
	lease, belief := &s.Leases[a], &s.Nodes[n].Beliefs[a]
	lease.Holder, lease.Expiry = id(n), expiry
	if p.Bug != "unheard-renewal" || belief.Expiry == 0 {
		belief.Expiry = expiry
	}
	if p.Writes {
		belief.Token = lease.Token
	}
}

// release: the holder gives the actor back, once its writes are done. The token
// stays, so that the next holder's is larger.
func (p *protocol) release(s *State, c *model.Choice) bool {
	n, a := c.Int("node", p.Nodes), c.Int("actor", p.Actors)
	lease, node := &s.Leases[a], &s.Nodes[n]
	if !c.Reason(isUp, !node.Down) || !c.Reason("the node believes that it holds the actor", node.Beliefs[a].Expiry != 0) ||
		!c.Reason("the node's writes are done", node.Writing[a] == 0) ||
		!c.Reason("the node holds the lease", lease.Holder == id(n)) {
		return false
	}
	switch p.Bug {
	case "half-release":
		lease.Holder = Nobody
	case "reset-token":
		*lease = Lease{}
	default:
		*lease = Lease{Token: lease.Token}
	}
	if p.Bug != "keep-belief" {
		node.Beliefs[a] = Belief{}
	}
	return true
}

// suspect: a failure detector may be wrong, so it suspects whom it likes. That
// keeps a node from new leases and takes none away.
func (p *protocol) suspect(s *State, c *model.Choice) bool {
	node := &s.Nodes[c.Int("node", p.Nodes)]
	if !c.Reason("the node is not suspected", !node.Suspected) {
		return false
	}
	node.Suspected = true
	return true
}

func (p *protocol) unsuspect(s *State, c *model.Choice) bool {
	node := &s.Nodes[c.Int("node", p.Nodes)]
	if !c.Reason("the node is suspected", node.Suspected) || !c.Reason(isUp, !node.Down) {
		return false
	}
	node.Suspected = false
	return true
}

// crash: the node forgets its leases, and the registry does not.
func (p *protocol) crash(s *State, c *model.Choice) bool {
	node := &s.Nodes[c.Int("node", p.Nodes)]
	if !c.Reason(isUp, !node.Down) {
		return false
	}
	node.Down = true
	node.Beliefs = [maxActors]Belief{}
	return true
}

// restart: the node sets its clock before it does anything else.
func (p *protocol) restart(s *State, c *model.Choice) bool {
	node := &s.Nodes[c.Int("node", p.Nodes)]
	if !c.Reason("the node is down", node.Down) {
		return false
	}
	node.Down, node.Suspected = false, false
	if p.Bug != "stale-clock" {
		node.Clock = s.Clock
	}
	return true
}

// bounded is the guard of a clock that goes wrong.
const bounded = "the clocks differ by no more than the skew"

// drift: a node's clock gains a tick.
func (p *protocol) drift(s *State, c *model.Choice) bool {
	node := &s.Nodes[c.Int("node", p.Nodes)]
	if !c.Reason(isUp, !node.Down) || !c.Reason(bounded, p.inSkew(s, node.Clock+1)) {
		return false
	}
	node.Clock++
	return true
}

// lag: a node's clock loses a tick.
func (p *protocol) lag(s *State, c *model.Choice) bool {
	node := &s.Nodes[c.Int("node", p.Nodes)]
	if !c.Reason(isUp, !node.Down) || !c.Reason("the node's clock has begun", node.Clock > 0) ||
		!c.Reason(bounded, p.inSkew(s, node.Clock-1)) {
		return false
	}
	node.Clock--
	return true
}

// tick: time passes for the registry and for all nodes that are up. A node drops
// what has expired by its own clock.
func (p *protocol) tick(s *State, c *model.Choice) bool {
	if !c.Reason("the registry's clock has not stopped", s.Clock != p.maxClock) {
		return false
	}
	s.Clock++
	for n := range s.Nodes[:p.Nodes] {
		node := &s.Nodes[n]
		if node.Down {
			continue
		}
		node.Clock++
		for a, belief := range node.Beliefs {
			if belief.Expiry <= node.Clock {
				node.Beliefs[a] = Belief{}
			}
		}
	}
	return true
}
