// Package replay models what a write-ahead log is for: recovery. A server logs a
// request, applies it to a store, and marks the log entry as completed. It may
// crash after each of these. When it starts again it must replay what the log
// has pending; but an entry that is pending may have been applied already, so
// that replaying must not do it twice.
package replay

import (
	"fmt"
	"slices"
	"strings"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/models/internal/rest"
)

const maxRequests = 3

// Config sizes the model and seeds bugs into it.
type Config struct {
	Requests int    `flag:"requests" default:"2" min:"1" max:"3" help:"requests, which the server takes one after the other"`
	Crashes  int    `flag:"crashes" default:"2" min:"0" max:"250" help:"crashes in one run"`
	Recovery string `flag:"recovery" default:"idempotent" oneof:"idempotent atomic" help:"why nothing is applied twice: the store knows what it has applied, or applying and marking are one transaction"`
	Bug      string // "" or the name of a seeded bug
}

// Record is a request's entry in the log.
type Record uint8

const (
	Absent Record = iota
	Pending
	Completed
)

func (r Record) String() string { return [...]string{"Absent", "Pending", "Completed"}[r] }

// Step is what the server has done for the request that it has in hand.
type Step uint8

const (
	NotInHand Step = iota
	Logged
	Applied
)

func (s Step) String() string { return [...]string{"NotInHand", "Logged", "Applied"}[s] }

// Mode is what the server does.
type Mode uint8

const (
	Up Mode = iota
	Down
	Recovering
)

func (m Mode) String() string { return [...]string{"Up", "Down", "Recovering"}[m] }

// Request is one request. The log and the store are on disk, the step is in the
// server's memory.
type Request struct {
	Log     Record
	Effects uint8 // how often it was applied to the store
	Step    Step
}

// State is a global state. It starts as the zero value: no request has come. No symmetry
// of the requests is declared: they come in their order.
type State struct {
	Server   Mode
	Requests [maxRequests]Request
	Crashes  uint8 // so far
}

type protocol struct{ Config }

// New returns the model.
func New(c Config) *model.Model[State] {
	p := &protocol{catalog.Settle(c)}
	m := &model.Model[State]{
		Name: "storage/replay",
		Actions: []model.Action[State]{
			{Name: "Log", Do: p.log},
			{Name: "Apply", Do: p.apply, Fair: model.Weak},
			{Name: "Crash", Do: p.crash, Fault: "crash"},
			{Name: "Restart", Do: p.restart, Fair: model.Weak},
		},
		Terminal: p.allCompleted,
	}
	if p.Recovery == "idempotent" {
		m.Actions = append(m.Actions, model.Action[State]{Name: "Mark", Do: p.mark, Fair: model.Weak})
	}
	if p.Bug != "no-replay" {
		m.Actions = append(m.Actions,
			model.Action[State]{Name: "Replay", Do: p.replay, Fair: p.fairness("lazy-replay")},
			model.Action[State]{Name: "Resume", Do: p.resume, Fair: p.fairness("stay-closed")})
	}
	m.Properties = []model.Property[State]{
		rest.Always(m, "EventualRecovery", p.nothingPending).Explained(p.whatIsPending),
		model.Always("ExactlyOnce", p.exactlyOnce).Explained(p.effects),
		model.LeadsTo("LogIsWorkedOff",
			func(s *State) bool { return !p.nothingPending(s) }, p.nothingPending),
		model.LeadsTo("OpensAgain",
			func(s *State) bool { return s.Server != Up },
			func(s *State) bool { return s.Server == Up }),
		model.Reachable("AllCompleted", p.allCompleted),
		model.Reachable("Undisturbed", func(s *State) bool { return p.allCompleted(s) && s.Crashes == 0 }),
	}
	return m
}

// fairness is what is owed to recovery, unless this bug forgets about it.
func (p *protocol) fairness(bug string) model.Fairness {
	if p.Bug == bug {
		return model.Unfair
	}
	return model.Weak
}

