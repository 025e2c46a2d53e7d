package membership

import "slices"

// This file holds what is claimed of steps, and what a node must be able to come
// to.

// failedIsBlank: a node that was declared failed has forgotten the cluster.
func (p *protocol) failedIsBlank(s *State) bool {
	return !p.someNode(func(n Node) bool {
		return n.Status == Failed && n != Node{Status: Failed, Heartbeat: n.Heartbeat}
	})(s)
}

// primaryIsActive: nobody outside takes itself for the primary.
func (p *protocol) primaryIsActive(s *State) bool {
	return !p.someNode(func(n Node) bool { return n.Primary && n.Status != Active })(s)
}

// next are the statuses that a node can come to from each.
var next = map[Status][]Status{
	Left:    {Joining, Active},
	Joining: {Active},
	Active:  {Leaving, Failed},
	Leaving: {Left},
	Failed:  {Left},
}

// statusFollows: a node goes from one status to the next, and skips none.
func (p *protocol) statusFollows(before, after *State) bool {
	for n, was := range before.Nodes[:p.Nodes] {
		if is := after.Nodes[n].Status; is != was.Status && !slices.Contains(next[was.Status], is) {
			return false
		}
	}
	return true
}

// founderLeads: a node that becomes a member without being let in is the cluster,
// and its primary.
func (p *protocol) founderLeads(before, after *State) bool {
	for n, was := range before.Nodes[:p.Nodes] {
		is := after.Nodes[n]
		if was.Status != Left || is.Status != Active {
			continue
		}
		if !is.Primary || is.Term != 1 || is.ViewNumber != 1 || is.View != NodeSet(0).with(n) {
			return false
		}
	}
	return true
}

// changesAreNumbered: when somebody joins or leaves, a member that learns of it gives
// its view a larger number. A newcomer may have had a larger one in a former life.
func (p *protocol) changesAreNumbered(before, after *State) bool {
	for n, was := range before.Nodes[:p.Nodes] {
		is := after.Nodes[n].Status
		came := was.Status == Joining && is == Active
		went := was.Status == Leaving && is == Left
		if (came || went) && !p.newlyNumbered(before, after) {
			return false
		}
	}
	return true
}

func (p *protocol) newlyNumbered(before, after *State) bool {
	for n, was := range before.Nodes[:p.Nodes] {
		is := after.Nodes[n]
		stays := was.Status == Active && is.Status == Active
		if stays && is.View != was.View && is.ViewNumber <= was.ViewNumber {
			return false
		}
	}
	return true
}

// someNode: one of the nodes is like this.
func (p *protocol) someNode(is func(Node) bool) func(*State) bool {
	return func(s *State) bool { return slices.ContainsFunc(s.Nodes[:p.Nodes], is) }
}

// healedApart: the network is whole, and a member has struck another one while it
// was not.
func (p *protocol) healedApart(s *State) bool {
	members := p.active(s)
	apart := false
	for n, node := range s.Nodes[:p.Nodes] {
		if s.Cut[n] != 0 {
			return false
		}
		apart = apart || members.has(n) && members&^node.View != 0
	}
	return apart
}
