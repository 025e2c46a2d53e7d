package lifecycle

import "github.com/muster-mc/muster/model"

// liveness is what is claimed of whole runs. EventualActivation rests on an
// activation that was begun being completed. The other two are claims of the
// original that it does not list, for messages can come for ever; they are made
// where it is asked for.
func (p *protocol) liveness() []model.Property[State] {
	list := []model.Property[State]{
		model.LeadsTo("EventualActivation",
			func(s *State) bool { return s.Phase == Activating },
			func(s *State) bool { return s.Phase == Active || s.Phase == Inactive }),
	}
	switch p.Bug {
	case "hope-to-go":
		list = append(list, model.LeadsTo("EventualDeactivation",
			func(s *State) bool { return s.Phase == Active && s.Idle >= p.timeout },
			func(s *State) bool { return s.Phase == Inactive }))
	case "hope-to-rest":
		list = append(list, model.LeadsTo("MessageProgress",
			func(s *State) bool { return s.Pending > 0 },
			func(s *State) bool { return s.Pending == 0 }))
	}
	return list
}

// activationFairness is what is owed to the end of an activation.
func (p *protocol) activationFairness() model.Fairness {
	if p.Bug == "stuck-activation" {
		return model.Unfair
	}
	return model.Weak
}
