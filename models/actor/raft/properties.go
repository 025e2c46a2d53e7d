package raft

import "github.com/muster-mc/muster/model"

func (p *protocol) properties() []model.Property[State] {
	return []model.Property[State]{
		model.Always("ElectionSafety", p.electionSafety),
		model.Always("StateMachineSafety", p.stateMachineSafety),
		model.Reachable("ALeaderIsElected", p.some(func(a *Server) bool { return a.Role == Leader })),
		model.Reachable("AnEntryIsCommitted", p.some(func(a *Server) bool { return a.Commit > 0 })),
	}
}

// electionSafety: no two leaders in one term.
func (p *protocol) electionSafety(s *State) bool {
	return p.pairs(s, func(a, b *Server) bool { return a.Role != Leader || b.Role != Leader || a.Term != b.Term })
}

// stateMachineSafety: what two servers have delivered is the same as far as both have delivered.
func (p *protocol) stateMachineSafety(s *State) bool {
	return p.pairs(s, func(a, b *Server) bool {
		for i := range min(a.Delivered.Len(), b.Delivered.Len()) {
			if a.Delivered.At(i) != b.Delivered.At(i) {
				return false
			}
		}
		return true
	})
}

// pairs reports whether a claim is true of every two servers.
func (p *protocol) pairs(s *State, claim func(a, b *Server) bool) bool {
	for i := range p.Servers {
		for k := range i {
			if !claim(&s.Servers[i], &s.Servers[k]) {
				return false
			}
		}
	}
	return true
}

func (p *protocol) some(claim func(a *Server) bool) func(s *State) bool {
	return func(s *State) bool {
		for i := range p.Servers {
			if claim(&s.Servers[i]) {
				return true
			}
		}
		return false
	}
}

// hasRoom: no log or buffer is full, which takes more than twenty steps.
func (p *protocol) hasRoom(s *State) bool {
	return !p.some(func(a *Server) bool { return a.Log.Full() || a.Buffer.Full() })(s)
}
