package membership

import "github.com/muster-mc/muster/model"

// This file holds what changes the views: joining, leaving, failing, coming
// back, and exchanging views.

// Guards of several actions.
const (
	isActive   = "the node is active"
	reached    = "the two reach each other"
	numberLeft = "there is a view number left"
)

// join: the first node is the cluster, and its primary. Others must be let in.
func (p *protocol) join(s *State, c *model.Choice) bool {
	n := c.Int("node", p.Nodes)
	if !c.Reason("the node is outside", s.Nodes[n].Status == Left) {
		return false
	}
	node := &s.Nodes[n]
	if p.active(s) != 0 {
		node.Status = Joining
		return true
	}
	node.Status, node.Primary, node.Term = Active, true, 1
	node.View, node.ViewNumber = NodeSet(0).with(n), 1
	if p.Bug == "modest-founder" {
		node.Primary = false
	}
	return true
}

// joinComplete: an active node lets the newcomer in, and everybody whom the
// newcomer reaches installs the same new view in the same step.
func (p *protocol) joinComplete(s *State, c *model.Choice) bool {
	n := c.Int("node", p.Nodes)
	if !c.Reason("the node is joining", s.Nodes[n].Status == Joining) {
		return false
	}
	via := c.Int("via", p.Nodes)
	if !c.Reason("the node that lets it in is active", s.Nodes[via].Status == Active) ||
		!c.Reason(reached, !s.Cut[n].has(via)) {
		return false
	}
	number := p.newestView(s) + 1
	if !c.Reason(numberLeft, int(number) <= p.MaxView) {
		return false
	}
	members := p.active(s).with(n)
	s.Nodes[n].Status = Active
	for m := range p.Nodes {
		if members.has(m) && !s.Cut[n].has(m) {
			s.Nodes[m].View, s.Nodes[m].ViewNumber = members, number
		}
	}
	return true
}

func (p *protocol) leave(s *State, c *model.Choice) bool {
	n := c.Int("node", p.Nodes)
	if !c.Reason(isActive, s.Nodes[n].Status == Active) {
		return false
	}
	s.Nodes[n].Status = Leaving
	s.Nodes[n].Primary = s.Nodes[n].Primary && p.Bug == "lead-while-leaving"
	return true
}

// leaveComplete: the node is gone, and everybody who is left knows it, even
// across a partition. It keeps its view number and its term.
func (p *protocol) leaveComplete(s *State, c *model.Choice) bool {
	n := c.Int("node", p.Nodes)
	if !c.Reason("the node is leaving", s.Nodes[n].Status == Leaving) || !c.Reason(numberLeft, p.canShrink(s)) {
		return false
	}
	s.Nodes[n].Status = Left
	if p.Bug != "keep-view" {
		s.Nodes[n].View = 0
	}
	p.shrink(s)
	return true
}

// detectFailure: a node strikes a member that it cannot reach and that nobody
// has heard from.
func (p *protocol) detectFailure(s *State, c *model.Choice) bool {
	n := c.Int("node", p.Nodes)
	if !c.Reason(isActive, s.Nodes[n].Status == Active) || !c.Reason("the node is cut off from another", s.Cut[n] != 0) {
		return false
	}
	target := c.Int("target", p.Nodes)
	node := &s.Nodes[n]
	if !c.Reason("the target cannot be reached", s.Cut[n].has(target)) || !c.Reason("the target is in the node's view", node.View.has(target)) ||
		!c.Reason("the target is active", s.Nodes[target].Status == Active) ||
		!c.Reason("the target was not heard from", !s.Nodes[target].Heartbeat) {
		return false
	}
	number := p.nextNumber(s, node.ViewNumber)
	if !c.Reason(numberLeft, int(number) <= p.MaxView || p.Bug == "unchecked-number") {
		return false
	}
	node.View = node.View.without(target).with(n)
	if p.Bug != "silent-strike" {
		node.ViewNumber = number
	}
	return true
}

