// Package twophase models two-phase commit among resource managers that share
// a set of messages: Leslie Lamport's TwoPhase (Gray and Lamport, "Consensus on
// Transaction Commit", ACM TODS 31(1), 2006). With n resource managers it has
// 2^n + 4^n + 6^n states, which makes it the engine's yardstick.
package twophase

import (
	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
)

// Config sizes the model and seeds bugs into it.
type Config struct {
	RMs  int    `flag:"rms" default:"3" min:"1" max:"16" help:"resource managers"`
	Live bool   `flag:"live" help:"messages arrive in the end: claim that a decision reaches everybody"`
	Bug  string // "" or the name of a seeded bug
}

type protocol struct {
	Config
	everyone RMSet
}

// New returns the model.
func New(c Config) *model.Model[State] {
	c = catalog.Settle(c)
	p := &protocol{c, 1<<c.RMs - 1}
	return &model.Model[State]{
		Name:    "twophase",
		Actions: append(p.ofTM(), p.ofRMs()...),
		Properties: append([]model.Property[State]{
			model.Always("Consistent", p.consistent),
			model.Reachable("AllCommit", p.allCommit),
			model.Reachable("AllAbort", p.allAbort),
			model.Reachable("TMGivesUp", func(s *State) bool { return s.Decision == SentAbort }),
			model.Reachable("ChoosesToAbort", func(s *State) bool { return s.TM == Undecided && s.Aborted != 0 }),
			model.Reachable("PreparedAndAborted", p.preparedAndAborted),
		}, p.liveness()...),
		Terminal: p.decided,
		Picture:  p.picture,
		Symmetry: []model.Symmetry{model.Scalars[RM](c.RMs).Bits(RMSet(0))},
	}
}

// undecided is who is working or prepared.
func (p *protocol) undecided(s *State) RMSet { return p.everyone &^ (s.Committed | s.Aborted) }

// decided: a resource manager that has decided has nothing left to do, and the
// transaction manager waits for those that have not.
func (p *protocol) decided(s *State) bool { return s.Committed|s.Aborted == p.everyone }

// open is the guard of all that the transaction manager does.
const open = "the manager has not decided"

// ofTM are the transaction manager's actions. All actions are function literals: a
// method that is used as a function value costs a call more each time.
func (p *protocol) ofTM() []model.Action[State] {
	return []model.Action[State]{
		// Everyone is prepared.
		{Name: "TMCommit", Do: func(s *State, c *model.Choice) bool {
			if !c.Reason(open, s.TM == Undecided) ||
				!c.Reason("the manager has heard that everyone is prepared", s.TMPrepared == p.everyone || p.Bug == "commit-early") {
				return false
			}
			s.TM, s.Decision = DecidedCommit, SentCommit
			return true
		}},
		// It may give up at any time before it decides.
		{Name: "TMAbort", Do: func(s *State, c *model.Choice) bool {
			if !c.Reason(open, s.TM == Undecided) {
				return false
			}
			s.TM, s.Decision = DecidedAbort, SentAbort
			return true
		}},
		{Name: "TMReceivePrepared", Do: func(s *State, c *model.Choice) bool {
			if !c.Reason(open, s.TM == Undecided) {
				return false
			}
			s.TMPrepared |= only(model.Member(c, "rm", s.SentPrepared))
			return true
		}},
	}
}

// ofRMs are the resource managers' actions.
func (p *protocol) ofRMs() []model.Action[State] {
	return []model.Action[State]{
		{Name: "RMPrepare", Do: func(s *State, c *model.Choice) bool {
			s.SentPrepared |= only(model.Member(c, "rm", p.undecided(s)&^s.SentPrepared))
			return true
		}},
		// Only before it has promised to commit.
		{Name: "RMChooseToAbort", Do: func(s *State, c *model.Choice) bool {
			who := p.undecided(s)
			if p.Bug != "break-promise" {
				who &^= s.SentPrepared
			}
			s.abort(model.Member(c, "rm", who))
			return true
		}},
		{Name: "RMReceiveCommit", Fair: p.arrives("lost-commit"), Do: func(s *State, c *model.Choice) bool {
			if !c.Reason("the decision to commit is on its way", s.Decision == SentCommit) {
				return false
			}
			s.commit(c.Int("rm", p.RMs))
			return true
		}},
		{Name: "RMReceiveAbort", Fair: p.arrives("lost-abort"), Do: func(s *State, c *model.Choice) bool {
			if !c.Reason("the decision to abort is on its way", s.Decision == SentAbort) {
				return false
			}
			s.abort(c.Int("rm", p.RMs))
			return true
		}},
	}
}

// consistent: no two resource managers decide differently.
func (p *protocol) consistent(s *State) bool { return s.Committed == 0 || s.Aborted == 0 }

func (p *protocol) allCommit(s *State) bool { return s.Committed == p.everyone }

func (p *protocol) allAbort(s *State) bool { return s.Aborted == p.everyone }

// preparedAndAborted: who has promised to commit was told to abort.
func (p *protocol) preparedAndAborted(s *State) bool { return s.Aborted&s.SentPrepared != 0 }
