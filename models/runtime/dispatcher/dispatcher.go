// Package dispatcher models the task of a runtime that hands requests to actors.
// It may panic. A supervisor starts it again, a limited number of times, and then
// says that the runtime is down: what it says of itself must be true.
package dispatcher

import (
	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/models/internal/rest"
)

// Config sizes the model and seeds bugs into it.
type Config struct {
	Restarts int    `flag:"restarts" default:"2" min:"0" max:"250" help:"how often the supervisor starts the dispatcher again"`
	Bug      string // "" or the name of a seeded bug
}

// Task is the dispatcher's.
type Task uint8

const (
	NotStarted Task = iota
	Alive
	Dead
)

func (t Task) String() string { return [...]string{"NotStarted", "Alive", "Dead"}[t] }

// State is a global state.
type State struct {
	Task      Task
	IsRunning bool  // what the runtime answers when asked
	Restarted uint8 // since it was started
}

type protocol struct{ Config }

// New returns the model.
func New(c Config) *model.Model[State] {
	p := &protocol{catalog.Settle(c)}
	m := &model.Model[State]{
		Name: "runtime/dispatcher",
		Actions: []model.Action[State]{
			{Name: "Start", Do: p.start},
			{Name: "Panic", Do: p.panics, Fault: "crash"},
			{Name: "Restart", Do: p.restart},
			{Name: "GiveUp", Do: p.giveUp},
		},
		AllowDeadlock: true, // HonestIsRunning says which ends are good ones
	}
	m.Properties = []model.Property[State]{
		rest.Always(m, "HonestIsRunning", p.honestIsRunning, "Start"),
		model.Reachable("RunsAgain", p.runsAgain),
		model.Reachable("SaysSo", func(s *State) bool { return s.Task == Dead && !s.IsRunning }),
	}
	return m
}

// start: somebody starts a runtime that is down, for the first time or again.
func (p *protocol) start(s *State, _ *model.Choice) bool {
	if s.IsRunning {
		return false
	}
	*s = State{Task: Alive, IsRunning: true}
	return true
}

func (p *protocol) panics(s *State, _ *model.Choice) bool {
	if s.Task != Alive {
		return false
	}
	s.Task = Dead
	return true
}

func (p *protocol) restart(s *State, _ *model.Choice) bool {
	if s.Task != Dead || !s.IsRunning || int(s.Restarted) == p.Restarts || p.Bug == "start-once" {
		return false
	}
	s.Task = Alive
	s.Restarted++
	return true
}

// giveUp: the runtime is down, and says so. That is what both bugs forget.
func (p *protocol) giveUp(s *State, _ *model.Choice) bool {
	if s.Task != Dead || !s.IsRunning || int(s.Restarted) < p.Restarts || p.Bug != "" {
		return false
	}
	s.IsRunning = false
	return true
}

// honestIsRunning: a runtime that says that it runs has a dispatcher.
func (p *protocol) honestIsRunning(s *State) bool { return s.IsRunning == (s.Task == Alive) }

func (p *protocol) runsAgain(s *State) bool { return s.Task == Alive && s.Restarted > 0 }
