// Package pause models the record that a host keeps of a virtual machine. To
// pause or resume the machine the host checks the record, asks the machine, and
// writes the record; meanwhile others may do the same, or stop the machine. The
// record must not say that a machine lives which is dead.
package pause

import (
	"fmt"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
)

const maxCallers = 3

// Config sizes the model and seeds bugs into it.
type Config struct {
	Callers int    `flag:"callers" default:"2" min:"1" max:"3" help:"who pauses, resumes and stops the machine"`
	Guard   string `flag:"guard" default:"lock" oneof:"lock transition" help:"lock: one holds a lock from check to record; transition: the record says that a change is under way"`
	Bug     string // "" or the name of a seeded bug
}

// Recorded is what the record says.
type Recorded uint8

const (
	Running Recorded = iota
	Paused
	Stopped
	Changing // only with the guard transition
)

func (r Recorded) String() string { return [...]string{"Running", "Paused", "Stopped", "Changing"}[r] }

// Machine is what is true.
type Machine uint8

const (
	Runs Machine = iota
	Halted
	Dead
)

func (m Machine) String() string { return [...]string{"Runs", "Halted", "Dead"}[m] }

// Step is how far a caller has come with a pause or a resume.
type Step uint8

const (
	Idle    Step = iota
	Checked      // the record permits it
	Called       // the machine has done it
)

func (st Step) String() string { return [...]string{"Idle", "Checked", "Called"}[st] }

// CallerID is a caller: its place among all.
type CallerID uint8

// Caller is one who changes the machine. What it wants is zero while it is idle.
type Caller struct {
	Step   Step
	Resume bool // to resume, not to pause
}

// State is a global state.
type State struct {
	Recorded Recorded
	Machine  Machine
	Callers  [maxCallers]Caller `muster:"by=CallerID"`
}

type protocol struct{ Config }

// New returns the model.
func New(c Config) *model.Model[State] {
	p := &protocol{catalog.Settle(c)}
	return &model.Model[State]{
		Name: "sandbox/pause",
		Actions: []model.Action[State]{
			{Name: "Check", Do: p.check},
			{Name: "CallMachine", Do: p.callMachine},
			{Name: "Record", Do: p.record},
			{Name: "Stop", Do: p.stop},
		},
		Properties: []model.Property[State]{
			model.Always("StateAgreement", p.stateAgreement).Explained(p.explain),
			model.Always("IdleWantsNothing", p.idleWantsNothing),
			model.AlwaysStep("RecordedAsAsked", p.recordedAsAsked),
			model.Reachable("PausedAndRecorded", p.pausedAndRecorded),
			model.Reachable("Resumed", p.resumed),
			model.Reachable("StoppedAndRecorded", p.stopped),
		},
		Terminal: p.stopped,
		Symmetry: []model.Symmetry{model.Scalars[CallerID](p.Callers)},
	}
}

var operations = []string{"pause", "resume"}

// check: a running machine can be paused, and a paused one resumed.
func (p *protocol) check(s *State, c *model.Choice) bool {
	caller := &s.Callers[c.Int("caller", p.Callers)]
	resume := model.Pick(c, "to", operations) == "resume"
	permitted := s.Recorded == Running && !resume || s.Recorded == Paused && resume
	if caller.Step != Idle || !permitted || p.locked(s) {
		return false
	}
	*caller = Caller{Checked, resume}
	if p.Guard == "transition" && p.Bug != "drop-lock" {
		s.Recorded = Changing
	}
	return true
}

// locked: somebody is between check and record, and holds the lock.
func (p *protocol) locked(s *State) bool {
	return p.Guard == "lock" && p.Bug != "drop-lock" && p.busy(s)
}

func (p *protocol) busy(s *State) bool {
	for _, caller := range s.Callers {
		if caller.Step != Idle {
			return true
		}
	}
	return false
}

// callMachine: a machine that is dead does not answer, which ends the call with
// an error.
func (p *protocol) callMachine(s *State, c *model.Choice) bool {
	caller := &s.Callers[c.Int("caller", p.Callers)]
	switch {
	case caller.Step != Checked:
		return false
	case s.Machine == Dead:
		*caller = Caller{}
		return true
	case caller.Resume:
		s.Machine = Runs
	default:
		s.Machine = Halted
	}
	caller.Step = Called
	return true
}

func (p *protocol) record(s *State, c *model.Choice) bool {
	caller := &s.Callers[c.Int("caller", p.Callers)]
	if caller.Step != Called {
		return false
	}
	s.Recorded = Paused
	if caller.Resume {
		s.Recorded = Running
	}
	switch p.Bug {
	case "keep-wish":
		caller.Step = Idle
	case "record-twice": // the caller does not know that it is done
	default:
		*caller = Caller{}
	}
	return true
}

// stop kills the machine and records it, under one lock. A change that is under
// way has to end first.
func (p *protocol) stop(s *State, _ *model.Choice) bool {
	if s.Recorded == Stopped || s.Recorded == Changing || p.locked(s) {
		return false
	}
	s.Recorded, s.Machine = Stopped, Dead
	return true
}

// stateAgreement: the record never says that a dead machine lives, and while
// nobody changes the machine the record is right.
func (p *protocol) stateAgreement(s *State) bool {
	switch {
	case s.Machine == Dead:
		return s.Recorded == Stopped
	case p.busy(s):
		return true
	}
	return (s.Recorded == Running) == (s.Machine == Runs)
}

func (p *protocol) explain(s *State) string {
	return fmt.Sprintf("the record says %v, the machine is %v", s.Recorded, s.Machine)
}

func (p *protocol) pausedAndRecorded(s *State) bool {
	return s.Recorded == Paused && s.Machine == Halted
}

// idleWantsNothing: a caller that is done has forgotten what it wanted.
func (p *protocol) idleWantsNothing(s *State) bool {
	for _, caller := range s.Callers[:p.Callers] {
		if caller.Step == Idle && caller.Resume {
			return false
		}
	}
	return true
}

// recordedAsAsked: what a caller has recorded is what it wanted, and ends its call.
func (p *protocol) recordedAsAsked(before, after *State) bool {
	if before.Machine != after.Machine || before.Recorded == after.Recorded || after.Recorded == Changing {
		return true
	}
	for i, was := range before.Callers[:p.Callers] {
		asked := was.Step == Called && was.Resume == (after.Recorded == Running)
		if asked && after.Callers[i].Step == Idle {
			return true
		}
	}
	return false
}

// resumed: a caller has had the machine go on.
func (p *protocol) resumed(s *State) bool {
	for _, caller := range s.Callers[:p.Callers] {
		if caller.Step == Called && caller.Resume {
			return true
		}
	}
	return false
}

func (p *protocol) stopped(s *State) bool { return s.Recorded == Stopped }
