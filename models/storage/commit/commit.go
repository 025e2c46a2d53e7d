// Package commit models a transaction that writes several keys of a store. It
// keeps them in a buffer, and at commit brings all of them into the store. The
// server may crash at any moment, and the store may fail at any write. All the
// same the store must end up with all of a transaction's writes or with none.
//
// The model also shows how the bug gets past a test. That a commit which
// answered Ok did all its writes is true with the bug as without it. And without
// a crash and a failing write among the actions nothing is wrong at all.
package commit

import (
	"fmt"
	"slices"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
)

const maxKeys = 4

// Config sizes the model and seeds bugs into it.
type Config struct {
	Keys int    `flag:"keys" default:"2" min:"2" max:"4" help:"keys that the transaction writes"`
	Bug  string // "" or the name of a seeded bug
}

// Outcome is what became of the transaction.
type Outcome uint8

const (
	Committing Outcome = iota
	Ok
	Error
	Crashed // the client has no answer
)

func (o Outcome) String() string {
	return [...]string{"Committing", "Ok", "Error", "Crashed"}[o]
}

// Key is a key of the store.
type Key uint8

// State is a global state. It starts as the zero value: the commit has begun,
// and nothing is written.
type State struct {
	Written [maxKeys]bool `muster:"by=Key"` // on disk
	Outcome Outcome
}

type protocol struct{ Config }

// New returns the model.
func New(c Config) *model.Model[State] {
	p := &protocol{catalog.Settle(c)}
	return &model.Model[State]{
		Name: "storage/commit",
		Actions: []model.Action[State]{
			{Name: "Write", Do: p.write},
			{Name: "Answer", Do: p.answer},
			{Name: "Crash", Do: p.crash, Fault: "crash"},
			{Name: "FailWrite", Do: p.failWrite, Fault: "partial-write"},
		},
		Properties: []model.Property[State]{
			model.Always("AtomicCommit", p.atomicCommit).Explained(p.whatIsWritten),
			model.Always("OkMeansWritten", p.okMeansWritten).Explained(p.whatIsWritten),
			model.Reachable("Committed", func(s *State) bool { return s.Outcome == Ok }),
		},
		Terminal: func(s *State) bool { return s.Outcome != Committing },
		Symmetry: []model.Symmetry{model.Scalars[Key](p.Keys)},
	}
}

// write: all of the buffer goes to disk in one step. What makes it one, a lock
// and a journal, is not modelled.
func (p *protocol) write(s *State, c *model.Choice) bool {
	if !p.mayWrite(s) {
		return false
	}
	if p.Bug == "one-by-one" {
		return p.writeOne(s, c)
	}
	for k := range p.Keys {
		s.Written[k] = true
	}
	return true
}

func (p *protocol) writeOne(s *State, c *model.Choice) bool {
	k := c.Int("key", p.Keys)
	if s.Written[k] {
		return false
	}
	s.Written[k] = true
	return true
}

func (p *protocol) mayWrite(s *State) bool {
	underWay := s.Outcome == Committing || s.Outcome == Ok && p.Bug == "answer-first"
	return underWay && !p.allWritten(s)
}

func (p *protocol) answer(s *State, _ *model.Choice) bool {
	if s.Outcome != Committing || !p.allWritten(s) && p.Bug != "answer-first" {
		return false
	}
	s.Outcome = Ok
	return true
}

func (p *protocol) crash(s *State, _ *model.Choice) bool {
	if s.Outcome != Committing {
		return false
	}
	s.Outcome = Crashed
	return true
}

// failWrite: the store refuses, and the transaction is given up where it is.
func (p *protocol) failWrite(s *State, _ *model.Choice) bool {
	if s.Outcome != Committing || p.allWritten(s) {
		return false
	}
	s.Outcome = Error
	return true
}

// atomicCommit looks at the store: once the transaction is over, all that it
// wrote is there, or nothing.
func (p *protocol) atomicCommit(s *State) bool {
	return s.Outcome == Committing || p.allWritten(s) || p.noneWritten(s)
}

// okMeansWritten looks at the answer, as a test does that asserts Ok. It says
// nothing of a commit that fails or never returns.
func (p *protocol) okMeansWritten(s *State) bool {
	return s.Outcome != Ok || p.allWritten(s)
}

func (p *protocol) allWritten(s *State) bool { return !slices.Contains(s.Written[:p.Keys], false) }

func (p *protocol) noneWritten(s *State) bool { return !slices.Contains(s.Written[:p.Keys], true) }

func (p *protocol) whatIsWritten(s *State) string {
	written := 0
	for _, is := range s.Written[:p.Keys] {
		if is {
			written++
		}
	}
	return fmt.Sprintf("the commit has ended with %v, and %d of its %d keys are written", s.Outcome, written, p.Keys)
}
