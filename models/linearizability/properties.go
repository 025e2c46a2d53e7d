package linearizability

import "fmt"

// typeOK: everything is in range, only a read's answer names an owner, and a read
// never fails.
func (p *protocol) typeOK(s *State) bool {
	for _, o := range s.Owners[:p.Actors] {
		if int(o.Node) > p.Nodes || int(o.Client) > p.Clients {
			return false
		}
	}
	for _, op := range s.Pending[:p.Clients] {
		if op.Kind != NoOperation && !p.operationOK(s, op) {
			return false
		}
	}
	for _, r := range s.history() {
		known := r.Kind != NoOperation && p.operationOK(s, r.Operation) && r.Client != NoClient
		if !known || r.Kind == Read && !r.OK || int(r.Client) > p.Clients || int(r.Owner) > p.Nodes || r.Owner != Nobody && r.Kind != Read {
			return false
		}
	}
	return int(s.Answered) <= p.MaxHistory+1 && s.Version <= s.Answered
}

func (p *protocol) operationOK(s *State, op Operation) bool {
	return op.Kind <= Dispatch && op.Actor != NoActor && int(op.Actor) <= p.Actors && op.ID < s.Asked
}

// readYourWrites: a client whose claim succeeded finds an owner until somebody
// releases the actor.
func (p *protocol) readYourWrites(s *State) bool {
	return !forgets(s.history(), func(r Record) bool { return r.Kind == Claim && r.OK })
}

// monotonicReads: a client that found an owner finds one until somebody
// releases the actor.
func (p *protocol) monotonicReads(s *State) bool {
	return !forgets(s.history(), func(r Record) bool { return r.Kind == Read && r.Owner != Nobody })
}

// forgets: some read found nobody, although the same client knew of an owner
// from an earlier record, and nobody has released the actor in between.
func forgets(history []Record, knew func(Record) bool) bool {
	for i, read := range history {
		if read.Kind != Read || read.Owner != Nobody {
			continue
		}
		for ; i > 0 && !released(history[i-1], read.Actor); i-- {
			earlier := history[i-1]
			if earlier.Client == read.Client && earlier.Actor == read.Actor && knew(earlier) {
				return true
			}
		}
	}
	return false
}

func released(r Record, actor Actor) bool {
	return r.Kind == Release && r.OK && r.Actor == actor
}

// dispatchConsistency: a dispatch succeeds exactly when the last change of its
// actor's ownership before it was a claim.
func (p *protocol) dispatchConsistency(s *State) bool {
	for i, r := range s.history() {
		if r.Kind == Dispatch && r.OK != claimed(s.History[:i], r.Actor) {
			return false
		}
	}
	return true
}

func claimed(history []Record, actor Actor) bool {
	for i := len(history) - 1; i >= 0; i-- {
		if r := history[i]; r.Actor == actor && r.OK && (r.Kind == Claim || r.Kind == Release) {
			return r.Kind == Claim
		}
	}
	return false
}

// ownershipConsistency: an actor has a node and a client, or neither.
func (p *protocol) ownershipConsistency(s *State) bool {
	for _, o := range s.Owners[:p.Actors] {
		if (o.Node == Nobody) != (o.Client == NoClient) {
			return false
		}
	}
	return true
}

// answeredOnce: an operation that was called is pending or answered, and is
// answered once.
func (p *protocol) answeredOnce(s *State) bool {
	n := s.Answered
	for _, op := range s.Pending[:p.Clients] {
		if op.Kind != NoOperation {
			n++
		}
	}
	return n == s.Asked
}

// sequentialPerActor: every answer is the one that a directory gives which
// serves the recorded operations one after the other. The original's property
// of this name is the constant true.
func (p *protocol) sequentialPerActor(s *State) bool { return p.illegal(s) < 0 }

func (p *protocol) firstIllegal(s *State) string {
	i := p.illegal(s)
	r := s.History[i]
	return fmt.Sprintf("answer %d, to a %v by %v, is none that a sequential directory gives", i, r.Kind, r.Client)
}

// illegal is the first record with a wrong answer, -1 if there is none.
func (p *protocol) illegal(s *State) int {
	var directory [maxActors]Owner
	for i, r := range s.history() {
		if !step(&directory[r.Actor.index()], r) {
			return i
		}
	}
	return -1
}

// step takes a sequential directory through a recorded operation, and reports
// whether it gives the recorded answer. A history does not say which node a
// claim was for: the first read tells, and later ones must agree.
func step(owner *Owner, r Record) bool {
	held := owner.Client != NoClient
	switch r.Kind {
	case Claim:
		if r.OK {
			*owner = Owner{Client: r.Client}
		}
		return r.OK == !held
	case Release:
		mine := owner.Client == r.Client
		if r.OK {
			*owner = Owner{}
		}
		return r.OK == mine
	case Read:
		learnt := owner.Node
		owner.Node = r.Owner
		return (r.Owner != Nobody) == held && (learnt == Nobody || learnt == r.Owner)
	}
	return r.OK == held // Dispatch
}

// ownerIsRead: some read finds an owner.
func (p *protocol) ownerIsRead(s *State) bool {
	for _, r := range s.history() {
		if r.Owner != Nobody {
			return true
		}
	}
	return false
}

// numberedApart: no two operations have the same number.
func (p *protocol) numberedApart(s *State) bool {
	var seen [maxOperations + 1]bool
	apart := func(op Operation) bool {
		again := seen[op.ID]
		seen[op.ID] = true
		return !again
	}
	for _, op := range s.Pending[:p.Clients] {
		if op.Kind != NoOperation && !apart(op) {
			return false
		}
	}
	for _, r := range s.history() {
		if !apart(r.Operation) {
			return false
		}
	}
	return true
}

// changesAreCounted: the version counts every change of an owner, and no other
// step.
func (p *protocol) changesAreCounted(before, after *State) bool {
	return (before.Owners != after.Owners) == (before.Version != after.Version)
}
