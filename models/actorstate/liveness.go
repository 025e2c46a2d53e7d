package actorstate

import "github.com/muster-mc/muster/model"

// liveness is what is claimed of whole runs. It rests on something happening as
// long as anything can.
func (p *protocol) liveness() []model.Property[State] {
	in := func(phases ...Phase) func(*State) bool {
		return func(s *State) bool {
			for _, phase := range phases {
				if s.Invocation == phase {
					return true
				}
			}
			return false
		}
	}
	return []model.Property[State]{
		model.LeadsTo("EventualCommitOrRollback", in(Running), in(Committed, Aborted)),
		model.Recurs("EventuallyIdle", in(Idle)),
	}
}
