package agent

import "github.com/muster-mc/muster/model"

// liveness is what is claimed of whole runs. It rests on each node finishing
// what it has begun and going on with its work, and on its coming back after a
// crash.
func (p *protocol) liveness() []model.Property[State] {
	return []model.Property[State]{
		model.LeadsToEach("EventualCompletion", "node", p.Nodes, behind, notBehind),
		model.LeadsToEach("EventualCrashRecovery", "node", p.Nodes,
			func(s *State, n int) bool { return s.Nodes[n].Crashed },
			func(s *State, n int) bool { return !s.Nodes[n].Crashed }),
		model.LeadsTo("EventualCheckpoint",
			func(s *State) bool { return s.Iterations > 0 },
			func(s *State) bool { return s.Checkpoint.Iteration == s.Iterations }),
	}
}

// behind: the node runs the agent, and there are messages for it.
func behind(s *State, n int) bool {
	return s.Nodes[n].Phase == Running && s.Nodes[n].Message < s.Queued
}

func notBehind(s *State, n int) bool { return !behind(s, n) }

// fairness is weak for each node, unless this bug forgets about it.
func (p *protocol) fairness(bug string) model.Fairness {
	if p.Bug == bug {
		return model.Unfair
	}
	return model.WeakEach
}
