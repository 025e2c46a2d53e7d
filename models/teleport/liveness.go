package teleport

import "github.com/muster-mc/muster/model"

// liveness is what is claimed of whole runs. It rests on every restore coming to
// an end, one way or the other.
func (p *protocol) liveness() []model.Property[State] {
	return []model.Property[State]{
		model.LeadsTo("EventualRestore", p.someFits,
			func(s *State) bool { return s.Restoring == 0 && !s.Partial }),
	}
}

// someFits: there is a snapshot that fits the host.
func (p *protocol) someFits(s *State) bool {
	for i := range s.Snapshots[:p.Snapshots] {
		if sn := &s.Snapshots[i]; sn.Kind != NotTaken && archFits(sn, s.Host) && versionFits(sn, s.Host) {
			return true
		}
	}
	return false
}

// fairness is what is owed to the ends of a restore.
func (p *protocol) fairness() model.Fairness {
	if p.Bug == "hung-restore" {
		return model.Unfair
	}
	return model.Weak
}
