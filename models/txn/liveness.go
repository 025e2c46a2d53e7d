package txn

import "github.com/muster-mc/muster/model"

// liveness is what is claimed of whole runs. It rests on every transaction that
// can commit doing so, or aborting. EventualCommit is a claim of the original
// that it does not list, for an abort is always possible; it is made where it is
// asked for.
func (p *protocol) liveness() []model.Property[State] {
	running := func(s *State, t int) bool { return s.Transactions[t].Status == Running }
	list := []model.Property[State]{
		model.LeadsToEach("EventualTermination", "transaction", p.Transactions, running,
			func(s *State, t int) bool {
				return s.Transactions[t].Status == Committed || s.Transactions[t].Status == Aborted
			}),
	}
	if p.Bug == "hope-to-commit" {
		list = append(list, model.LeadsToEach("EventualCommit", "transaction", p.Transactions,
			func(s *State, t int) bool { return running(s, t) && !p.conflicts(s, &s.Transactions[t]) },
			func(s *State, t int) bool { return s.Transactions[t].Status == Committed }))
	}
	return list
}

// fairness is what is owed to the ends of transactions.
func (p *protocol) fairness() model.Fairness {
	if p.Bug == "open-end" {
		return model.Unfair
	}
	return model.WeakEach
}
