package invocation

import "github.com/muster-mc/muster/model"

// liveness is what the original claims of whole runs and does not list. It is
// not true: that something happens as long as anything can leaves it open what,
// and agents that nobody calls can come and go for ever. Each claim is made where
// it is asked for.
func (p *protocol) liveness() []model.Property[State] {
	switch p.Bug {
	case "hope-for-answers":
		return []model.Property[State]{model.LeadsTo("CallsEventuallyComplete",
			func(s *State) bool { return s.Calls.Len() > 0 },
			func(s *State) bool { return s.Calls.Len() == 0 })}
	case "hope-to-resume":
		return []model.Property[State]{model.LeadsToEach("WaitingAgentsResume", "agent", p.Agents,
			func(s *State, a int) bool { return s.Agents[a].Phase == WaitingForCall },
			func(s *State, a int) bool { return s.Agents[a].Phase != WaitingForCall })}
	}
	return nil
}
