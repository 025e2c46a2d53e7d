// Package shutdown models how a server stops. Once it has begun to, it accepts
// nothing more; what it has accepted before, it completes; then it stops. The
// word "accepted" must mean one thing: the check that the server still runs and
// the request's place in the queue are one step.
package shutdown

import (
	"slices"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
)

const maxRequests = 4

// Config sizes the model and seeds bugs into it.
type Config struct {
	Requests int    `flag:"requests" default:"2" min:"1" max:"4" help:"requests that come in"`
	Bug      string // "" or the name of a seeded bug
}

// Phase is the server's.
type Phase uint8

const (
	Running Phase = iota
	Stopping
	Stopped
)

func (ph Phase) String() string { return [...]string{"Running", "Stopping", "Stopped"}[ph] }

// Request is how far a request has come.
type Request uint8

const (
	Arriving Request = iota
	Checked          // it was seen that the server runs; only with a bug
	Queued
	Executing
	Done
	Rejected
	Dropped // accepted, and never answered
)

func (r Request) String() string {
	return [...]string{"Arriving", "Checked", "Queued", "Executing", "Done", "Rejected", "Dropped"}[r]
}

// accepted: the server owes it an answer.
func (r Request) accepted() bool { return r == Queued || r == Executing }

// RequestID is a request: its place among all.
type RequestID uint8

// State is a global state.
type State struct {
	Phase    Phase
	Requests [maxRequests]Request `muster:"by=RequestID"`
}

type protocol struct{ Config }

// New returns the model.
func New(c Config) *model.Model[State] {
	p := &protocol{catalog.Settle(c)}
	m := &model.Model[State]{
		Name: "server/shutdown",
		Actions: []model.Action[State]{
			{Name: "Accept", Do: p.accept},
			{Name: "Reject", Do: p.reject},
			{Name: "Execute", Do: p.execute},
			{Name: "Answer", Do: p.answer},
			{Name: "BeginShutdown", Do: p.beginShutdown},
			{Name: "Stop", Do: p.stop},
		},
		Properties: []model.Property[State]{
			model.AlwaysStep("NoAcceptAfterShutdown", p.noAcceptAfterShutdown),
			model.Always("AcceptedRequestsComplete", p.acceptedRequestsComplete),
			model.AlwaysStep("AcceptedIsNotRejected", p.acceptedIsNotRejected),
			model.Reachable("StoppedWithAllDone", p.stoppedWithAllDone),
			model.Reachable("LateIsRejected", func(s *State) bool { return slices.Contains(s.Requests[:], Rejected) }),
		},
		Terminal: p.stopped,
		Symmetry: []model.Symmetry{model.Scalars[RequestID](p.Requests)},
	}
	if p.Bug == "check-then-queue" {
		m.Actions = append(m.Actions, model.Action[State]{Name: "Check", Do: p.check})
	}
	return m
}

// accept puts a request into the queue, if the server runs.
func (p *protocol) accept(s *State, c *model.Choice) bool {
	r := &s.Requests[c.Int("request", p.Requests)]
	if !p.acceptable(s, *r) {
		return false
	}
	*r = Queued
	return true
}

func (p *protocol) acceptable(s *State, r Request) bool {
	switch p.Bug {
	case "no-flag":
		return r == Arriving
	case "check-then-queue":
		return r == Checked
	}
	return r == Arriving && s.Phase == Running
}

// check is a seeded bug: the server may begin to stop before the request is in
// the queue.
func (p *protocol) check(s *State, c *model.Choice) bool {
	r := &s.Requests[c.Int("request", p.Requests)]
	if *r != Arriving || s.Phase != Running {
		return false
	}
	*r = Checked
	return true
}

func (p *protocol) reject(s *State, c *model.Choice) bool {
	r := &s.Requests[c.Int("request", p.Requests)]
	late := *r == Arriving || *r == Queued && p.Bug == "empty-queue"
	if !late || s.Phase == Running || p.Bug == "no-flag" {
		return false
	}
	*r = Rejected
	return true
}

func (p *protocol) execute(s *State, c *model.Choice) bool {
	r := &s.Requests[c.Int("request", p.Requests)]
	if *r != Queued || s.Phase == Stopped {
		return false
	}
	*r = Executing
	return true
}

func (p *protocol) answer(s *State, c *model.Choice) bool {
	r := &s.Requests[c.Int("request", p.Requests)]
	if *r != Executing {
		return false
	}
	*r = Done
	return true
}

func (p *protocol) beginShutdown(s *State, _ *model.Choice) bool {
	if s.Phase != Running {
		return false
	}
	s.Phase = Stopping
	return true
}

// stop: nothing is in flight. With the bug some time has passed instead, and
// what is in flight goes down with the dispatcher.
func (p *protocol) stop(s *State, _ *model.Choice) bool {
	if s.Phase != Stopping || p.inFlight(s) && p.Bug != "no-drain" {
		return false
	}
	s.Phase = Stopped
	for i, r := range s.Requests {
		if r.accepted() {
			s.Requests[i] = Dropped
		}
	}
	return true
}

func (p *protocol) inFlight(s *State) bool {
	for _, r := range s.Requests {
		if r.accepted() {
			return true
		}
	}
	return false
}

func (p *protocol) noAcceptAfterShutdown(before, after *State) bool {
	for i, r := range after.Requests {
		if r == Queued && before.Requests[i] != Queued && before.Phase != Running {
			return false
		}
	}
	return true
}

func (p *protocol) acceptedRequestsComplete(s *State) bool {
	for _, r := range s.Requests {
		if r == Dropped {
			return false
		}
	}
	return true
}

// acceptedIsNotRejected: a request that was accepted is not sent away later.
func (p *protocol) acceptedIsNotRejected(before, after *State) bool {
	for i, r := range after.Requests {
		if r == Rejected && before.Requests[i] != Rejected && before.Requests[i] != Arriving {
			return false
		}
	}
	return true
}

func (p *protocol) stoppedWithAllDone(s *State) bool {
	for _, r := range s.Requests[:p.Requests] {
		if r != Done {
			return false
		}
	}
	return s.Phase == Stopped
}

// stopped: so ends every run, and everybody has an answer.
func (p *protocol) stopped(s *State) bool {
	for _, r := range s.Requests[:p.Requests] {
		if r != Done && r != Rejected {
			return false
		}
	}
	return s.Phase == Stopped
}
