package membership

import "github.com/muster-mc/muster/model"

// liveness is what is claimed of whole runs, which rests on something happening
// as long as anything can. It is true as long as two nodes stop at view 2: with
// more views a node can strike the other from its own, and when the network is
// whole again nobody has to exchange views before heartbeats go back and forth
// for ever. There it is claimed where it is asked for.
func (p *protocol) liveness() []model.Property[State] {
	if p.Bug != "hope-to-converge" && (p.Nodes > 2 || p.MaxView > 2) {
		return nil
	}
	return []model.Property[State]{
		model.LeadsTo("EventualMembershipConvergence", p.calm, p.converged),
	}
}

// calm: every node is in or out, and the network is whole.
func (p *protocol) calm(s *State) bool {
	for n, node := range s.Nodes[:p.Nodes] {
		if node.Status != Active && node.Status != Left || s.Cut[n] != 0 {
			return false
		}
	}
	return true
}

// converged: all active nodes have the same view.
func (p *protocol) converged(s *State) bool {
	first := -1
	for n, node := range s.Nodes[:p.Nodes] {
		switch {
		case node.Status != Active:
		case first < 0:
			first = n
		case node.View != s.Nodes[first].View:
			return false
		}
	}
	return true
}
