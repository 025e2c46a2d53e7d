// Package splitbrain models a primary whose cluster is cut in two. A node may
// lead while more than half of all nodes can hear it, so that of two sides one
// at most has a leader. Terms settle who it is when the sides meet again: a
// newer election has a larger term, and whoever hears of a larger term gives way.
package splitbrain

import (
	"fmt"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/models/internal/node"
	"github.com/muster-mc/muster/models/internal/rest"
)

const maxNodes = 5

// Config sizes the model and seeds bugs into it.
type Config struct {
	Nodes   int    `flag:"nodes" default:"3" min:"2" max:"5" help:"nodes of the cluster"`
	MaxTerm int    `flag:"max-term" default:"3" min:"1" max:"250" help:"the last term; no election comes after it"`
	Bug     string // "" or the name of a seeded bug
}

// Side is where a node is while the network is cut in two.
type Side uint8

const (
	Here Side = iota
	Beyond
)

func (side Side) String() string { return [...]string{"Here", "Beyond"}[side] }

// Node is one node. Nodes hear each other exactly if they are on one side.
type Node struct {
	Side    Side
	Primary bool // as it believes
	Term    uint8
}

// State is a global state.
type State struct {
	Nodes [maxNodes]Node `muster:"by=ID"`
}

type protocol struct{ Config }

// New returns the model.
func New(c Config) *model.Model[State] {
	p := &protocol{catalog.Settle(c)}
	m := &model.Model[State]{
		Name: "cluster/splitbrain",
		Actions: []model.Action[State]{
			{Name: "Elect", Do: p.elect},
			{Name: "StepDown", Do: p.stepDown},
			{Name: "CutOff", Do: p.cutOff, Fault: "partition"},
			{Name: "Heal", Do: p.heal},
		},
		AllowDeadlock: true, // MajorityLeads says which ends are good ones
		Symmetry:      []model.Symmetry{node.Interchangeable(p.Nodes)},
	}
	m.Properties = []model.Property[State]{
		model.Always("NoSplitBrain", p.noSplitBrain).Explained(p.whoServes),
		rest.Always(m, "MajorityLeads", p.majorityLeads, "Heal"),
		model.AlwaysStep("LeaderStays", p.leaderStays),
		model.Reachable("PrimaryReplaced", p.primaryReplaced),
		model.Reachable("PrimaryGivesWay", p.primaryGivesWay),
	}
	if p.Nodes > 2 { // of two, none is a primary without the other
		m.Properties = append(m.Properties, model.Reachable("PrimariesMeet", p.primariesMeet))
	}
	return m
}

// elect: a node that hears no primary asks everybody it can hear. They all take
// the new term, in one step: a vote takes part in one election at a time.
func (p *protocol) elect(s *State, c *model.Choice) bool {
	n := &s.Nodes[c.Int("node", p.Nodes)]
	term := p.newestTerm(s, n.Side)
	if p.primaryOn(s, n.Side) || !p.quorum(s, n.Side) || int(term) >= p.MaxTerm {
		return false
	}
	if p.Bug != "no-terms" {
		term++
	}
	for i := range s.Nodes[:p.Nodes] {
		if s.Nodes[i].Side == n.Side {
			s.Nodes[i].Term = term
		}
	}
	n.Primary = true
	return true
}

// stepDown: a primary notices that it may no longer lead.
func (p *protocol) stepDown(s *State, c *model.Choice) bool {
	n := &s.Nodes[c.Int("node", p.Nodes)]
	if !n.Primary || p.serves(s, n) && p.Bug != "hasty-exit" || p.Bug == "stay-primary" {
		return false
	}
	n.Primary = false
	return true
}

// cutOff: one more node is beyond the cut.
func (p *protocol) cutOff(s *State, c *model.Choice) bool {
	n := &s.Nodes[c.Int("node", p.Nodes)]
	if n.Side == Beyond {
		return false
	}
	n.Side = Beyond
	return true
}

func (p *protocol) heal(s *State, _ *model.Choice) bool {
	if p.size(s, Beyond) == 0 {
		return false
	}
	for i := range s.Nodes[:p.Nodes] {
		s.Nodes[i].Side = Here
	}
	return true
}

// serves: a primary looks at its side before everything it does as a primary.
func (p *protocol) serves(s *State, n *Node) bool {
	return n.Primary && p.quorum(s, n.Side) && n.Term == p.newestTerm(s, n.Side)
}

func (p *protocol) quorum(s *State, side Side) bool {
	switch p.Bug {
	case "no-quorum":
		return true
	case "half-is-enough":
		return 2*p.size(s, side) >= p.Nodes
	}
	return 2*p.size(s, side) > p.Nodes
}

func (p *protocol) size(s *State, side Side) int {
	count := 0
	for _, n := range s.Nodes[:p.Nodes] {
		if n.Side == side {
			count++
		}
	}
	return count
}

func (p *protocol) newestTerm(s *State, side Side) uint8 {
	var newest uint8
	for _, n := range s.Nodes[:p.Nodes] {
		if n.Side == side {
			newest = max(newest, n.Term)
		}
	}
	return newest
}

func (p *protocol) primaryOn(s *State, side Side) bool {
	for _, n := range s.Nodes[:p.Nodes] {
		if n.Side == side && n.Primary {
			return true
		}
	}
	return false
}

func (p *protocol) serving(s *State) []int {
	var who []int
	for i := range p.Nodes {
		if p.serves(s, &s.Nodes[i]) {
			who = append(who, i)
		}
	}
	return who
}

func (p *protocol) noSplitBrain(s *State) bool { return len(p.serving(s)) <= 1 }

func (p *protocol) whoServes(s *State) string {
	return fmt.Sprintf("nodes %v lead at the same time", p.serving(s))
}

// majorityLeads: a side with a quorum has a primary that serves, or no term left
// to elect one.
func (p *protocol) majorityLeads(s *State) bool {
	for side := Here; side <= Beyond; side++ {
		mayLead := p.quorum(s, side) && int(p.newestTerm(s, side)) < p.MaxTerm
		if mayLead && len(p.serving(s)) == 0 {
			return false
		}
	}
	return true
}

// primaryReplaced: a later primary than the first one leads.
func (p *protocol) primaryReplaced(s *State) bool {
	who := p.serving(s)
	return len(who) == 1 && s.Nodes[who[0]].Term > 1
}

// leaderStays: a primary that serves goes on believing that it is one.
func (p *protocol) leaderStays(before, after *State) bool {
	for _, i := range p.serving(before) {
		if !after.Nodes[i].Primary {
			return false
		}
	}
	return true
}

func (p *protocol) primaries(s *State) int {
	count := 0
	for _, n := range s.Nodes[:p.Nodes] {
		if n.Primary {
			count++
		}
	}
	return count
}

// primaryGivesWay: there was a primary, and there is none.
func (p *protocol) primaryGivesWay(s *State) bool {
	return p.newestTerm(s, Here) > 0 && p.primaries(s) == 0
}

// primariesMeet: the network is whole again, and two take themselves for primary.
func (p *protocol) primariesMeet(s *State) bool {
	return p.size(s, Beyond) == 0 && p.primaries(s) > 1
}
