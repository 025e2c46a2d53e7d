package httpapi

import "github.com/muster-mc/muster/model"

// liveness is what is claimed of whole runs. It rests on the server working on
// each client's request, and on its coming back after a crash.
func (p *protocol) liveness() []model.Property[State] {
	waits := func(s *State, c int) bool { return s.Clients[c].Request.Kind != NoRequest }
	return []model.Property[State]{
		model.LeadsToEach("EventualResponse", "client", p.Clients, waits,
			func(s *State, c int) bool { return !waits(s, c) }),
		model.LeadsTo("EventualRecovery",
			func(s *State) bool { return s.Crashed },
			func(s *State) bool { return !s.Crashed }),
	}
}

// byClient: what is owed is owed to each client.
var byClient = []string{"client"}

// beginFairness is what is owed to the beginning of work on a request.
func (p *protocol) beginFairness() model.Fairness {
	if p.Bug == "unseen-request" {
		return model.Unfair
	}
	return model.WeakEach
}

func (p *protocol) recoverFairness() model.Fairness {
	if p.Bug == "stay-down" {
		return model.Unfair
	}
	return model.Weak
}
