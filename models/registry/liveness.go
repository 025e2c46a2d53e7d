package registry

import "github.com/muster-mc/muster/model"

// liveness is what is claimed of whole runs. It rests on the registry doing its
// part: counting the heartbeats it misses, failing nodes, and telling caches.
func (p *protocol) liveness() []model.Property[State] {
	return []model.Property[State]{
		model.LeadsToEach("EventualFailureDetection", "node", p.Nodes,
			func(s *State, n int) bool { return s.Nodes[n].Down },
			func(s *State, n int) bool { return s.Nodes[n].Status == Failed }),
		model.Temporal("EventualCacheInvalidation", model.ForAll("node", p.Nodes, p.cachesFollow)),
	}
}

// cachesFollow: what a node has in its cache is put right, unless it goes down.
func (p *protocol) cachesFollow(n int) model.Formula[State] {
	return model.ForAll("actor", p.Actors, func(a int) model.Formula[State] {
		stale := model.Holds(func(s *State) bool { return !s.Nodes[n].Down && s.Nodes[n].Cache[a] != s.Placement[a] })
		return model.Globally(model.IfThen(stale, model.Finally(model.Not(stale))))
	})
}

// fairness is what is owed to an action, unless this bug forgets about it.
func (p *protocol) fairness(f model.Fairness, bug string) model.Fairness {
	if p.Bug == bug {
		return model.Unfair
	}
	return f
}
