// Package checkpoint models an agent's memory that is made durable by
// checkpoints. Each change of the memory is followed by one: its data are stored
// under a number, and then a pointer to the latest checkpoint. Only after that
// is the change acknowledged. A crash may come between any two of these steps.
// Afterwards the memory is what the pointer leads to.
package checkpoint

import (
	"fmt"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
)

// Config sizes the model and seeds bugs into it.
type Config struct {
	Changes int    `flag:"changes" default:"2" min:"1" max:"250" help:"changes of the memory"`
	Crashes int    `flag:"crashes" default:"2" min:"0" max:"250" help:"crashes in one run"`
	Bug     string // "" or the name of a seeded bug
}

// Step is what was done last for the change that is under way.
type Step uint8

const (
	Idle Step = iota
	Changed
	DataStored
	LatestStored
	Down // the server has crashed
)

func (st Step) String() string {
	return [...]string{"Idle", "Changed", "DataStored", "LatestStored", "Down"}[st]
}

// State is a global state. Changes are numbered, and a checkpoint has the number
// of the change that it follows.
type State struct {
	Step         Step
	Memory       uint8 // the last change in it; a crash takes it
	Data         uint8 // the newest checkpoint whose data are on disk
	Latest       uint8 // the checkpoint that the pointer on disk leads to
	Acknowledged uint8 // the last change that a client was told of
	Crashes      uint8 // so far
}

type protocol struct{ Config }

// New returns the model.
func New(c Config) *model.Model[State] {
	p := &protocol{catalog.Settle(c)}
	return &model.Model[State]{
		Name: "memory/checkpoint",
		Actions: []model.Action[State]{
			{Name: "Change", Do: p.change},
			{Name: "StoreData", Do: p.storeData},
			{Name: "StoreLatest", Do: p.storeLatest},
			{Name: "Acknowledge", Do: p.acknowledge},
			{Name: "Crash", Do: p.crash, Fault: "crash"},
			{Name: "Restart", Do: p.restart, Fair: p.restartFairness()},
		},
		Properties: []model.Property[State]{
			model.Always("DurableOnSuccess", p.durableOnSuccess).Explained(whatIsFound),
			model.Always("LatestIsThere", p.latestIsThere).Explained(whatIsFound),
			model.Reachable("AllAcknowledged", p.allAcknowledged),
			model.Reachable("Undisturbed", func(s *State) bool { return p.allAcknowledged(s) && s.Crashes == 0 }),
			model.LeadsTo("ComesBack",
				func(s *State) bool { return s.Step == Down },
				func(s *State) bool { return s.Step != Down }),
		},
		Terminal: p.allDone,
	}
}

// change: the memory changes when the change before is acknowledged.
func (p *protocol) change(s *State, _ *model.Choice) bool {
	if s.Step != Idle || p.allDone(s) {
		return false
	}
	s.Step = Changed
	s.Memory++
	if p.Bug == "acknowledge-first" {
		s.Acknowledged = s.Memory
	}
	return true
}

func (p *protocol) storeData(s *State, _ *model.Choice) bool {
	after := Changed
	if p.Bug == "latest-first" {
		after = LatestStored
	}
	if s.Step != after {
		return false
	}
	s.Step, s.Data = DataStored, s.Memory
	return true
}

// storeLatest: the pointer is moved when there is something to point at.
func (p *protocol) storeLatest(s *State, _ *model.Choice) bool {
	after := DataStored
	if p.Bug == "latest-first" {
		after = Changed
	}
	if s.Step != after {
		return false
	}
	s.Step, s.Latest = LatestStored, s.Memory
	return true
}

func (p *protocol) acknowledge(s *State, _ *model.Choice) bool {
	last := LatestStored
	if p.Bug == "latest-first" {
		last = DataStored
	}
	if s.Step != last {
		return false
	}
	s.Step, s.Acknowledged = Idle, s.Memory
	return true
}

func (p *protocol) crash(s *State, _ *model.Choice) bool {
	if s.Step == Down || int(s.Crashes) == p.Crashes {
		return false
	}
	s.Step, s.Memory = Down, 0
	s.Crashes++
	return true
}

// restart: a change that is on disk is there, acknowledged or not.
func (p *protocol) restart(s *State, _ *model.Choice) bool {
	if s.Step != Down {
		return false
	}
	s.Step, s.Memory = Idle, s.Latest
	return true
}

// restartFairness is what is owed to a server that is down.
func (p *protocol) restartFairness() model.Fairness {
	if p.Bug == "stay-down" {
		return model.Unfair
	}
	return model.Weak
}

// durableOnSuccess: after a crash, whatever was acknowledged is found.
func (p *protocol) durableOnSuccess(s *State) bool {
	return s.Step != Down || s.Latest >= s.Acknowledged
}

// latestIsThere: after a crash, the pointer leads to a checkpoint that is there.
func (p *protocol) latestIsThere(s *State) bool {
	return s.Step != Down || s.Latest <= s.Data
}

func whatIsFound(s *State) string {
	return fmt.Sprintf("a crash leaves a pointer to checkpoint %d, data up to checkpoint %d, and clients that count on change %d",
		s.Latest, s.Data, s.Acknowledged)
}

func (p *protocol) allDone(s *State) bool { return s.Step == Idle && int(s.Memory) == p.Changes }

func (p *protocol) allAcknowledged(s *State) bool {
	return p.allDone(s) && s.Acknowledged == s.Memory
}
