package lease

import "github.com/muster-mc/muster/model"

// addWrites adds what fencing tokens are for. That a node believes in its lease
// when it sends a write says nothing about when the write arrives.
func (p *protocol) addWrites(m *model.Model[State]) {
	m.Actions = append(m.Actions,
		model.Action[State]{Name: "SendWrite", Do: p.sendWrite},
		model.Action[State]{Name: "ReceiveWrite", Do: p.receiveWrite})
	m.Properties = append(m.Properties,
		model.AlwaysStep("NoStaleWrite", p.noStaleWrite))
}

// sendWrite: a node that believes in its lease writes, under the lease's token.
// It has at most one write to an actor under way.
func (p *protocol) sendWrite(s *State, c *model.Choice) bool {
	n, a := c.Int("node", p.Nodes), c.Int("actor", p.Actors)
	node := &s.Nodes[n]
	if !c.Reason("no write of the node is under way", node.Writing[a] == 0) ||
		!c.Reason("the node believes in its lease", p.believes(s, n, a)) {
		return false
	}
	node.Writing[a] = node.Beliefs[a].Token
	return true
}

// receiveWrite: the storage refuses a write whose token is older than one that
// it has seen. The sender may be down by now.
func (p *protocol) receiveWrite(s *State, c *model.Choice) bool {
	n, a := c.Int("node", p.Nodes), c.Int("actor", p.Actors)
	token := s.Nodes[n].Writing[a]
	if !c.Reason("a write is under way", token != 0) {
		return false
	}
	s.Nodes[n].Writing[a] = 0
	if token >= s.Storage[a] || p.Bug == "no-fencing" {
		s.Storage[a] = token
	}
	return true
}

// noStaleWrite: after a write under one lease, none under an earlier lease.
func (p *protocol) noStaleWrite(before, after *State) bool {
	for a := range p.Actors {
		if after.Storage[a] < before.Storage[a] {
			return false
		}
	}
	return true
}
