// Package twophase models two-phase commit among resource managers that share
// a set of messages: Leslie Lamport's TwoPhase (Gray and Lamport, "Consensus on
// Transaction Commit", ACM TODS 31(1), 2006). With n resource managers it has
// 2^n + 4^n + 6^n states, which makes it the engine's yardstick.
package twophase

import (
	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
)

const maxRMs = 12

// Config sizes the model and seeds bugs into it.
type Config struct {
	RMs  int    `flag:"rms" default:"3" min:"1" max:"12" help:"resource managers"`
	Live bool   `flag:"live" help:"messages arrive in the end: claim that a decision reaches everybody"`
	Bug  string // "" or the name of a seeded bug
}

// RM is where a resource manager stands.
type RM uint8

const (
	Working RM = iota
	Prepared
	Committed
	Aborted
)

func (rm RM) String() string {
	return [...]string{"Working", "Prepared", "Committed", "Aborted"}[rm]
}

// TM is what the transaction manager has decided.
type TM uint8

const (
	Undecided TM = iota
	DecidedCommit
	DecidedAbort
)

func (tm TM) String() string {
	return [...]string{"Undecided", "DecidedCommit", "DecidedAbort"}[tm]
}

// Decision is the message by which the transaction manager tells everybody.
type Decision uint8

const (
	NotSent Decision = iota
	SentCommit
	SentAbort
)

func (d Decision) String() string {
	return [...]string{"NotSent", "SentCommit", "SentAbort"}[d]
}

// State is a global state. Messages are never taken out of the network, so all
// that matters about one is whether it was sent.
type State struct {
	RMs          [maxRMs]RM
	SentPrepared uint16 // who sent Prepared, a bit each
	TMPrepared   uint16 // whose Prepared the transaction manager received, a bit each
	TM           TM
	Decision     Decision
}

type protocol struct {
	Config
	everyone uint16
}

// New returns the model.
func New(c Config) *model.Model[State] {
	c = catalog.Settle(c)
	p := &protocol{c, 1<<c.RMs - 1}
	return &model.Model[State]{
		Name: "twophase",
		Actions: []model.Action[State]{
			{Name: "TMCommit", Do: p.tmCommit},
			{Name: "TMAbort", Do: p.tmAbort},
			{Name: "TMReceivePrepared", Do: p.tmReceivePrepared},
			{Name: "RMPrepare", Do: p.rmPrepare},
			{Name: "RMChooseToAbort", Do: p.rmChooseToAbort},
			{Name: "RMReceiveCommit", Do: p.rmReceiveCommit, Fair: p.arrives("lost-commit")},
			{Name: "RMReceiveAbort", Do: p.rmReceiveAbort, Fair: p.arrives("lost-abort")},
		},
		Properties: append([]model.Property[State]{
			model.Always("Consistent", p.consistent),
			model.Reachable("AllCommit", p.allCommit),
			model.Reachable("AllAbort", p.allAbort),
			model.Reachable("TMGivesUp", func(s *State) bool { return s.Decision == SentAbort }),
			model.Reachable("ChoosesToAbort", func(s *State) bool { return s.TM == Undecided && p.some(s, Aborted) }),
			model.Reachable("PreparedAndAborted", p.preparedAndAborted),
		}, p.liveness()...),
		Terminal: p.decided,
	}
}

// decided: a resource manager that has decided has nothing left to do, and the
// transaction manager waits for those that have not.
func (p *protocol) decided(s *State) bool {
	for _, rm := range s.RMs[:p.RMs] {
		if rm != Committed && rm != Aborted {
			return false
		}
	}
	return true
}

// tmCommit: everyone is prepared.
func (p *protocol) tmCommit(s *State, _ *model.Choice) bool {
	if s.TM != Undecided || s.TMPrepared != p.everyone && p.Bug != "commit-early" {
		return false
	}
	s.TM, s.Decision = DecidedCommit, SentCommit
	return true
}

// tmAbort: the transaction manager may give up at any time before it decides.
func (p *protocol) tmAbort(s *State, _ *model.Choice) bool {
	if s.TM != Undecided {
		return false
	}
	s.TM, s.Decision = DecidedAbort, SentAbort
	return true
}

func (p *protocol) tmReceivePrepared(s *State, c *model.Choice) bool {
	if s.TM != Undecided {
		return false // before asking: once, not for every resource manager
	}
	rm := c.Int("rm", p.RMs)
	if s.SentPrepared&(1<<rm) == 0 {
		return false
	}
	s.TMPrepared |= 1 << rm
	return true
}

func (p *protocol) rmPrepare(s *State, c *model.Choice) bool {
	rm := c.Int("rm", p.RMs)
	if s.RMs[rm] != Working {
		return false
	}
	s.RMs[rm] = Prepared
	s.SentPrepared |= 1 << rm
	return true
}

// rmChooseToAbort: only before it has promised to commit.
func (p *protocol) rmChooseToAbort(s *State, c *model.Choice) bool {
	rm := c.Int("rm", p.RMs)
	if s.RMs[rm] != Working && (s.RMs[rm] != Prepared || p.Bug != "break-promise") {
		return false
	}
	s.RMs[rm] = Aborted
	return true
}

func (p *protocol) rmReceiveCommit(s *State, c *model.Choice) bool {
	if s.Decision != SentCommit {
		return false
	}
	rm := c.Int("rm", p.RMs)
	s.RMs[rm] = Committed
	return true
}

func (p *protocol) rmReceiveAbort(s *State, c *model.Choice) bool {
	if s.Decision != SentAbort {
		return false
	}
	rm := c.Int("rm", p.RMs)
	s.RMs[rm] = Aborted
	return true
}

// consistent: no two resource managers decide differently.
func (p *protocol) consistent(s *State) bool {
	return !p.some(s, Committed) || !p.some(s, Aborted)
}

func (p *protocol) allCommit(s *State) bool { return p.all(s, Committed) }

func (p *protocol) allAbort(s *State) bool { return p.all(s, Aborted) }

// preparedAndAborted: who has promised to commit was told to abort.
func (p *protocol) preparedAndAborted(s *State) bool {
	for rm := range p.RMs {
		if s.RMs[rm] == Aborted && s.SentPrepared&(1<<rm) != 0 {
			return true
		}
	}
	return false
}

func (p *protocol) some(s *State, want RM) bool {
	for _, rm := range s.RMs[:p.RMs] {
		if rm == want {
			return true
		}
	}
	return false
}

func (p *protocol) all(s *State, want RM) bool {
	for _, rm := range s.RMs[:p.RMs] {
		if rm != want {
			return false
		}
	}
	return true
}
