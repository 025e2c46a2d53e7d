package activation

import "github.com/muster-mc/muster/model"

// liveness is what is claimed of whole runs. It rests on every node finishing
// the claim that it has begun.
func (p *protocol) liveness() []model.Property[State] {
	return []model.Property[State]{
		model.LeadsToEach("EventualActivation", "node", p.Nodes, claiming, decided),
	}
}

func claiming(s *State, node int) bool {
	return s.Nodes[node].Phase == Reading || s.Nodes[node].Phase == Committing
}

// decided: the claim has come through, or was given up.
func decided(s *State, node int) bool { return !claiming(s, node) }

// commitFairness is what is owed to commits.
func (p *protocol) commitFairness() model.Fairness {
	if p.Bug == "forgotten-commit" {
		return model.Unfair
	}
	return model.WeakEach
}