// log: the next request comes, when the one before is out of the server's hands.
func (p *protocol) log(s *State, c *model.Choice) bool {
	i := c.Int("request", p.Requests)
	r := &s.Requests[i]
	if s.Server != Up || r.Log != Absent || i > 0 && s.Requests[i-1].Log == Absent || p.busy(s) {
		return false
	}
	r.Log, r.Step = Pending, Logged
	return true
}

func (p *protocol) busy(s *State) bool {
	return slices.ContainsFunc(s.Requests[:p.Requests], func(r Request) bool { return r.Step != NotInHand })
}

// apply: the request takes effect in the store.
func (p *protocol) apply(s *State, c *model.Choice) bool {
	r := &s.Requests[c.Int("request", p.Requests)]
	if r.Step != Logged {
		return false
	}
	r.Effects++
	p.applied(r)
	return true
}

// applied: what is left is to mark the entry, unless that was done in the same
// transaction.
func (p *protocol) applied(r *Request) {
	r.Step = Applied
	if p.Recovery == "atomic" {
		r.Log, r.Step = Completed, NotInHand
	}
}

func (p *protocol) mark(s *State, c *model.Choice) bool {
	r := &s.Requests[c.Int("request", p.Requests)]
	if r.Step != Applied {
		return false
	}
	r.Log, r.Step = Completed, NotInHand
	return true
}

// crash: the server forgets what it had in hand, also during recovery.
func (p *protocol) crash(s *State, _ *model.Choice) bool {
	if s.Server == Down || int(s.Crashes) == p.Crashes {
		return false
	}
	s.Server = Down
	s.Crashes++
	for i := range s.Requests {
		s.Requests[i].Step = NotInHand
	}
	return true
}

func (p *protocol) restart(s *State, _ *model.Choice) bool {
	if s.Server != Down {
		return false
	}
	s.Server = Recovering
	if p.Bug == "no-replay" {
		s.Server = Up
	}
	return true
}

// replay takes a pending entry in hand. The log does not say whether it was
// applied; the store does, if it keeps the entry's number with the effect.
func (p *protocol) replay(s *State, c *model.Choice) bool {
	r := &s.Requests[c.Int("request", p.Requests)]
	if s.Server != Recovering || r.Log != Pending || p.busy(s) {
		return false
	}
	known := p.Recovery == "idempotent" && r.Effects > 0
	if !known || p.Bug == "naive-replay" {
		r.Effects++
	}
	p.applied(r)
	return true
}

// resume: the server takes requests again when nothing is pending.
func (p *protocol) resume(s *State, _ *model.Choice) bool {
	if s.Server != Recovering || !p.nothingPending(s) {
		return false
	}
	s.Server = Up
	return true
}

// nothingPending: once the server is at rest, every request that it logged is
// completed.
func (p *protocol) nothingPending(s *State) bool {
	return !slices.ContainsFunc(s.Requests[:p.Requests], func(r Request) bool { return r.Log == Pending })
}

// exactlyOnce: nothing is applied twice, and what is completed was applied.
func (p *protocol) exactlyOnce(s *State) bool {
	for _, r := range s.Requests[:p.Requests] {
		if r.Effects > 1 || r.Log == Completed && r.Effects == 0 {
			return false
		}
	}
	return true
}

func (p *protocol) allCompleted(s *State) bool {
	for _, r := range s.Requests[:p.Requests] {
		if r.Log != Completed {
			return false
		}
	}
	return true
}

func (p *protocol) effects(s *State) string {
	var list []string
	for i, r := range s.Requests[:p.Requests] {
		list = append(list, fmt.Sprintf("request %d was applied %d times", i, r.Effects))
	}
	return strings.Join(list, ", ")
}

func (p *protocol) whatIsPending(s *State) string {
	i := slices.IndexFunc(s.Requests[:p.Requests], func(r Request) bool { return r.Log == Pending })
	return fmt.Sprintf("the server is %v and has nothing left to do; request %d is logged, was applied %d times, and stays pending",
		s.Server, i, s.Requests[i].Effects)
}
