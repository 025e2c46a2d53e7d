package spec

import (
	"slices"

	"github.com/muster-mc/muster/model"
)

// receive takes a message from the network. What the node does about it are further steps:
// this one says which.
func (g *group) receive(s *State, c *model.Choice) bool {
	name := g.name(c)
	n := s.node(name)
	if !c.Guard("the node owes nothing else", n.idle()) {
		return false
	}
	var here []Message
	for _, m := range s.Net {
		if int(m.To) == name && !slices.Contains(here, m) {
			here = append(here, m)
		}
	}
	m := model.Pick(c, "message", here)
	if m.Type == NoMessage {
		return false
	}
	i := slices.Index(s.Net, m)
	s.Net = slices.Delete(s.Net, i, i+1)
	n.begin()
	n.handle(m)
	return true
}

// receiveStale is a message of an earlier term than the one that the node has on its disk:
// it is ignored, so that the network does not keep such messages.
func (g *group) receiveStale(s *State, c *model.Choice) bool {
	n := s.node(g.name(c))
	if !c.Guard("the node owes nothing else", n.idle()) {
		return false
	}
	term := c.Range("term", 0, int(n.Disk.Term)-1)
	n.begin()
	return term >= 0
}

// handle says what follows from a message.
func (n *Node) handle(m Message) {
	if m.Term < n.Term {
		return
	}
	fromLeader := m.Type == MsgApp || m.Type == MsgHeartbeat
	if m.Term > n.Term {
		follow := Duty{Kind: Follow, Term: m.Term}
		if fromLeader {
			follow.Node = m.From
		}
		n.owes(follow)
	} else if fromLeader && n.Role == Candidate {
		n.owes(Duty{Kind: Follow, Term: m.Term, Node: m.From})
	}
	follows := len(n.Due) > 0 || n.Role == Follower
	switch m.Type {
	case MsgVote:
		n.Hand = m
		n.owes(Duty{Kind: Respond})
	case MsgApp, MsgHeartbeat:
		if follows {
			n.Hand = m
			n.owes(Duty{Kind: Respond})
		}
	case MsgVoteResp:
		if n.Role == Candidate && len(n.Due) == 0 {
			n.count(int(m.From), !m.Reject)
		}
	case MsgAppResp:
		if n.Role == Leader && len(n.Due) == 0 && n.members().Has(int(m.From)) && !m.Reject {
			n.progress(m)
		}
	}
}

// progress notes how far a log is. A node that is probed is acknowledged even if nothing is
// new; whether it is probed the model does not know.
func (n *Node) progress(m Message) {
	switch match := &n.Match[m.From-1]; {
	case m.Index > *match:
		*match = m.Index
		n.owes(Duty{Kind: Count})
	case m.Index == *match:
		n.owes(Duty{Kind: MayCount})
	}
}

// respond answers the message in hand.
func (g *group) respond(s *State, c *model.Choice) bool {
	name := g.name(c)
	n := s.node(name)
	if !c.Guard("the node answers a message", n.owed(Respond)) {
		return false
	}
	n.done()
	m := n.Hand
	n.Hand = Message{}
	var answer Message
	switch m.Type {
	case MsgVote:
		answer = n.vote(name, m)
	case MsgApp:
		n.Lead = m.From
		answer = n.append(name, m)
	default:
		n.Lead = m.From
		n.Commit = max(n.Commit, m.Commit)
		answer = Message{Type: MsgHeartbeatResp, From: uint8(name), To: m.From, Term: n.Term}
	}
	n.Outbox = append(n.Outbox, answer)
	return true
}

// append puts the entries of a message into the log, if they follow upon what is there.
func (n *Node) append(name int, m Message) Message {
	answer := Message{Type: MsgAppResp, From: uint8(name), To: m.From, Term: n.Term}
	if m.Index < n.Commit {
		answer.Index = n.Commit
		return answer
	}
	last := n.Log.Last()
	if int(m.Index) > last || n.Log.Term(int(m.Index)) != int(m.LogTerm) {
		hint, term := n.Log.conflict(min(int(m.Index), last), int(m.LogTerm))
		answer.Index, answer.Reject, answer.Hint, answer.LogTerm = m.Index, true, uint16(hint), uint16(term)
		return answer
	}
	end := int(m.Index) + m.Entries.Last()
	for i := int(m.Index) + 1; i <= end; i++ {
		if i > last || n.Log.Term(i) != m.Entries.Term(i-int(m.Index)) {
			n.replace(i-1, m.Entries.Slice(i-1-int(m.Index), m.Entries.Last()))
			break
		}
	}
	n.Commit = max(n.Commit, min(m.Commit, uint16(end)))
	answer.Index = uint16(end)
	return answer
}

// conflict is the last entry up to an index whose term is no later than one.
func (l Log) conflict(index, term int) (int, int) {
	for ; index > 0; index-- {
		if own := l.Term(index); own <= term {
			return index, own
		}
	}
	return 0, 0
}
