// Package batch models a transaction that buffers its operations until it
// commits, in front of a database that takes no more than so many at once. The
// buffer has to know that limit. Then an operation too many is refused while
// its caller can still do something about it; otherwise the buffer grows, and
// the database refuses the whole transaction at the end.
package batch

import (
	"fmt"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
)

// Config sizes the model and seeds bugs into it.
type Config struct {
	Limit int    `flag:"limit" default:"3" min:"1" max:"250" help:"operations that the database takes in one transaction"`
	Bug   string // "" or the name of a seeded bug
}

// Outcome is what became of the transaction.
type Outcome uint8

const (
	Open Outcome = iota
	Full         // an operation was refused; what is buffered can be committed
	Committed
)

func (o Outcome) String() string { return [...]string{"Open", "Full", "Committed"}[o] }

// State is a global state.
type State struct {
	Sets    uint8 // buffered
	Deletes uint8 // buffered
	Outcome Outcome
}

type protocol struct{ Config }

// New returns the model.
func New(c Config) *model.Model[State] {
	p := &protocol{catalog.Settle(c)}
	return &model.Model[State]{
		Name: "storage/batch",
		Actions: []model.Action[State]{
			{Name: "Set", Do: p.set},
			{Name: "Delete", Do: p.delete},
			{Name: "Commit", Do: p.commit},
		},
		Properties: []model.Property[State]{
			model.Always("BufferBounded", p.bufferBounded).Explained(p.howMuch),
			model.Reachable("FullAndCommitted", p.fullAndCommitted),
			model.AlwaysStep("AcceptedIsBuffered", p.acceptedIsBuffered),
		},
		Terminal: func(s *State) bool { return s.Outcome == Committed },
	}
}

func (p *protocol) set(s *State, _ *model.Choice) bool {
	return p.buffer(s, &s.Sets)
}

func (p *protocol) delete(s *State, _ *model.Choice) bool {
	if p.Bug == "drop-deletes" {
		return s.Outcome == Open
	}
	return p.buffer(s, &s.Deletes)
}

// buffer takes one more operation, or refuses it.
func (p *protocol) buffer(s *State, kind *uint8) bool {
	switch {
	case s.Outcome != Open || !p.bufferBounded(s): // that bad need not get worse
		return false
	case p.full(s):
		s.Outcome = Full
	default:
		*kind++
	}
	return true
}

func (p *protocol) full(s *State) bool {
	switch p.Bug {
	case "no-limit":
		return false
	case "count-sets":
		return int(s.Sets) >= p.Limit
	}
	return s.buffered() >= p.Limit
}

func (s *State) buffered() int { return int(s.Sets) + int(s.Deletes) }

func (p *protocol) commit(s *State, _ *model.Choice) bool {
	if s.Outcome == Committed {
		return false
	}
	s.Outcome = Committed
	return true
}

// bufferBounded: what is buffered, the database will take.
func (p *protocol) bufferBounded(s *State) bool { return s.buffered() <= p.Limit }

func (p *protocol) howMuch(s *State) string {
	return fmt.Sprintf("%d operations are buffered, and the database takes %d at once", s.buffered(), p.Limit)
}

// acceptedIsBuffered: an operation that is not refused is in the buffer.
func (p *protocol) acceptedIsBuffered(before, after *State) bool {
	return after.Outcome != Open || after.buffered() == before.buffered()+1
}

func (p *protocol) fullAndCommitted(s *State) bool {
	return s.Outcome == Committed && s.buffered() == p.Limit
}
