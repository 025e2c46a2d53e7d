// Package snapshot models snapshots of a virtual machine that are asked for at
// the same time. Each pauses the machine, copies it, and lets it run again. A
// copy of a machine that runs is torn, so one snapshot must not resume the
// machine under another; and a snapshot that is called off must resume it.
package snapshot

import (
	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/models/internal/rest"
)

const maxCallers = 3

// Config sizes the model and seeds bugs into it.
type Config struct {
	Callers int    `flag:"callers" default:"2" min:"1" max:"3" help:"who takes a snapshot, each one"`
	Cancel  bool   `flag:"cancel" help:"let a snapshot be called off at any moment"`
	Bug     string // "" or the name of a seeded bug
}

// Step is how far a snapshot has come.
type Step uint8

const (
	Asked Step = iota
	Checked
	Paused
	Created
	Torn // created while the machine ran
	Done
	Cancelled
)

func (st Step) String() string {
	return [...]string{"Asked", "Checked", "Paused", "Created", "Torn", "Done", "Cancelled"}[st]
}

// CallerID is a caller: the place of its snapshot.
type CallerID uint8

// State is a global state.
type State struct {
	MachinePaused bool
	Snapshots     [maxCallers]Step `muster:"by=CallerID"`
}

type protocol struct{ Config }

// New returns the model.
func New(c Config) *model.Model[State] {
	p := &protocol{catalog.Settle(c)}
	m := &model.Model[State]{
		Name: "sandbox/snapshot",
		Actions: []model.Action[State]{
			{Name: "Check", Do: p.check},
			{Name: "PauseMachine", Do: p.pauseMachine},
			{Name: "Create", Do: p.create},
			{Name: "ResumeMachine", Do: p.resumeMachine},
		},
		AllowDeadlock: true, // MachineRunsOn says which ends are good ones
		Symmetry:      []model.Symmetry{model.Scalars[CallerID](p.Callers)},
	}
	if p.Cancel {
		m.Actions = append(m.Actions, model.Action[State]{Name: "Cancel", Do: p.cancel, Fault: "cancellation"})
	}
	m.Properties = []model.Property[State]{
		model.Always("SnapshotConsistency", p.snapshotConsistency),
		rest.Always(m, "MachineRunsOn", p.machineRuns, "Check"),
		model.Reachable("AllDone", p.allDone),
	}
	return m
}

// check: the machine is there, and nobody else takes a snapshot of it. The
// record does not say that it is paused for one.
func (p *protocol) check(s *State, c *model.Choice) bool {
	step := &s.Snapshots[c.Int("snapshot", p.Callers)]
	if *step != Asked || p.busy(s) && p.Bug != "shared" {
		return false
	}
	*step = Checked
	return true
}

func (p *protocol) busy(s *State) bool {
	for _, step := range s.Snapshots {
		if step.underWay() {
			return true
		}
	}
	return false
}

func (st Step) underWay() bool { return Checked <= st && st <= Torn }

// pauseMachine: to pause it twice does no harm.
func (p *protocol) pauseMachine(s *State, c *model.Choice) bool {
	step := &s.Snapshots[c.Int("snapshot", p.Callers)]
	if *step != Checked {
		return false
	}
	*step, s.MachinePaused = Paused, true
	return true
}

func (p *protocol) create(s *State, c *model.Choice) bool {
	step := &s.Snapshots[c.Int("snapshot", p.Callers)]
	if *step != Paused {
		return false
	}
	*step = Created
	if !s.MachinePaused {
		*step = Torn
	}
	return true
}

func (p *protocol) resumeMachine(s *State, c *model.Choice) bool {
	step := &s.Snapshots[c.Int("snapshot", p.Callers)]
	if *step != Created && *step != Torn {
		return false
	}
	*step, s.MachinePaused = Done, false
	return true
}

// cancel: whoever asked for the snapshot does not wait for it. The machine is
// resumed all the same.
func (p *protocol) cancel(s *State, c *model.Choice) bool {
	step := &s.Snapshots[c.Int("snapshot", p.Callers)]
	if !step.underWay() {
		return false
	}
	if *step != Checked && p.Bug != "leave-paused" {
		s.MachinePaused = false
	}
	*step = Cancelled
	return true
}

func (p *protocol) snapshotConsistency(s *State) bool {
	for _, step := range s.Snapshots {
		if step == Torn {
			return false
		}
	}
	return true
}

func (p *protocol) machineRuns(s *State) bool { return !s.MachinePaused }

func (p *protocol) allDone(s *State) bool {
	for _, step := range s.Snapshots[:p.Callers] {
		if step != Done {
			return false
		}
	}
	return true
}
