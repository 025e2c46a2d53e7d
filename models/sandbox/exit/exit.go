// Package exit models a process that ends on its own, and the record that its
// host keeps of it. Somebody has to wait for the process, or the record says for
// ever that it runs. To kill a process that has ended already does no harm.
package exit

import (
	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/models/internal/rest"
)

// Config seeds bugs into the model.
type Config struct {
	Bug string // "" or the name of a seeded bug
}

// Process is what is true.
type Process uint8

const (
	Alive  Process = iota
	Zombie         // it has ended, and nobody has asked how
	Gone
)

func (pr Process) String() string { return [...]string{"Alive", "Zombie", "Gone"}[pr] }

// State is a global state. It starts with a process that runs.
type State struct {
	Process  Process
	Stopped  bool // as the host has recorded it
	Stopping bool // the host has killed the process, and not recorded it yet
}

type protocol struct{ Config }

// New returns the model.
func New(c Config) *model.Model[State] {
	p := &protocol{catalog.Settle(c)}
	m := &model.Model[State]{
		Name: "sandbox/exit",
		Actions: []model.Action[State]{
			{Name: "Exit", Do: p.exit, Fault: "crash"},
			{Name: "Reap", Do: p.reap},
			{Name: "Kill", Do: p.kill},
			{Name: "RecordStop", Do: p.recordStop},
			{Name: "Start", Do: p.start},
		},
	}
	m.Properties = []model.Property[State]{
		rest.Always(m, "StateAgreement", p.stateAgreement, "Kill", "Start"),
		model.Always("StoppedIsOver", p.stoppedIsOver),
		model.Reachable("ExitRecorded", p.exitRecorded),
		model.Reachable("KilledInTime", func(s *State) bool { return s.Stopping }),
	}
	return m
}

func (p *protocol) exit(s *State, _ *model.Choice) bool {
	if s.Process != Alive {
		return false
	}
	s.Process = Zombie
	return true
}

// reap: a task waits for the process, and updates the record.
func (p *protocol) reap(s *State, _ *model.Choice) bool {
	if s.Process != Zombie || p.Bug == "never-reap" {
		return false
	}
	if p.Bug != "record-only" {
		s.Process = Gone
	}
	if p.Bug != "reap-only" {
		s.Stopped = true
	}
	return true
}

// kill: the first half of a stop. Whether there was anything left to kill does
// not matter.
func (p *protocol) kill(s *State, _ *model.Choice) bool {
	if s.Stopped || s.Stopping {
		return false
	}
	s.Process, s.Stopping = Gone, true
	return true
}

func (p *protocol) recordStop(s *State, _ *model.Choice) bool {
	if !s.Stopping {
		return false
	}
	s.Stopped, s.Stopping = true, false
	return true
}

func (p *protocol) start(s *State, _ *model.Choice) bool {
	if !s.Stopped || s.Stopping {
		return false
	}
	*s = State{}
	return true
}

// stateAgreement: what is recorded as running is alive.
func (p *protocol) stateAgreement(s *State) bool { return s.Stopped == (s.Process != Alive) }

// stoppedIsOver: when a process is recorded as stopped nothing is left of it, and
// nobody is about to record it once more.
func (p *protocol) stoppedIsOver(s *State) bool {
	return !s.Stopped || s.Process == Gone && !s.Stopping
}

// exitRecorded: nobody has stopped the process, and the record is right.
func (p *protocol) exitRecorded(s *State) bool { return s.Stopped && s.Process == Gone }
