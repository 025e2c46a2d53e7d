package lease

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// valid: the registry has granted the lease, and by its clock it has not expired.
func (p *protocol) valid(s *State, a int) bool {
	lease := &s.Leases[a]
	return lease.Holder != Nobody && lease.Expiry > s.Clock
}

// believes: the node runs the actor, going by what it knows and by its own clock.
func (p *protocol) believes(s *State, n, a int) bool {
	node := &s.Nodes[n]
	return node.Beliefs[a].Expiry > node.Clock+p.margin
}

// inSkew: a node's clock may show this.
func (p *protocol) inSkew(s *State, clock uint8) bool {
	return clock <= s.Clock+p.skew && s.Clock <= clock+p.skew
}

// leaseUniqueness: at most one node believes that it holds an actor.
func (p *protocol) leaseUniqueness(s *State) bool {
	for a := range p.Actors {
		if p.believers(s, a) > 1 {
			return false
		}
	}
	return true
}

func (p *protocol) believers(s *State, a int) int {
	count := 0
	for n := range p.Nodes {
		if p.believes(s, n, a) {
			count++
		}
	}
	return count
}

// beliefConsistency: a node that believes to hold an actor is the one that the
// registry has down as its holder.
func (p *protocol) beliefConsistency(s *State) bool {
	for n := range p.Nodes {
		for a, lease := range s.Leases[:p.Actors] {
			if p.believes(s, n, a) && lease.Holder != id(n) {
				return false
			}
		}
	}
	return true
}

// leaseValidityBounds: no lease reaches further than its duration from now.
func (p *protocol) leaseValidityBounds(s *State) bool {
	for _, lease := range s.Leases[:p.Actors] {
		if lease.Expiry > s.Clock+p.duration {
			return false
		}
	}
	return true
}

// clockSkewSafety: the clocks of nodes that are up are close to the registry's.
func (p *protocol) clockSkewSafety(s *State) bool {
	for n := range s.Nodes[:p.Nodes] {
		if node := &s.Nodes[n]; !node.Down && !p.inSkew(s, node.Clock) {
			return false
		}
	}
	return true
}

// expiredLeaseClaimable: an actor without a valid lease is there for the taking,
// if there is anybody to take it.
func (p *protocol) expiredLeaseClaimable(s *State) bool {
	for a := range p.Actors {
		if !p.valid(s, a) && p.somebodyTrusted(s) && !p.somebodyMayAcquire(s, a, Nobody) {
			return false
		}
	}
	return true
}

// gracePeriodRespected: while a lease is in its grace period, nobody but its
// holder may have it.
func (p *protocol) gracePeriodRespected(s *State) bool {
	for a, lease := range s.Leases[:p.Actors] {
		inGrace := s.Clock < lease.Expiry && lease.Expiry <= s.Clock+p.grace
		if inGrace && p.somebodyMayAcquire(s, a, lease.Holder) {
			return false
		}
	}
	return true
}

func (p *protocol) somebodyTrusted(s *State) bool {
	for n := range s.Nodes[:p.Nodes] {
		if node := &s.Nodes[n]; !node.Down && !node.Suspected {
			return true
		}
	}
	return false
}

func (p *protocol) somebodyMayAcquire(s *State, a int, except NodeID) bool {
	for n := range p.Nodes {
		if id(n) != except && p.mayAcquire(s, n, a) {
			return true
		}
	}
	return false
}

// typeOK: numbers are in range, what is not held has no expiry, and a node that
// is down remembers nothing.
func (p *protocol) typeOK(s *State) bool {
	for _, lease := range s.Leases[:p.Actors] {
		if int(lease.Holder) > p.Nodes || lease.Token > p.maxToken+1 {
			return false
		}
		if (lease.Holder == Nobody) != (lease.Expiry == 0) {
			return false
		}
	}
	for n := range s.Nodes[:p.Nodes] {
		node := &s.Nodes[n]
		if node.Clock > p.maxClock+p.skew || node.Down && node.Beliefs != [maxActors]Belief{} {
			return false
		}
	}
	return s.Clock <= p.maxClock
}

// noTakeover: a valid lease passes from one node to another only by a release.
func (p *protocol) noTakeover(before, after *State) bool {
	for a := range p.Actors {
		was, is := before.Leases[a].Holder, after.Leases[a].Holder
		if p.valid(before, a) && is != was && is != Nobody {
			return false
		}
	}
	return true
}

// fencingTokenMonotonic: an actor's token never falls, and rises whenever
// somebody else gets the actor.
func (p *protocol) fencingTokenMonotonic(before, after *State) bool {
	for a := range p.Actors {
		was, is := before.Leases[a], after.Leases[a]
		granted := is.Holder != was.Holder && is.Holder != Nobody
		if is.Token < was.Token || granted && is.Token == was.Token {
			return false
		}
	}
	return true
}

// grantIsHeard: whoever is granted a lease, or more of it, knows until when.
func (p *protocol) grantIsHeard(before, after *State) bool {
	for a := range p.Actors {
		was, is := before.Leases[a], after.Leases[a]
		if is != was && is.Holder != Nobody && after.Nodes[is.Holder.index()].Beliefs[a].Expiry != is.Expiry {
			return false
		}
	}
	return true
}

// someLease: one of the leases is like this.
func (p *protocol) someLease(is func(Lease, *State) bool) func(*State) bool {
	return func(s *State) bool {
		return slices.ContainsFunc(s.Leases[:p.Actors], func(l Lease) bool { return is(l, s) })
	}
}

func heldUnderSuspicion(l Lease, s *State) bool {
	return l.Holder != Nobody && l.Expiry > s.Clock && s.Nodes[l.Holder.index()].Suspected
}

// forgotten: a node that is up has a valid lease, and has crashed since it got it.
func (p *protocol) forgotten(s *State) bool {
	for a, lease := range s.Leases[:p.Actors] {
		if !p.valid(s, a) {
			continue
		}
		holder := &s.Nodes[lease.Holder.index()]
		if !holder.Down && holder.Clock < lease.Expiry && holder.Beliefs[a].Expiry == 0 {
			return true
		}
	}
	return false
}

func (p *protocol) somebodyHolds(s *State) bool {
	for a := range p.Actors {
		if p.believers(s, a) > 0 {
			return true
		}
	}
	return false
}

func (p *protocol) whoBelieves(s *State) string { return p.explain(s, "run by", p.believes) }

func (p *protocol) whoMayAcquire(s *State) string { return p.explain(s, "free for", p.mayAcquire) }

// explain says of each actor whose it is, and which nodes it is something for.
func (p *protocol) explain(s *State, what string, is func(s *State, n, a int) bool) string {
	var lines []string
	for a, lease := range s.Leases[:p.Actors] {
		granted := lease.Holder.String()
		if lease.Holder != Nobody {
			granted += fmt.Sprint(" until tick ", lease.Expiry)
		}
		var who []string
		for n := range p.Nodes {
			if is(s, n, a) {
				who = append(who, id(n).String())
			}
		}
		lines = append(lines, fmt.Sprintf("actor %d: granted to %s; at tick %d, %s %s",
			a, granted, s.Clock, what, cmp.Or(strings.Join(who, " and "), "nobody")))
	}
	return strings.Join(lines, "; ")
}
