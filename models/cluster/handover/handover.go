// Package handover models the move of an actor from one node to another, step by
// step, while clients go on using it, the target may die, and an answer may be
// lost. The source stops before its state is captured, so that nothing is added
// after the capture and nobody runs twice; and when the target dies, the source
// starts again.
package handover

import (
	"slices"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/models/internal/rest"
)

// Config sizes the model and seeds bugs into it.
type Config struct {
	Updates int    `flag:"updates" default:"2" min:"1" max:"250" help:"updates that clients make meanwhile"`
	Bug     string // "" or the name of a seeded bug
}

// Step is a step of the coordinator.
type Step uint8

const (
	StopSource Step = iota
	Capture
	Prepare
	Transfer
	Activate
	Register
	Finished
	GivenUp
)

func (st Step) String() string {
	return [...]string{
		"StopSource", "Capture", "Prepare", "Transfer", "Activate", "Register", "Finished", "GivenUp",
	}[st]
}

var (
	sourceFirst  = []Step{StopSource, Capture, Prepare, Transfer, Activate, Register, Finished}
	sourceLast   = []Step{Capture, Prepare, Transfer, Activate, Register, StopSource, Finished}
	captureFirst = []Step{Capture, StopSource, Prepare, Transfer, Activate, Register, Finished}
)

// Node is one of the two ends.
type Node struct {
	Active bool  // it runs the actor
	Down   bool  // only the target ever is
	Sum    uint8 // the actor's state there: how many updates are in it
}

// State is a global state.
type State struct {
	Next           Step // what the coordinator does next
	Source, Target Node
	Captured       uint8 // the state as it was captured
	Acked          uint8 // updates that a client was told were made
	AtTarget       bool  // the registry sends clients to the target, no longer to the source
}

type protocol struct {
	Config
	order []Step
}

// New returns the model.
func New(c Config) *model.Model[State] {
	p := &protocol{Config: catalog.Settle(c), order: sourceFirst}
	switch p.Bug {
	case "source-last":
		p.order = sourceLast
	case "capture-first":
		p.order = captureFirst
	}
	m := &model.Model[State]{
		Name: "cluster/handover",
		Init: p.init,
		Actions: []model.Action[State]{
			{Name: "StopSource", Do: p.stopSource},
			{Name: "Capture", Do: p.capture},
			{Name: "Prepare", Do: p.prepare},
			{Name: "Transfer", Do: p.transfer},
			{Name: "Activate", Do: p.activate},
			{Name: "Register", Do: p.register},
			{Name: "GiveUp", Do: p.giveUp},
			{Name: "Update", Do: p.update},
			{Name: "CrashTarget", Do: p.crashTarget, Fault: "crash"},
			{Name: "ActivateUnheard", Do: p.activateUnheard, Fault: "loss"},
		},
		AllowDeadlock: true, // SomebodyServes says which ends are good ones
	}
	m.Properties = []model.Property[State]{
		model.Always("SingleActivation", p.singleActivation),
		model.Always("NoLostUpdate", p.noLostUpdate),
		rest.Always(m, "SomebodyServes", p.somebodyServes, "Update"),
		model.Reachable("Moved", p.moved),
		model.Reachable("MovedInUse", func(s *State) bool { return p.moved(s) && s.Acked > 0 }),
		model.Reachable("RolledBack", p.rolledBack),
	}
	return m
}

func (p *protocol) init(s *State, _ *model.Choice) bool {
	s.Source.Active, s.Next = true, p.order[0]
	return true
}

func (p *protocol) done(s *State) { s.Next = p.order[slices.Index(p.order, s.Next)+1] }

func (p *protocol) stopSource(s *State, _ *model.Choice) bool {
	if s.Next != StopSource {
		return false
	}
	s.Source.Active = false
	p.done(s)
	return true
}

func (p *protocol) capture(s *State, _ *model.Choice) bool {
	if s.Next != Capture {
		return false
	}
	s.Captured = s.Source.Sum
	p.done(s)
	return true
}

// prepare: the target makes room.
func (p *protocol) prepare(s *State, _ *model.Choice) bool {
	if s.Next != Prepare || s.Target.Down {
		return false
	}
	p.done(s)
	return true
}

func (p *protocol) transfer(s *State, _ *model.Choice) bool {
	if s.Next != Transfer || s.Target.Down {
		return false
	}
	s.Target.Sum = s.Captured
	p.done(s)
	return true
}

// activate: the target runs the actor. To be told so again does no harm.
func (p *protocol) activate(s *State, _ *model.Choice) bool {
	if s.Next != Activate || s.Target.Down {
		return false
	}
	s.Target.Active = true
	p.done(s)
	return true
}

// activateUnheard: the target runs the actor, but its answer is lost, and the
// coordinator does not know.
func (p *protocol) activateUnheard(s *State, _ *model.Choice) bool {
	if s.Next != Activate || s.Target.Down || s.Target.Active {
		return false
	}
	s.Target.Active = true
	return true
}

func (p *protocol) register(s *State, _ *model.Choice) bool {
	if s.Next != Register {
		return false
	}
	s.AtTarget = true
	p.done(s)
	return true
}

// giveUp: the target is dead, so the source goes on from the state that it still
// has. Silence alone does not say that the target is dead.
func (p *protocol) giveUp(s *State, _ *model.Choice) bool {
	underWay := s.Next < Register && s.Next != p.order[0]
	silent := p.Bug == "silence-is-death" && s.Next == Activate
	if !underWay || !s.Target.Down && !silent {
		return false
	}
	s.Next = GivenUp
	if p.Bug != "no-rollback" {
		s.Source.Active = true
	}
	return true
}

var ends = []string{"source", "target"}

// update: a client finds the actor at one end, and changes it.
func (p *protocol) update(s *State, c *model.Choice) bool {
	end := &s.Source
	if model.Pick(c, "at", ends) == "target" {
		end = &s.Target
	}
	if !end.Active || int(s.Acked) == p.Updates {
		return false
	}
	end.Sum++
	s.Acked++
	return true
}

// crashTarget: until it runs the actor. What happens to an actor whose node dies
// is another protocol's concern.
func (p *protocol) crashTarget(s *State, _ *model.Choice) bool {
	if s.Target.Down || s.Target.Active {
		return false
	}
	s.Target = Node{Down: true}
	return true
}

func (p *protocol) singleActivation(s *State) bool { return !s.Source.Active || !s.Target.Active }

// noLostUpdate: who runs the actor has every update that was acknowledged.
func (p *protocol) noLostUpdate(s *State) bool {
	return (!s.Source.Active || s.Source.Sum == s.Acked) && (!s.Target.Active || s.Target.Sum == s.Acked)
}

// somebodyServes: the actor runs where the registry says.
func (p *protocol) somebodyServes(s *State) bool {
	if s.AtTarget {
		return s.Target.Active
	}
	return s.Source.Active
}

func (p *protocol) moved(s *State) bool { return s.Next == Finished && s.AtTarget }

func (p *protocol) rolledBack(s *State) bool { return s.Next == GivenUp && s.Source.Active }
