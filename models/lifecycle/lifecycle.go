// Package lifecycle models the life of one virtual actor: it is activated on
// the first call, works off a mailbox of bounded size, and is deactivated once
// it has been idle for long enough.
//
// The protocol promises that an actor which is not active has no messages
// waiting, that none arrive while it is being deactivated, that it gets its full
// idle time, and that no message is lost on the way out.
package lifecycle

import (
	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
)

// Config sizes the model and seeds bugs into it.
type Config struct {
	MaxPending  int    `flag:"max-pending" default:"2" min:"1" max:"1000000000" help:"messages that the mailbox holds"`
	IdleTimeout int    `flag:"idle-timeout" default:"3" min:"0" max:"1000000000" help:"ticks without work before deactivation; with 0 an actor may go at any moment"`
	Bug         string // "" or the name of a seeded bug
}

// Phase is where the actor stands.
type Phase uint8

const (
	Inactive Phase = iota
	Activating
	Active
	Deactivating
)

func (p Phase) String() string {
	return [...]string{"Inactive", "Activating", "Active", "Deactivating"}[p]
}

// State is a global state. The zero value is the initial one.
type State struct {
	Phase   Phase
	Pending uint32 // messages in the mailbox
	Idle    uint32 // ticks since the last sign of life, up to one more than the timeout
}

type protocol struct {
	Config
	maxPending, timeout uint32
}

// New returns the model.
func New(c Config) *model.Model[State] {
	c = catalog.Settle(c)
	p := &protocol{c, uint32(c.MaxPending), uint32(c.IdleTimeout)}
	return &model.Model[State]{
		Name: "lifecycle",
		Actions: []model.Action[State]{
			{Name: "StartActivation", Do: p.startActivation},
			{Name: "CompleteActivation", Do: p.completeActivation, Fair: p.activationFairness()},
			{Name: "EnqueueMessage", Do: p.enqueue},
			{Name: "ProcessMessage", Do: p.process, Fair: model.Weak},
			{Name: "DrainMessage", Do: p.drain, Fair: model.Weak},
			{Name: "Tick", Do: p.tick, Fair: model.Weak},
			{Name: "StartDeactivation", Do: p.startDeactivation, Fair: model.Strong},
			{Name: "CompleteDeactivation", Do: p.completeDeactivation, Fair: model.Weak},
		},
		Properties: append([]model.Property[State]{
			model.Always("TypeOK", p.typeOK),
			model.Always("NoResurrection", p.noResurrection),
			model.Always("LifecycleOrdering", p.lifecycleOrdering),
			model.ImpliesStep("NoNewInvokesWhileDeactivating", deactivating, noNewInvokes),
			model.Always("GracefulDeactivation", p.graceful),
			model.Always("IdleTimeoutRespected", p.idleTimeoutRespected),
			model.ImpliesStep("NothingDropped", changesPhase, nothingDropped),
			model.Reachable("MailboxFull", p.mailboxFull),
			model.Reachable("GoesAway", p.goesAway),
		}, p.liveness()...),
	}
}

// Reasons that several steps have in common.
const (
	isActive       = "the actor is active"
	isDeactivating = "the actor is deactivating"
	isPending      = "a message is pending"
	isEmpty        = "no message is pending"
)

func (p *protocol) startActivation(s *State, c *model.Choice) bool {
	if !c.Reason("the actor is inactive", s.Phase == Inactive) {
		return false
	}
	s.Phase, s.Idle = Activating, 0
	return true
}

func (p *protocol) completeActivation(s *State, c *model.Choice) bool {
	if !c.Reason("the actor is activating", s.Phase == Activating) {
		return false
	}
	s.Phase, s.Idle = Active, 0
	return true
}

// enqueue: a call arrives. Callers wait until the actor is active.
func (p *protocol) enqueue(s *State, c *model.Choice) bool {
	if !c.Reason("the actor accepts messages", p.accepts(s.Phase)) || !c.Reason("the mailbox has room", p.hasRoom(s.Pending)) {
		return false
	}
	s.Pending++
	s.Idle = 0
	return true
}

