package linearizability

import "github.com/muster-mc/muster/model"

// liveness is what is claimed of whole runs. It rests on every operation that is
// under way taking effect.
func (p *protocol) liveness() []model.Property[State] {
	pending := func(s *State, c int) bool { return s.Pending[c].Kind != NoOperation }
	over := func(s *State, c int) bool { return !pending(s, c) }
	return []model.Property[State]{
		model.LeadsToEach("EventualCompletion", "client", p.Clients, pending, over),
		model.Temporal("EventualClaim", model.ForAll("client", p.Clients, p.claimsEnd)),
	}
}

// claimsEnd: a claim by this client, of any actor, while this one has no owner,
// is answered.
func (p *protocol) claimsEnd(c int) model.Formula[State] {
	return model.ForAll("actor", p.Actors, func(a int) model.Formula[State] {
		return model.Globally(model.IfThen(
			model.Holds(func(s *State) bool { return s.Pending[c].Kind == Claim && s.Owners[a].Node == Nobody }),
			model.Finally(model.Holds(func(s *State) bool { return s.Pending[c].Kind == NoOperation })),
		))
	})
}

// readBy: what is owed to reads is owed to each client, wherever they go.
func (p *protocol) readBy() []string {
	if p.Bug == "lost-read" {
		return nil
	}
	return []string{"client"}
}

// fairness is what is owed to an operation, unless this bug forgets about it.
func (p *protocol) fairness(bug string) model.Fairness {
	if p.Bug == bug {
		return model.Unfair
	}
	return model.WeakEach
}
