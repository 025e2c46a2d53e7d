package lease

import "github.com/muster-mc/muster/model"

// liveness is what is claimed of whole runs. It rests on time passing, on false
// suspicions being dropped and nodes restarting, and on a node that can have a
// lease again and again taking it some time.
func (p *protocol) liveness() []model.Property[State] {
	return []model.Property[State]{
		model.Temporal("EventualLeaseResolution", model.ForAll("actor", p.Actors, func(a int) model.Formula[State] {
			return model.Globally(model.Finally(model.Holds(func(s *State) bool {
				return p.valid(s, a) || p.believers(s, a) == 0
			})))
		})),
		model.LeadsToEach("FalseSuspicionRecovery", "node", p.Nodes,
			func(s *State, n int) bool { return s.Nodes[n].Suspected && !s.Nodes[n].Down },
			func(s *State, n int) bool { return !s.Nodes[n].Suspected }),
	}
}

// fairness is what is owed to an action, unless this bug forgets about it.
func (p *protocol) fairness(f model.Fairness, bug string) model.Fairness {
	if p.Bug == bug {
		return model.Unfair
	}
	return f
}
