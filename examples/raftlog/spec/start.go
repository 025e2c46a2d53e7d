package spec

import (
	"slices"

	"github.com/muster-mc/muster/model"
)

// start is a node that starts, for the first time or after a crash: what was not on the disk
// is lost. Its configuration and its term are read in two further steps.
func (g *group) start(s *State, c *model.Choice) bool {
	name := g.name(c)
	n := s.node(name)
	if !c.Guard("the node owes nothing else", n.free()) {
		return false
	}
	s.Net = slices.DeleteFunc(s.Net, func(m Message) bool { return int(m.From) == name && m.From == m.To })
	disk, log := n.Disk, n.diskLog()
	disk.Kept, disk.Old = uint16(log.Last()), ""
	*n = Node{Disk: disk, Log: log, Commit: uint16(g.base), Applied: disk.Applied, Handed: disk.Applied}
	n.owes(Duty{Kind: Restore})
	n.owes(Duty{Kind: Recover})
	return true
}

// restore reads the configuration.
func (g *group) restore(s *State, c *model.Choice) bool {
	n := s.node(g.name(c))
	if !c.Guard("the node starts", n.owed(Restore)) {
		return false
	}
	n.done()
	n.Voters, n.Learners = n.Disk.Voters, n.Disk.Learners
	return true
}

// comeBack reads the term and the vote. The two are asked for, so that guards can say what is
// wrong with a node that comes back with others.
func (g *group) comeBack(s *State, c *model.Choice) bool {
	n := s.node(g.name(c))
	if !c.Guard("the node starts", n.owed(Recover)) {
		return false
	}
	term := c.Range("term", 0, int(n.Disk.Term)+1)
	vote := c.Range("vote", 0, g.Nodes)
	if !c.Guard("a node comes back in the term that it was in", term == int(n.Disk.Term)) ||
		!c.Guard("a node comes back with the vote that it gave", vote == int(n.Disk.Vote)) {
		return false
	}
	n.done()
	n.Term, n.Vote, n.Commit, n.Started = n.Disk.Term, n.Disk.Vote, n.Disk.Commit, true
	return true
}

// bootstrap makes a node one of the first members of a group: their changes are committed
// entries of term 1. The members are 1 to some number, which no record says.
func (g *group) bootstrap(s *State, c *model.Choice) bool {
	n := s.node(g.name(c))
	if !c.Guard("the node is new", n.idle() && n.Term == 0 && n.Log == "") {
		return false
	}
	members := c.Range("members", 1, g.Nodes)
	n.begin()
	n.Term = 1
	for peer := 1; peer <= members; peer++ {
		n.owes(Duty{Kind: Join, Node: uint8(peer)})
	}
	return true
}

// join adds one of the first members. The entries of all of them are in the log before.
func (g *group) join(s *State, c *model.Choice) bool {
	n := s.node(g.name(c))
	if !c.Guard("the group is founded", n.owed(Join)) {
		return false
	}
	d := n.done()
	if d.Node == 1 {
		g.found(n, len(n.Due)+1)
	}
	n.Voters.Add(int(d.Node))
	return true
}

// found puts the entries of the first members into the log.
func (g *group) found(n *Node, members int) {
	for peer := 1; peer <= members; peer++ {
		n.Log = n.Log.Append(Entry{1, AddVoter, peer})
	}
	n.Commit = uint16(members)
}
