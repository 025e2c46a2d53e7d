// Package update models transactions that read a value and write back what they
// make of it: here, a counter that each of them adds one to. Two of them may
// read the same value. Then only one of the two may commit, and the other must
// start again; otherwise an update is lost, although both were told that they
// have committed. So the store has to know what a transaction has read.
package update

import (
	"fmt"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
)

const maxTransactions = 4

// Config sizes the model and seeds bugs into it.
type Config struct {
	Transactions int    `flag:"transactions" default:"2" min:"2" max:"4" help:"transactions, each of which commits once"`
	Bug          string // "" or the name of a seeded bug
}

// Phase is how far a transaction has come.
type Phase uint8

const (
	Idle Phase = iota
	HasRead
	Committed
)

func (ph Phase) String() string { return [...]string{"Idle", "HasRead", "Committed"}[ph] }

// TransactionID is a transaction: its place among all.
type TransactionID uint8

// State is a global state. Every commit changes the counter, so that it is a
// version of itself.
type State struct {
	Counter      uint8
	Transactions [maxTransactions]Transaction `muster:"by=TransactionID"`
}

// Transaction is one transaction.
type Transaction struct {
	Phase Phase
	Seen  uint8 // the counter that it read
}

type protocol struct{ Config }

// New returns the model.
func New(c Config) *model.Model[State] {
	p := &protocol{catalog.Settle(c)}
	return &model.Model[State]{
		Name: "storage/update",
		Actions: []model.Action[State]{
			{Name: "Read", Do: p.read},
			{Name: "Commit", Do: p.commit},
		},
		Properties: []model.Property[State]{
			model.Always("NoLostUpdate", p.noLostUpdate).Explained(p.whatIsLost),
			model.Reachable("AllCommitted", p.allCommitted),
		},
		Terminal: p.allCommitted,
		Symmetry: []model.Symmetry{model.Scalars[TransactionID](p.Transactions)},
	}
}

func (p *protocol) read(s *State, c *model.Choice) bool {
	t := &s.Transactions[c.Int("transaction", p.Transactions)]
	if t.Phase != Idle {
		return false
	}
	t.Phase, t.Seen = HasRead, s.Counter
	return true
}

// commit writes back. If what was read has changed, the transaction has failed
// and starts again.
func (p *protocol) commit(s *State, c *model.Choice) bool {
	t := &s.Transactions[c.Int("transaction", p.Transactions)]
	if t.Phase != HasRead {
		return false
	}
	if t.Seen != s.Counter && p.Bug != "blind-write" {
		*t = Transaction{}
		return true
	}
	s.Counter = t.Seen + 1
	*t = Transaction{Phase: Committed}
	return true
}

// noLostUpdate: the counter has counted every transaction that has committed.
func (p *protocol) noLostUpdate(s *State) bool { return int(s.Counter) == p.committed(s) }

func (p *protocol) committed(s *State) int {
	count := 0
	for _, t := range s.Transactions[:p.Transactions] {
		if t.Phase == Committed {
			count++
		}
	}
	return count
}

func (p *protocol) allCommitted(s *State) bool { return p.committed(s) == p.Transactions }

func (p *protocol) whatIsLost(s *State) string {
	return fmt.Sprintf("%d transactions have added one and committed, and the counter is %d", p.committed(s), s.Counter)
}
