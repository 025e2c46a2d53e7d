// Package block models requests that append a line to a block of an agent's
// memory. The block is known by its label, and the first line creates it. Looking
// for the block and changing it must be one step, or two requests that look at
// the same moment create two blocks, or lose a line.
package block

import (
	"fmt"
	"math/bits"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
)

const maxRequests = 4

// Config sizes the model and seeds bugs into it.
type Config struct {
	Requests int    `flag:"requests" default:"2" min:"1" max:"4" help:"requests that append a line each"`
	Bug      string // "" or the name of a seeded bug
}

// Phase is how far a request has come.
type Phase uint8

const (
	Asked  Phase = iota
	Looked       // only with a bug
	Done
)

func (ph Phase) String() string { return [...]string{"Asked", "Looked", "Done"}[ph] }

// RequestID is a request: its place among all, and its bit.
type RequestID uint8

// Lines are the lines of which requests, a bit each.
type Lines uint8

func (l Lines) String() string {
	who := []int{}
	for i := range maxRequests {
		if l&(1<<i) != 0 {
			who = append(who, i)
		}
	}
	return fmt.Sprint(who)
}

// Request is one request. Only with a bug does it remember what it saw.
type Request struct {
	Phase    Phase
	SawBlock bool
	SawLines Lines
}

// State is a global state.
type State struct {
	Blocks   uint8                // how many have the label
	Lines    Lines                // what is in them, all together
	Requests [maxRequests]Request `muster:"by=RequestID"`
}

type protocol struct{ Config }

// New returns the model.
func New(c Config) *model.Model[State] {
	p := &protocol{catalog.Settle(c)}
	m := &model.Model[State]{
		Name: "server/block",
		Properties: []model.Property[State]{
			model.Always("UniqueBlockPerLabel", p.uniqueBlockPerLabel),
			model.Always("NoLostLine", p.noLostLine),
			model.Always("LinesAreInABlock", p.linesAreInABlock),
			model.Reachable("AllAppended", p.allDone),
		},
		Terminal: p.allDone,
		Symmetry: []model.Symmetry{model.Scalars[RequestID](p.Requests).Bits(Lines(0))},
	}
	m.Actions = []model.Action[State]{{Name: "AppendOrCreate", Do: p.appendOrCreate}}
	if p.Bug != "" {
		m.Actions = []model.Action[State]{{Name: "Look", Do: p.look}, {Name: "Append", Do: p.append}}
	}
	return m
}

// appendOrCreate looks and acts in one step.
func (p *protocol) appendOrCreate(s *State, c *model.Choice) bool {
	i := c.Int("request", p.Requests)
	if s.Requests[i].Phase != Asked {
		return false
	}
	s.Requests[i].Phase = Done
	s.Blocks = 1
	s.Lines |= 1 << i
	return true
}

// look and append are the seeded bugs: what was seen may no longer be true.
func (p *protocol) look(s *State, c *model.Choice) bool {
	r := &s.Requests[c.Int("request", p.Requests)]
	if r.Phase != Asked {
		return false
	}
	r.Phase, r.SawBlock, r.SawLines = Looked, s.Blocks > 0, s.Lines
	return true
}

func (p *protocol) append(s *State, c *model.Choice) bool {
	i := c.Int("request", p.Requests)
	r := s.Requests[i]
	if r.Phase != Looked {
		return false
	}
	if p.Bug == "write-back" {
		s.Blocks, s.Lines = 1, r.SawLines|1<<i
	} else {
		if !r.SawBlock && p.Bug != "append-unseen" {
			s.Blocks++
		}
		s.Lines |= 1 << i
	}
	s.Requests[i] = Request{Phase: Done}
	return true
}

func (p *protocol) uniqueBlockPerLabel(s *State) bool { return s.Blocks <= 1 }

// noLostLine: there is a line of each request that is done.
func (p *protocol) noLostLine(s *State) bool { return bits.OnesCount8(uint8(s.Lines)) >= p.done(s) }

// linesAreInABlock: there are no lines without a block to find them in.
func (p *protocol) linesAreInABlock(s *State) bool { return s.Lines == 0 || s.Blocks > 0 }

func (p *protocol) allDone(s *State) bool { return p.done(s) == p.Requests }

func (p *protocol) done(s *State) int {
	count := 0
	for _, r := range s.Requests {
		if r.Phase == Done {
			count++
		}
	}
	return count
}
