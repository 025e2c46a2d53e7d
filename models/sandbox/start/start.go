// Package start models how a host starts a virtual machine: it spawns a process,
// configures it in several calls, and tells it to go. It may be interrupted at
// any of these points, by an error or because nobody waits for it any more. Then
// the process must go, too, and the record must say that nothing was started.
package start

import (
	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
)

// Config sizes the model and seeds bugs into it.
type Config struct {
	Calls int    `flag:"calls" default:"4" min:"1" max:"250" help:"calls that configure the machine"`
	Bug   string // "" or the name of a seeded bug
}

// Recorded is what the host's record says of the machine.
type Recorded uint8

const (
	Stopped Recorded = iota
	Creating
	Running
)

func (r Recorded) String() string { return [...]string{"Stopped", "Creating", "Running"}[r] }

// State is a global state.
type State struct {
	Recorded   Recorded
	Process    bool  // it lives
	Starting   bool  // somebody is at it
	Configured uint8 // how many calls were made
}

type protocol struct{ Config }

// New returns the model.
func New(c Config) *model.Model[State] {
	p := &protocol{catalog.Settle(c)}
	return &model.Model[State]{
		Name: "sandbox/start",
		Actions: []model.Action[State]{
			{Name: "Spawn", Do: p.spawn},
			{Name: "Configure", Do: p.configure},
			{Name: "StartInstance", Do: p.startInstance},
			{Name: "Stop", Do: p.stop},
			{Name: "Cancel", Do: p.cancel, Fault: "cancellation"},
			{Name: "CallFails", Do: p.callFails, Fault: "loss"},
		},
		Properties: []model.Property[State]{
			model.Always("NoPartialConfig", p.noPartialConfig),
			model.Always("StoppedIsClean", p.stoppedIsClean),
			model.Always("RunningIsStarted", p.runningIsStarted),
			model.Reachable("MachineRuns", p.machineRuns),
		},
	}
}

// spawn: only what is stopped can be started.
func (p *protocol) spawn(s *State, _ *model.Choice) bool {
	if s.Recorded != Stopped {
		return false
	}
	*s = State{Recorded: Creating, Process: true, Starting: true}
	return true
}

func (p *protocol) configure(s *State, _ *model.Choice) bool {
	if !s.Starting || int(s.Configured) == p.Calls {
		return false
	}
	s.Configured++
	return true
}

func (p *protocol) startInstance(s *State, _ *model.Choice) bool {
	if !s.Starting || int(s.Configured) < p.Calls {
		return false
	}
	s.Recorded = Running
	s.Starting = p.Bug == "never-done"
	return true
}

// stop: only what runs can be stopped.
func (p *protocol) stop(s *State, _ *model.Choice) bool {
	if s.Recorded != Running {
		return false
	}
	configured := s.Configured
	*s = State{}
	if p.Bug == "keep-settings" {
		s.Configured = configured
	}
	return true
}

// cancel: the caller goes away, and with it the rest of the start. No line of
// code runs any more but a guard's.
func (p *protocol) cancel(s *State, _ *model.Choice) bool {
	if !s.Starting {
		return false
	}
	s.Starting = false
	p.cleanUp(s, p.Bug != "no-guard" && p.Bug != "error-path-only")
	return true
}

// callFails: a call to the machine ends with an error, and so does the start.
func (p *protocol) callFails(s *State, _ *model.Choice) bool {
	if !s.Starting {
		return false
	}
	s.Starting = false
	p.cleanUp(s, p.Bug != "no-guard")
	return true
}

// cleanUp kills the process and resets the record.
func (p *protocol) cleanUp(s *State, guarded bool) {
	if guarded {
		*s = State{}
	}
}

// noPartialConfig: a machine is being started, or it runs, or it is not there.
func (p *protocol) noPartialConfig(s *State) bool {
	return s.Starting || s.Recorded != Creating && s.Process == (s.Recorded == Running)
}

// stoppedIsClean: of a machine that is recorded as stopped nothing is left.
func (p *protocol) stoppedIsClean(s *State) bool {
	return s.Recorded != Stopped || *s == State{}
}

// runningIsStarted: nobody is still at starting a machine that runs.
func (p *protocol) runningIsStarted(s *State) bool { return s.Recorded != Running || !s.Starting }

func (p *protocol) machineRuns(s *State) bool { return s.Recorded == Running && s.Process }