func (p *protocol) accepts(phase Phase) bool {
	switch p.Bug {
	case "invoke-any-state", "invoke-and-deactivate":
		return true
	case "invoke-activating":
		return phase == Active || phase == Activating
	case "invoke-deactivating":
		return phase == Active || phase == Deactivating
	}
	return phase == Active
}

func (p *protocol) hasRoom(pending uint32) bool {
	if p.Bug == "one-too-many" {
		return pending <= p.maxPending
	}
	return pending < p.maxPending
}

// process: whatever the phase, a message that is there is worked off.
func (p *protocol) process(s *State, c *model.Choice) bool {
	if !c.Reason(isPending, s.Pending != 0) {
		return false
	}
	s.Pending--
	s.Idle = 0
	return true
}

// drain works off a late message without a sign of life. Without a bug there
// never is one.
func (p *protocol) drain(s *State, c *model.Choice) bool {
	if !c.Reason(isDeactivating, s.Phase == Deactivating) || !c.Reason(isPending, s.Pending != 0) {
		return false
	}
	s.Pending--
	return true
}

// tick: an idle actor grows older. One tick beyond the timeout all ages are
// alike.
func (p *protocol) tick(s *State, c *model.Choice) bool {
	if !c.Reason(isActive, s.Phase == Active) || !c.Reason(isEmpty, s.Pending == 0) || !c.Reason("the timeout is not over", s.Idle <= p.timeout) {
		return false
	}
	s.Idle++
	return true
}

func (p *protocol) startDeactivation(s *State, c *model.Choice) bool {
	if !c.Reason(isActive, s.Phase == Active) || !c.Reason("the actor was idle for the timeout", s.Idle >= p.timeout || p.Bug == "impatient") {
		return false
	}
	if !c.Reason(isEmpty, s.Pending == 0 || p.ignoresMailbox() || p.Bug == "discard-mailbox") {
		return false
	}
	s.Phase = Deactivating
	if p.Bug == "discard-mailbox" {
		s.Pending = 0
	}
	return true
}

func (p *protocol) completeDeactivation(s *State, c *model.Choice) bool {
	if !c.Reason(isDeactivating, s.Phase == Deactivating) || !c.Reason(isEmpty, s.Pending == 0 || p.ignoresMailbox()) {
		return false
	}
	*s = State{Phase: Inactive}
	return true
}

// ignoresMailbox: deactivation does not look whether messages wait.
func (p *protocol) ignoresMailbox() bool {
	return p.Bug == "deactivate-pending" || p.Bug == "invoke-and-deactivate"
}

func (p *protocol) typeOK(s *State) bool {
	return s.Phase <= Deactivating && s.Pending <= p.maxPending && s.Idle <= p.timeout+1
}

// noResurrection: nothing waits for an actor that is gone.
func (p *protocol) noResurrection(s *State) bool { return s.Phase != Inactive || s.Pending == 0 }

// lifecycleOrdering: messages wait only between activation and deactivation.
func (p *protocol) lifecycleOrdering(s *State) bool {
	return s.Pending == 0 || s.Phase == Active || s.Phase == Deactivating
}

// deactivating and noNewInvokes: no call gets in once the actor is on its way out.
func deactivating(before, _ *State) bool { return before.Phase == Deactivating }

func noNewInvokes(before, after *State) bool { return after.Pending <= before.Pending }

// graceful: nothing waits while the actor is being deactivated.
func (p *protocol) graceful(s *State) bool { return s.Phase != Deactivating || s.Pending == 0 }

// idleTimeoutRespected: an actor on its way out has had its full idle time, and
// nothing has happened since.
func (p *protocol) idleTimeoutRespected(s *State) bool {
	return s.Phase != Deactivating || s.Idle >= p.timeout
}

// changesPhase and nothingDropped: messages arrive and are worked off; a change of
// phase does neither.
func changesPhase(before, after *State) bool { return before.Phase != after.Phase }

func nothingDropped(before, after *State) bool { return before.Pending == after.Pending }

func (p *protocol) mailboxFull(s *State) bool { return s.Pending == p.maxPending }

func (p *protocol) goesAway(s *State) bool { return s.Phase == Deactivating }
