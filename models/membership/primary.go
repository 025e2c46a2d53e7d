package membership

import "github.com/muster-mc/muster/model"

// This file holds the network, the heartbeats that cross it, and the election
// of a primary.

// sendHeartbeat reaches everybody who is in the cluster and not cut off. The
// mark says that a node took part in a heartbeat, not who heard whom.
func (p *protocol) sendHeartbeat(s *State, c *model.Choice) bool {
	n := c.Int("node", p.Nodes)
	if !c.Reason(isActive, s.Nodes[n].Status == Active) {
		return false
	}
	for m := range p.Nodes {
		present := s.Nodes[m].Status == Active || s.Nodes[m].Status == Leaving
		if present && !s.Cut[n].has(m) {
			s.Nodes[m].Heartbeat = true
		}
	}
	return true
}

// resetHeartbeats starts the next period.
func (p *protocol) resetHeartbeats(s *State, _ *model.Choice) bool {
	for n := range p.Nodes {
		s.Nodes[n].Heartbeat = false
	}
	return true
}

// elect: a node that reaches a majority takes a term above every other, if no
// valid primary is left.
func (p *protocol) elect(s *State, c *model.Choice) bool {
	n := c.Int("node", p.Nodes)
	if !c.Reason(isActive, s.Nodes[n].Status == Active) || !c.Reason("the node is no primary", !s.Nodes[n].Primary) {
		return false
	}
	if p.Bug == "no-quorum" {
		s.Nodes[n].Primary = true
		return true
	}
	if !c.Reason("the node reaches a majority", p.reachesMajority(s, n)) ||
		!c.Reason("no primary is valid", p.validPrimaries(s) == 0) {
		return false
	}
	term := p.newestTerm(s) + 1
	if !c.Reason("there is a term left", int(term) <= p.MaxView) {
		return false
	}
	s.Nodes[n].Primary, s.Nodes[n].Term = true, term
	return true
}

// stepDown: a primary notices that it has lost its majority.
func (p *protocol) stepDown(s *State, c *model.Choice) bool {
	n := c.Int("node", p.Nodes)
	if !c.Reason("the node is a primary", s.Nodes[n].Primary) || !c.Reason(isActive, s.Nodes[n].Status == Active) ||
		p.Bug == "no-quorum" || !c.Reason("the node reaches no majority", !p.reachesMajority(s, n)) {
		return false
	}
	s.Nodes[n].Primary = false
	return true
}

func (p *protocol) cut(s *State, c *model.Choice) bool {
	a, b := c.Int("a", p.Nodes), c.Int("b", p.Nodes)
	if a == b || !c.Reason("the two are connected", !s.Cut[a].has(b)) {
		return false
	}
	s.Cut[a], s.Cut[b] = s.Cut[a].with(b), s.Cut[b].with(a)
	return true
}

// heal: of two primaries that meet again one gives way, and which one has
// nothing to do with their terms. It is a, and each end of the link can be a.
func (p *protocol) heal(s *State, c *model.Choice) bool {
	a := c.Int("a", p.Nodes)
	if !c.Reason("the node is cut off from another", s.Cut[a] != 0) {
		return false
	}
	b := c.Int("b", p.Nodes)
	if !c.Reason("the two are cut off from each other", s.Cut[a].has(b)) {
		return false
	}
	s.Cut[a], s.Cut[b] = s.Cut[a].without(b), s.Cut[b].without(a)
	if s.Nodes[a].Primary && s.Nodes[b].Primary && p.Bug != "no-quorum" {
		s.Nodes[a].Primary = false
	}
	return true
}

// reachesMajority: of all nodes there are, not of those in a view.
func (p *protocol) reachesMajority(s *State, n int) bool {
	return 2*(p.active(s)&^s.Cut[n]).len() > p.Nodes
}

// validPrimaries are the primaries with a majority and a term that no other
// primary's exceeds.
func (p *protocol) validPrimaries(s *State) NodeSet {
	var newest uint8
	for _, node := range s.Nodes[:p.Nodes] {
		if node.Primary {
			newest = max(newest, node.Term)
		}
	}
	var valid NodeSet
	for n, node := range s.Nodes[:p.Nodes] {
		if node.Primary && node.Status == Active && node.Term == newest && p.reachesMajority(s, n) {
			valid = valid.with(n)
		}
	}
	return valid
}

// newestTerm is the largest term that any node remembers.
func (p *protocol) newestTerm(s *State) uint8 {
	var newest uint8
	for _, node := range s.Nodes[:p.Nodes] {
		newest = max(newest, node.Term)
	}
	return newest
}
