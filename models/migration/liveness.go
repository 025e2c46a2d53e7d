package migration

import "github.com/muster-mc/muster/model"

// liveness is what the original claims of whole runs and does not list. None of
// it is true, even if something happens as long as anything can: after the last
// permitted crash no node comes back. Each claim is made where it is asked for.
func (p *protocol) liveness() []model.Property[State] {
	switch p.Bug {
	case "hope-to-arrive":
		return p.leadsTo("EventualMigrationCompletion",
			func(s *State, a *Actor) bool { return a.Phase == Preparing && s.alive(a.Source) && s.alive(a.Target) },
			func(_ *State, a *Actor) bool { return a.Phase == Completed || a.Phase == Failed })
	case "hope-for-owner":
		return p.leadsTo("EventualRecovery",
			func(s *State, a *Actor) bool { return a.Recovering && p.someoneAlive(s) },
			func(_ *State, a *Actor) bool { return !a.Recovering })
	case "hope-for-one":
		return []model.Property[State]{model.Eventually("SomeMigrationCompletes", func(s *State) bool {
			for i := range p.Actors {
				if s.Actors[i].Phase == Completed {
					return true
				}
			}
			return false
		})}
	case "hope-for-all":
		return p.leadsTo("SomeRecoveryHappens",
			func(_ *State, a *Actor) bool { return a.Recovering },
			func(_ *State, a *Actor) bool { return !a.Recovering })
	}
	return nil
}

// leadsTo claims something of each actor.
func (p *protocol) leadsTo(name string, from, to func(*State, *Actor) bool) []model.Property[State] {
	return []model.Property[State]{
		model.LeadsToEach(name, "actor", p.Actors,
			func(s *State, i int) bool { return from(s, &s.Actors[i]) },
			func(s *State, i int) bool { return to(s, &s.Actors[i]) }),
	}
}

func (p *protocol) someoneAlive(s *State) bool {
	for n := range p.Nodes {
		if s.alive(Node(n)) {
			return true
		}
	}
	return false
}
