package wal

import (
	"slices"

	"github.com/muster-mc/muster/model"
)

// liveness is what is claimed of whole runs. It rests on the server working off
// what is pending and recovering after a crash. With a cache crashes hit recovery
// too, again and again if they like, so that nothing is claimed then but that the
// server gets up.
func (p *protocol) liveness() []model.Property[State] {
	pending := func(s *State) bool { return slices.ContainsFunc(s.entries(), Record.undecided) }
	of := func(s *State, client int) bool {
		return slices.ContainsFunc(s.entries(), func(r Record) bool { return r.Client == clientID(client) && r.undecided() })
	}
	down := func(s *State) bool { return s.Mode == Down }
	progress := model.LeadsTo("ProgressUnderCrash", down, func(s *State) bool { return !down(s) })
	if p.Cache {
		return []model.Property[State]{progress}
	}
	return []model.Property[State]{
		model.LeadsTo("EventualRecovery", down, func(s *State) bool { return s.Mode == Up && !pending(s) }),
		model.LeadsTo("EventualCompletion", pending, func(s *State) bool { return !pending(s) }),
		model.LeadsToEach("NoStarvation", "client", p.Clients, of, func(s *State, c int) bool { return !of(s, c) }),
		progress,
	}
}

// fairness is weak, for all entries together, unless this bug forgets about it.
func (p *protocol) fairness(bug string) model.Fairness {
	if p.Bug == bug {
		return model.Unfair
	}
	return model.Weak
}
