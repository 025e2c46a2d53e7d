// Package create models a server that creates something for a client: it makes
// it in memory, writes it to disk, and tells the client. The server may crash
// between any two of these steps. What the client was told exists must exist
// from then on.
package create

import (
	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
)

// Config seeds bugs into the model.
type Config struct {
	Bug string // "" or the name of a seeded bug
}

// Phase is how far the server has come with the request.
type Phase uint8

const (
	Asked Phase = iota
	InMemory
	Persisted
	Replied // only with a bug: the reply came before the write
	Done
	Aborted // by a crash or an error; the client was told, or notices
)

func (ph Phase) String() string {
	return [...]string{"Asked", "InMemory", "Persisted", "Replied", "Done", "Aborted"}[ph]
}

// State is a global state.
type State struct {
	Phase  Phase
	Memory bool // it is in the server's memory
	Disk   bool // it is on the disk
	Acked  bool // the client was told that it exists
	Down   bool
}

type protocol struct{ Config }

// New returns the model.
func New(c Config) *model.Model[State] {
	p := &protocol{catalog.Settle(c)}
	return &model.Model[State]{
		Name: "server/create",
		Actions: []model.Action[State]{
			{Name: "Create", Do: p.create},
			{Name: "Persist", Do: p.persist},
			{Name: "PersistFails", Do: p.persistFails, Fault: "loss"},
			{Name: "Reply", Do: p.reply},
			{Name: "Crash", Do: p.crash, Fault: "crash"},
			{Name: "Restart", Do: p.restart},
		},
		Properties: []model.Property[State]{
			model.Always("DurableOnSuccess", p.durableOnSuccess),
			model.Always("FoundWhenUp", p.foundWhenUp),
			model.AlwaysStep("AnswerStands", p.answerStands),
			model.Reachable("SurvivesCrash", p.survivesCrash),
			model.Reachable("KeptUnanswered", p.keptUnanswered),
		},
		Terminal: p.over,
	}
}

func (p *protocol) create(s *State, _ *model.Choice) bool {
	if s.Phase != Asked || s.Down {
		return false
	}
	s.Phase, s.Memory = InMemory, true
	return true
}

func (p *protocol) persist(s *State, _ *model.Choice) bool {
	if !p.persists(s) {
		return false
	}
	s.Phase, s.Disk = p.persisted(), true
	return true
}

// persistFails: the storage reports an error, and so does the server.
func (p *protocol) persistFails(s *State, _ *model.Choice) bool {
	if !p.persists(s) {
		return false
	}
	s.Phase = Aborted
	if p.Bug == "ignore-error" {
		s.Phase = p.persisted()
	}
	return true
}

func (p *protocol) persists(s *State) bool {
	if p.Bug == "reply-first" {
		return s.Phase == Replied
	}
	return s.Phase == InMemory
}

func (p *protocol) persisted() Phase {
	if p.Bug == "reply-first" {
		return Done
	}
	return Persisted
}

func (p *protocol) reply(s *State, _ *model.Choice) bool {
	switch {
	case s.Phase == Persisted:
		s.Phase = Done
	case s.Phase == InMemory && p.Bug == "reply-first":
		s.Phase = Replied
	default:
		return false
	}
	s.Acked = true
	return true
}

// crash: memory is gone, and with it a request that was not answered.
func (p *protocol) crash(s *State, _ *model.Choice) bool {
	if s.Down {
		return false
	}
	s.Down, s.Memory = true, false
	if s.Phase != Done || p.Bug == "abort-all" {
		s.Phase = Aborted
	}
	return true
}

// restart: the server reads its disk.
func (p *protocol) restart(s *State, _ *model.Choice) bool {
	if !s.Down {
		return false
	}
	s.Down, s.Memory = false, s.Disk && p.Bug != "forget-disk"
	return true
}

func (p *protocol) durableOnSuccess(s *State) bool { return !s.Acked || s.Memory || s.Disk }

// foundWhenUp: a server that is up finds what the client was told exists.
func (p *protocol) foundWhenUp(s *State) bool { return !s.Acked || s.Down || s.Memory }

// answerStands: a request that is answered with success is over, and stays so.
func (p *protocol) answerStands(before, after *State) bool {
	answered := after.Acked && !before.Acked
	return (!answered || after.Phase == Done || after.Phase == Replied) && (before.Phase != Done || after.Phase == Done)
}

// keptUnanswered: a server that is up again has something on disk of which its
// client was never told.
func (p *protocol) keptUnanswered(s *State) bool {
	return s.Phase == Aborted && s.Disk && s.Memory && !s.Down
}

func (p *protocol) survivesCrash(s *State) bool { return s.Acked && s.Down && s.Disk }

func (p *protocol) over(s *State) bool { return s.Phase == Done || s.Phase == Aborted }
