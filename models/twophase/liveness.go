package twophase

import "github.com/muster-mc/muster/model"

// liveness is what is claimed where messages arrive in the end. That there is a
// decision is not: whoever has promised waits for the transaction manager.
func (p *protocol) liveness() []model.Property[State] {
	if !p.Live {
		return nil
	}
	decided := func(tm TM) func(*State) bool { return func(s *State) bool { return s.TM == tm } }
	return []model.Property[State]{
		model.LeadsTo("CommitReachesAll", decided(DecidedCommit), p.allCommit),
		model.LeadsTo("AbortReachesAll", decided(DecidedAbort), p.allAbort),
	}
}

// arrives is what is owed to the receipt of a decision: as long as it changes
// somebody, it takes place again. With one of the bugs it need not.
func (p *protocol) arrives(unless string) model.Fairness {
	if !p.Live || p.Bug == unless {
		return model.Unfair
	}
	return model.Weak
}
