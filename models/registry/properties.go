package registry

import "fmt"

// typeOK: references name nodes that there are, and counters stay in bounds.
func (p *protocol) typeOK(s *State) bool {
	if !p.known(s.Placement) {
		return false
	}
	for _, node := range s.Nodes[:p.Nodes] {
		if node.Status > Failed || node.Missed > p.maxMissed || !p.known(node.Cache) {
			return false
		}
	}
	return true
}

func (p *protocol) known(refs [maxActors]NodeID) bool {
	for _, ref := range refs {
		if int(ref) > p.Nodes {
			return false
		}
	}
	return true
}

// placementConsistency: no actor is placed on a failed node.
func (p *protocol) placementConsistency(s *State) bool {
	for _, holder := range s.Placement[:p.Actors] {
		if holder != Nobody && s.Nodes[holder.index()].Status == Failed {
			return false
		}
	}
	return true
}

func (p *protocol) misplaced(s *State) string {
	for a, holder := range s.Placement[:p.Actors] {
		if holder != Nobody && s.Nodes[holder.index()].Status == Failed {
			return fmt.Sprintf("actor %d is placed on %v, which has failed", a, holder)
		}
	}
	return ""
}

// noTakeover: an actor goes from one node to another only by way of nobody,
// after a release or a failure.
func (p *protocol) noTakeover(before, after *State) bool {
	for a, holder := range before.Placement[:p.Actors] {
		if now := after.Placement[a]; now != holder && now != Nobody && holder != Nobody {
			return false
		}
	}
	return true
}

// claimIsPlaced: a node takes an actor for its own only when the registry does.
func (p *protocol) claimIsPlaced(before, after *State) bool {
	for n := range p.Nodes {
		for a, holder := range after.Nodes[n].Cache[:p.Actors] {
			if holder == id(n) && before.Nodes[n].Cache[a] != holder && after.Placement[a] != holder {
				return false
			}
		}
	}
	return true
}

// claimIsHeard: a node on which an actor is placed knows it at once.
func (p *protocol) claimIsHeard(before, after *State) bool {
	for a, holder := range after.Placement[:p.Actors] {
		if holder != Nobody && holder != before.Placement[a] && after.Nodes[holder.index()].Cache[a] != holder {
			return false
		}
	}
	return true
}

// singleActivation: at most one node runs an actor.
func (p *protocol) singleActivation(s *State) bool {
	for a := range p.Actors {
		if p.running(s, a) > 1 {
			return false
		}
	}
	return true
}

func (p *protocol) runTwice(s *State) string {
	for a := range p.Actors {
		if n := p.running(s, a); n > 1 {
			return fmt.Sprintf("actor %d runs on %d nodes; it is placed on %v", a, n, s.Placement[a])
		}
	}
	return ""
}

// running counts the nodes that run an actor.
func (p *protocol) running(s *State, actor int) int {
	n := 0
	for i := range s.Nodes[:p.Nodes] {
		if s.Nodes[i].Running[actor] {
			n++
		}
	}
	return n
}

func (p *protocol) failureDetected(s *State) bool {
	for _, node := range s.Nodes[:p.Nodes] {
		if node.Down && node.Status == Failed {
			return true
		}
	}
	return false
}

// staleCache: a living node would send a message to the wrong place.
func (p *protocol) staleCache(s *State) bool {
	for _, node := range s.Nodes[:p.Nodes] {
		if !node.Down && node.Cache != s.Placement {
			return true
		}
	}
	return false
}

// released: an actor was given up by a node that has not failed.
func (p *protocol) released(s *State) bool {
	for n, node := range s.Nodes[:p.Nodes] {
		for a, cached := range node.Cache[:p.Actors] {
			if cached == id(n) && s.Placement[a] == Nobody && node.Status == Active {
				return true
			}
		}
	}
	return false
}
