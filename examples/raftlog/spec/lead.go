package spec

import (
	"slices"

	"github.com/muster-mc/muster/model"
)

// propose is an entry that a leader takes from a client, or its first, empty one. It is in
// the log when the leader acknowledges it to itself.
func (g *group) propose(s *State, c *model.Choice) bool {
	n := s.node(g.name(c))
	first := n.owed(Begin)
	if !c.Guard("a leader takes proposals", n.Role == Leader && (first || n.takes())) {
		return false
	}
	n.accept(first, Entry{Term: int(n.Term)})
	return true
}

// takes reports whether the node may take an entry: it owes nothing, or only to acknowledge
// entries of the same proposal.
func (n *Node) takes() bool { return n.idle() || n.Batch != "" && n.owed(Ack) }

// accept takes an entry. A new leader owes the acknowledgement of its first entry already.
func (n *Node) accept(first bool, e Entry) {
	switch {
	case first:
		n.done()
	case n.Batch == "":
		n.begin()
		n.owes(Duty{Kind: Ack})
	}
	n.Batch = n.Batch.Append(e)
}

// proposeChange is a change of the configuration that a leader takes.
func (g *group) proposeChange(s *State, c *model.Choice) bool {
	n := s.node(g.name(c))
	if !c.Guard("a leader takes proposals", n.Role == Leader && n.takes()) ||
		!c.Guard("no other change is under way", n.Pending <= n.Handed) {
		return false
	}
	change := model.Pick(c, "change", []Change{AddVoter, Remove, AddLearner})
	peer := c.Range("peer", 1, g.Nodes)
	n.Pending = uint16(n.Log.Last()+n.Batch.Last()) + 1
	n.accept(false, Entry{int(n.Term), change, peer})
	return true
}

// acknowledge puts what a leader has taken into its log. The leader hears of it as of the
// acknowledgement of another node, when the entries are on its disk.
func (g *group) acknowledge(s *State, c *model.Choice) bool {
	name := g.name(c)
	n := s.node(name)
	if !c.Guard("a leader has taken entries", n.owed(Ack) && n.Batch != "") {
		return false
	}
	n.done()
	n.Log, n.Batch = n.Log.Join(n.Batch), ""
	n.Outbox = append(n.Outbox, Message{
		Type: MsgAppResp, From: uint8(name), To: uint8(name), Term: n.Term, Index: uint16(n.Log.Last()),
	})
	return true
}

// commit is a leader that looks what a quorum has. It writes the record too if nothing new
// is committed.
func (g *group) commit(s *State, c *model.Choice) bool {
	n := s.node(g.name(c))
	if !c.Guard("a leader has heard of a log", n.owed(Count)) {
		return false
	}
	n.done()
	if index := n.quorumIndex(); index > int(n.Commit) && n.Log.Term(index) == int(n.Term) {
		n.Commit = uint16(index)
	}
	return true
}

// quorumIndex is how far the logs of a quorum are.
func (n *Node) quorumIndex() int {
	var all []int
	for voter := range n.Voters.All() {
		all = append(all, int(n.Match[voter-1]))
	}
	if len(all) == 0 {
		return 0
	}
	slices.Sort(all)
	return all[(len(all)-1)/2]
}

// sendAppend sends entries, or none, to a member. When a leader sends is its own affair; the
// library decides by flow control that the model leaves out. But it never sends again what
// the member has acknowledged.
func (g *group) sendAppend(s *State, c *model.Choice) bool {
	name := g.name(c)
	n := s.node(name)
	if !c.Guard("the node owes nothing else", n.idle()) ||
		!c.Guard("a leader sends entries", n.Role == Leader) {
		return false
	}
	peer := c.Range("peer", 1, g.Nodes)
	if !c.Guard("entries are for other members", peer != name && n.members().Has(peer)) {
		return false
	}
	last := n.Log.Last()
	index := c.Range("index", max(int(n.Match[peer-1]), g.base), last)
	entries := c.Range("entries", 0, last-index)
	n.begin()
	n.Outbox = append(n.Outbox, Message{
		Type: MsgApp, From: uint8(name), To: uint8(peer), Term: n.Term, Index: uint16(index),
		LogTerm: uint16(n.Log.Term(index)), Commit: n.Commit, Entries: n.Log.Slice(index, index+entries),
	})
	return true
}

// sendHeartbeat tells a member what is committed, as far as the member is known to have it.
func (g *group) sendHeartbeat(s *State, c *model.Choice) bool {
	name := g.name(c)
	n := s.node(name)
	if !c.Guard("the node owes nothing else", n.idle()) ||
		!c.Guard("a leader sends heartbeats", n.Role == Leader) {
		return false
	}
	peer := c.Range("peer", 1, g.Nodes)
	if !c.Guard("heartbeats are for other members", peer != name && n.members().Has(peer)) {
		return false
	}
	n.begin()
	n.Outbox = append(n.Outbox, Message{
		Type: MsgHeartbeat, From: uint8(name), To: uint8(peer), Term: n.Term, Commit: min(n.Match[peer-1], n.Commit),
	})
	return true
}

// ready hands everything to the application: it writes the disk, sends the messages, and
// applies what is committed.
func (g *group) ready(s *State, c *model.Choice) bool {
	name := g.name(c)
	n := s.node(name)
	if !c.Guard("the node owes nothing else", n.idle()) {
		return false
	}
	n.begin()
	n.write()
	n.Handed = n.Commit
	for _, m := range n.Outbox {
		if m.Term >= s.node(int(m.To)).Disk.Term {
			s.Net = append(s.Net, m)
		}
	}
	n.Outbox = nil
	s.Net = slices.DeleteFunc(s.Net, func(m Message) bool { return int(m.To) == name && m.Term < n.Disk.Term })
	return true
}

// applyChange is the application that applies the next change of the configuration.
func (g *group) applyChange(s *State, c *model.Choice) bool {
	name := g.name(c)
	n := s.node(name)
	index, e, found := n.Log.NextChange(int(n.Applied))
	if !c.Guard("the node owes nothing else", n.idle()) ||
		!c.Guard("the log has a change to apply", found) ||
		!c.Guard("the change is committed", index <= int(n.Handed) || g.Bug == "apply-early") {
		return false
	}
	n.begin()
	n.apply(e)
	n.Applied = uint16(index)
	n.Disk.Applied, n.Disk.Voters, n.Disk.Learners = n.Applied, n.Voters, n.Learners
	if n.Role == Leader && n.members().Has(name) && !n.Learners.Has(name) {
		n.owes(Duty{Kind: Count})
	}
	return true
}

// apply changes the configuration.
func (n *Node) apply(e Entry) {
	switch e.Change {
	case AddVoter:
		n.Learners.Remove(e.Peer)
		n.Voters.Add(e.Peer)
	case AddLearner:
		n.Voters.Remove(e.Peer)
		n.Learners.Add(e.Peer)
	case Remove:
		n.Voters.Remove(e.Peer)
		n.Learners.Remove(e.Peer)
		n.Match[e.Peer-1] = 0
	}
}
