package spec

import "github.com/muster-mc/muster/model"

// reset is the library's: a role begins.
func (n *Node) reset(name, term int) {
	if int(n.Term) != term {
		n.Term, n.Vote = uint16(term), 0
	}
	n.Lead, n.Granted, n.Refused, n.Pending = 0, 0, 0, 0
	n.Match = [NodesMax]uint16{}
	if n.members().Has(name) {
		n.Match[name-1] = uint16(n.Log.Last())
	}
}

// follow is a node that becomes a follower, because of a message that it has received or of
// an election that it has lost.
func (g *group) follow(s *State, c *model.Choice) bool {
	name := g.name(c)
	n := s.node(name)
	if !c.Guard("a message made the node a follower", n.owed(Follow)) {
		return false
	}
	d := n.done()
	n.reset(name, int(d.Term))
	n.Lead, n.Role = d.Node, Follower
	return true
}

// campaign is a node that stands for election.
func (g *group) campaign(s *State, c *model.Choice) bool {
	name := g.name(c)
	n := s.node(name)
	change, _, found := n.Log.NextChange(int(n.Applied))
	if !c.Guard("the node owes nothing else", n.idle()) ||
		!c.Guard("a leader stands for no election", n.Role != Leader) ||
		!c.Guard("a candidate is a voter", n.Voters.Has(name)) ||
		!c.Guard("a candidate has applied all committed changes", !found || change > int(n.Commit)) {
		return false
	}
	n.begin()
	n.reset(name, int(n.Term)+1)
	n.Vote, n.Role = uint8(name), Candidate
	for peer := range n.Voters.All() {
		n.owes(Duty{Kind: AskVote, Node: uint8(peer)})
	}
	return true
}

// askVote asks the next voter, or gives the own vote.
func (g *group) askVote(s *State, c *model.Choice) bool {
	name := g.name(c)
	n := s.node(name)
	if !c.Guard("a candidate asks for votes", n.owed(AskVote)) {
		return false
	}
	m := Message{Type: MsgVoteResp, From: uint8(name), To: n.done().Node, Term: n.Term}
	if int(m.To) != name {
		m.Type, m.Index = MsgVote, uint16(n.Log.Last())
		m.LogTerm = uint16(n.Log.Term(n.Log.Last()))
	}
	n.Outbox = append(n.Outbox, m)
	return true
}

// becomeLeader is a candidate that has won.
func (g *group) becomeLeader(s *State, c *model.Choice) bool {
	name := g.name(c)
	n := s.node(name)
	if !c.Guard("a quorum has voted for the node", n.owed(BeLeader)) {
		return false
	}
	n.done()
	n.reset(name, int(n.Term))
	n.Lead, n.Role, n.Pending = uint8(name), Leader, uint16(n.Log.Last())
	return true
}

// count counts a vote, and says what follows from it.
func (n *Node) count(from int, granted bool) {
	switch {
	case n.Granted.Has(from) || n.Refused.Has(from): // the first vote counts
	case granted:
		n.Granted.Add(from)
	default:
		n.Refused.Add(from)
	}
	voters := n.Voters.Len()
	switch quorum := voters/2 + 1; {
	case (n.Granted & n.Voters).Len() >= quorum:
		n.owes(Duty{Kind: BeLeader})
		n.owes(Duty{Kind: Begin})
		n.owes(Duty{Kind: Ack})
	case (n.Refused & n.Voters).Len() > voters-quorum:
		n.owes(Duty{Kind: Follow, Term: n.Term})
	}
}

// vote answers a request for a vote. The vote is given after the answer is written.
func (n *Node) vote(name int, m Message) Message {
	last := n.Log.Last()
	lastTerm := n.Log.Term(last)
	can := n.Vote == m.From || n.Vote == 0 && n.Lead == 0
	upToDate := int(m.LogTerm) > lastTerm || int(m.LogTerm) == lastTerm && int(m.Index) >= last
	if can && upToDate {
		n.Vote = m.From
		return Message{Type: MsgVoteResp, From: uint8(name), To: m.From, Term: m.Term}
	}
	return Message{Type: MsgVoteResp, From: uint8(name), To: m.From, Term: n.Term, Reject: true}
}
