// Package idempotency models how a log keeps a request from being logged twice.
// A client gives its request a key. When no answer comes in time it sends the
// request again, under the same key, and by then both copies may be on their way
// through the server. Each copy looks for an entry with the key, and is appended
// if there is none. Looking and appending must be one transaction.
package idempotency

import (
	"fmt"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
)

const maxCopies = 3

// Config sizes the model and seeds bugs into it.
type Config struct {
	Copies int    `flag:"copies" default:"2" min:"1" max:"3" help:"how often the client sends its request at most"`
	Bug    string // "" or the name of a seeded bug
}

// Copy is how far one copy of the request has come in the server.
type Copy uint8

const (
	NotSent  Copy = iota
	NotFound      // no entry with its key was found
	Logged        // it was appended
	Known         // an entry was found, whose answer it gets
)

func (c Copy) String() string {
	return [...]string{"NotSent", "NotFound", "Logged", "Known"}[c]
}

// State is a global state. No symmetry of the copies is declared: the client sends them
// one after the other.
type State struct {
	Entries uint8 // in the log, with the request's key
	Copies  [maxCopies]Copy
}

type protocol struct {
	Config
	repeats []int // the copies but the first
}

// New returns the model.
func New(c Config) *model.Model[State] {
	p := &protocol{Config: catalog.Settle(c)}
	for i := range p.Copies - 1 {
		p.repeats = append(p.repeats, i+1)
	}
	return &model.Model[State]{
		Name: "storage/idempotency",
		Actions: []model.Action[State]{
			{Name: "Send", Do: p.send},
			{Name: "SendAgain", Do: p.sendAgain, Fault: "duplication"},
			{Name: "Append", Do: p.append},
		},
		Properties: []model.Property[State]{
			model.Always("Idempotency", p.idempotency).Explained(p.howOften),
			model.Always("AnsweredIsLogged", p.answeredIsLogged),
			model.Reachable("LoggedOnce", p.loggedOnce),
		},
		Terminal: p.firstIsAnswered,
	}
}

// send: the first copy arrives.
func (p *protocol) send(s *State, _ *model.Choice) bool {
	if s.Copies[0] != NotSent {
		return false
	}
	p.find(s, 0)
	return true
}

// sendAgain: the client has no answer yet, or has lost it.
func (p *protocol) sendAgain(s *State, c *model.Choice) bool {
	i := model.Pick(c, "copy", p.repeats)
	if s.Copies[i] != NotSent || s.Copies[i-1] == NotSent {
		return false
	}
	p.find(s, i)
	return true
}

// find looks for an entry with the key.
func (p *protocol) find(s *State, i int) {
	s.Copies[i] = NotFound
	if s.Entries > 0 {
		s.Copies[i] = Known
	}
}

// append commits only if there is still no such entry.
func (p *protocol) append(s *State, c *model.Choice) bool {
	i := c.Int("copy", p.Copies)
	if s.Copies[i] != NotFound {
		return false
	}
	if s.Entries > 0 && p.Bug != "find-then-append" {
		s.Copies[i] = Known
		return true
	}
	if p.Bug != "answer-only" {
		s.Entries++
	}
	s.Copies[i] = Logged
	return true
}

// idempotency: there is at most one entry for a key.
func (p *protocol) idempotency(s *State) bool { return s.Entries <= 1 }

// answeredIsLogged: a copy that has its answer has an entry.
func (p *protocol) answeredIsLogged(s *State) bool {
	for _, c := range s.Copies {
		if (c == Logged || c == Known) && s.Entries == 0 {
			return false
		}
	}
	return true
}

func (p *protocol) howOften(s *State) string {
	return fmt.Sprintf("the request is in the log %d times", s.Entries)
}

func (p *protocol) loggedOnce(s *State) bool { return s.Entries == 1 && p.firstIsAnswered(s) }

func (p *protocol) firstIsAnswered(s *State) bool {
	return s.Copies[0] == Logged || s.Copies[0] == Known
}
