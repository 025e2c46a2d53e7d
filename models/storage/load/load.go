// Package load models how an actor gets its state when a node starts it: it is
// read from storage, and where there is none the actor begins with the default.
// A storage that cannot be reached has not said that there is none. So the start
// must fail then; an actor that begins with the default after all serves
// requests as if it had no past, and the next one that it saves erases it.
package load

import (
	"fmt"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
)

// Config sizes the model and seeds bugs into it.
type Config struct {
	Requests int    `flag:"requests" default:"2" min:"1" max:"250" help:"requests to the actor, each of which adds one to its state"`
	Bug      string // "" or the name of a seeded bug
}

// State is a global state. It starts as the zero value: the actor has never run.
type State struct {
	Actor        Actor
	Stored       uint8 // the actor's state in the storage; 0 is none
	Acknowledged uint8 // requests whose client has its answer
	Outage       bool  // the storage cannot be reached
}

// Actor is the actor in its node's memory.
type Actor struct {
	Runs  bool
	Count uint8 // its state: requests that it knows of
}

type protocol struct{ Config }

// New returns the model.
func New(c Config) *model.Model[State] {
	p := &protocol{catalog.Settle(c)}
	return &model.Model[State]{
		Name: "storage/load",
		Actions: []model.Action[State]{
			{Name: "Start", Do: p.start},
			{Name: "Serve", Do: p.serve},
			{Name: "Stop", Do: p.stop},
			{Name: "Crash", Do: p.crash, Fault: "crash"},
			{Name: "BeginOutage", Do: p.beginOutage, Fault: "partition"},
			{Name: "EndOutage", Do: p.endOutage},
		},
		Properties: []model.Property[State]{
			model.Always("NoStateLoss", p.noStateLoss).Explained(whatIsLost),
			model.Reachable("AllServed", p.allServed),
		},
	}
}

// start: without an answer from the storage there is no start.
func (p *protocol) start(s *State, _ *model.Choice) bool {
	if s.Actor.Runs || s.Outage && p.Bug != "default-on-error" {
		return false
	}
	s.Actor.Runs = true
	if !s.Outage {
		s.Actor.Count = s.Stored
	}
	return true
}

// serve: a request changes the state, which is saved before the client has its
// answer. If it cannot be saved the request has failed.
func (p *protocol) serve(s *State, _ *model.Choice) bool {
	if !s.Actor.Runs || s.Outage || p.allServed(s) {
		return false
	}
	s.Actor.Count++
	s.Stored = s.Actor.Count
	s.Acknowledged++
	return true
}

// stop: the actor has been idle for long enough.
func (p *protocol) stop(s *State, _ *model.Choice) bool { return end(s) }

// crash takes the memory, which holds nothing that is not saved.
func (p *protocol) crash(s *State, _ *model.Choice) bool { return end(s) }

func end(s *State) bool {
	if !s.Actor.Runs {
		return false
	}
	s.Actor = Actor{}
	return true
}

func (p *protocol) beginOutage(s *State, _ *model.Choice) bool {
	if s.Outage {
		return false
	}
	s.Outage = true
	return true
}

func (p *protocol) endOutage(s *State, _ *model.Choice) bool {
	if !s.Outage {
		return false
	}
	s.Outage = false
	return true
}

// noStateLoss: every request that was acknowledged is in the stored state.
func (p *protocol) noStateLoss(s *State) bool { return s.Stored == s.Acknowledged }

func whatIsLost(s *State) string {
	return fmt.Sprintf("%d requests were acknowledged, and the storage knows of %d", s.Acknowledged, s.Stored)
}

func (p *protocol) allServed(s *State) bool { return int(s.Acknowledged) == p.Requests }