// markNodeFailed: one active node that does not list it is enough. It forgets
// everything, its term too.
func (p *protocol) markNodeFailed(s *State, c *model.Choice) bool {
	n := c.Int("node", p.Nodes)
	if !c.Reason(isActive, s.Nodes[n].Status == Active) {
		return false
	}
	by := c.Int("by", p.Nodes)
	if by == n || !c.Reason("the node that says so is active", s.Nodes[by].Status == Active) ||
		!c.Reason("it does not list the node", !s.Nodes[by].View.has(n)) {
		return false
	}
	term := s.Nodes[n].Term
	s.Nodes[n] = Node{Status: Failed, Heartbeat: s.Nodes[n].Heartbeat}
	if p.Bug == "keep-term" {
		s.Nodes[n].Term = term
	}
	return true
}

// recover: a failed node is outside again, and may join as if it were new.
func (p *protocol) recover(s *State, c *model.Choice) bool {
	n := c.Int("node", p.Nodes)
	if !c.Reason("the node has failed", s.Nodes[n].Status == Failed) {
		return false
	}
	announce := p.AnnounceRecovery && p.Bug != "silent-recovery"
	if announce && !c.Reason(numberLeft, p.canShrink(s)) {
		return false
	}
	s.Nodes[n].Status = Left
	if p.Bug == "rejoin-at-once" {
		s.Nodes[n].Status = Joining
	}
	if announce {
		p.shrink(s)
	}
	return true
}

// syncViews: two members with different views merge them into a new one.
func (p *protocol) syncViews(s *State, c *model.Choice) bool {
	a := c.Int("a", p.Nodes)
	if !c.Reason(isActive, s.Nodes[a].Status == Active) {
		return false
	}
	b := c.Int("b", p.Nodes)
	if !c.Reason(isActive, s.Nodes[b].Status == Active) || !c.Reason(reached, !s.Cut[a].has(b)) ||
		!c.Reason("the numbers of the views differ", s.Nodes[a].ViewNumber != s.Nodes[b].ViewNumber) {
		return false
	}
	newer := s.Nodes[a]
	if s.Nodes[b].ViewNumber > newer.ViewNumber {
		newer = s.Nodes[b]
	}
	number := p.nextNumber(s, newer.ViewNumber)
	if !c.Reason(numberLeft, int(number) <= p.MaxView) {
		return false
	}
	for _, n := range [...]int{a, b} {
		s.Nodes[n].View, s.Nodes[n].ViewNumber = newer.View.with(a).with(b), number
	}
	return true
}

// active are the nodes that take part.
func (p *protocol) active(s *State) NodeSet {
	var set NodeSet
	for n := range p.Nodes {
		if s.Nodes[n].Status == Active {
			set = set.with(n)
		}
	}
	return set
}

// newestView is the largest view number of an active node.
func (p *protocol) newestView(s *State) uint8 {
	var newest uint8
	for _, node := range s.Nodes[:p.Nodes] {
		if node.Status == Active {
			newest = max(newest, node.ViewNumber)
		}
	}
	return newest
}

// nextNumber is the number of a view that a node makes of one numbered last.
// Counting on from there, two nodes can make different views of one number.
func (p *protocol) nextNumber(s *State, last uint8) uint8 {
	if p.UniqueNumbers && p.Bug != "local-number" {
		last = p.newestView(s)
	}
	return last + 1
}

// canShrink: every active node has a view number left.
func (p *protocol) canShrink(s *State) bool {
	for _, node := range s.Nodes[:p.Nodes] {
		if node.Status == Active && int(node.ViewNumber) >= p.MaxView {
			return false
		}
	}
	return true
}

// shrink: every active node installs a view of the active nodes alone.
func (p *protocol) shrink(s *State) {
	members := p.active(s)
	for n := range p.Nodes {
		if members.has(n) {
			s.Nodes[n].View = members
			if p.Bug != "silent-departure" {
				s.Nodes[n].ViewNumber++
			}
		}
	}
}
