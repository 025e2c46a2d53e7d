// Package search models a search in an archive that several agents share. An
// agent finds its own entries, as many as it asked for, and nobody else's.
package search

import (
	"strconv"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/container"
	"github.com/muster-mc/muster/model"
)

const (
	maxAgents  = 3
	maxEntries = 4
)

// Config sizes the model and seeds bugs into it.
type Config struct {
	Agents  int    `flag:"agents" default:"2" min:"2" max:"3" help:"agents that share the archive"`
	Entries int    `flag:"entries" default:"2" min:"1" max:"4" help:"entries that are made"`
	Limit   int    `flag:"limit" default:"1" min:"1" max:"4" help:"entries that a search returns at most"`
	Bug     string // "" or the name of a seeded bug
}

// Agent is an agent by number, from 1; 0 is nobody.
type Agent uint8

func (a Agent) String() string {
	if a == 0 {
		return "nobody"
	}
	return "agent " + strconv.Itoa(int(a)-1)
}

// Answer is what the last search returned.
type Answer struct {
	To      Agent
	Own     uint8 // how many entries of that agent's
	Foreign uint8 // and of others
}

// State is a global state.
type State struct {
	Archive container.Queue[Agent, [maxEntries]Agent] // whose each entry is, the oldest first
	Answer  Answer
}

type protocol struct{ Config }

// New returns the model.
func New(c Config) *model.Model[State] {
	p := &protocol{catalog.Settle(c)}
	return &model.Model[State]{
		Name: "server/search",
		Actions: []model.Action[State]{
			{Name: "Insert", Do: p.insert},
			{Name: "Search", Do: p.search},
		},
		Properties: []model.Property[State]{
			model.Always("AgentIsolation", p.agentIsolation),
			model.Always("FindsOwn", p.findsOwn),
			model.Always("NothingUnowned", p.nothingUnowned),
			model.Reachable("FindsSomething", p.findsSomething),
		},
		Symmetry: []model.Symmetry{model.Scalars[Agent](p.Agents).From(1)},
	}
}

func (p *protocol) insert(s *State, c *model.Choice) bool {
	if s.Archive.Len() == p.Entries {
		return false
	}
	owner := Agent(1 + c.Int("agent", p.Agents))
	if p.Bug == "drop-owner" {
		owner = 0
	}
	s.Archive.Push(owner)
	s.Answer = Answer{}
	return true
}

// search: all entries match, for what they say does not matter here.
func (p *protocol) search(s *State, c *model.Choice) bool {
	by := Agent(1 + c.Int("agent", p.Agents))
	s.Answer = Answer{To: by}
	for i := range s.Archive.Len() {
		switch {
		case p.Bug == "limit-first" && i >= p.Limit:
			return true // the limit is reached before anything was filtered
		case s.Archive.At(i) == by:
			s.Answer.Own++
		case p.Bug == "no-filter":
			s.Answer.Foreign++
		}
	}
	s.Answer.Own = min(s.Answer.Own, uint8(p.Limit))
	return true
}

func (p *protocol) agentIsolation(s *State) bool { return s.Answer.Foreign == 0 }

// findsOwn: a search returns what the agent has, up to the limit.
func (p *protocol) findsOwn(s *State) bool {
	if s.Answer.To == 0 {
		return true
	}
	var own uint8
	for owner := range s.Archive.All() {
		if owner == s.Answer.To {
			own++
		}
	}
	return s.Answer.Own == min(own, uint8(p.Limit))
}

// nothingUnowned: every entry is somebody's, and so is every answer that is not
// empty.
func (p *protocol) nothingUnowned(s *State) bool {
	return !s.Archive.Has(0) && (s.Answer.To != 0 || s.Answer == Answer{})
}

func (p *protocol) findsSomething(s *State) bool { return s.Answer.Own > 0 }
