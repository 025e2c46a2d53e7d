// Package election models the election of a primary through a registry that all
// nodes share. A node that sees a quorum of active nodes and no valid primary
// writes itself into the record, under a new term. What it saw and what it
// writes must be one transaction, or two nodes that look at the same moment
// both win.
package election

import (
	"slices"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/models/internal/node"
	"github.com/muster-mc/muster/models/internal/rest"
)

const maxNodes = 4

// Config sizes the model and seeds bugs into it.
type Config struct {
	Nodes   int    `flag:"nodes" default:"3" min:"2" max:"4" help:"nodes that may become primary"`
	MaxTerm int    `flag:"max-term" default:"3" min:"1" max:"250" help:"elections in one run"`
	Bug     string // "" or the name of a seeded bug
}

// Belief is what a node takes itself for.
type Belief uint8

const (
	Follower  Belief = iota
	Candidate        // it has seen that it may be primary; only with a bug
	Primary
)

func (b Belief) String() string { return [...]string{"Follower", "Candidate", "Primary"}[b] }

// State is a global state: a record in the registry, and the nodes.
type State struct {
	Primary node.ID // the record
	Term    uint8
	Nodes   [maxNodes]Node `muster:"by=ID"`
}

// Node is one node.
type Node struct {
	Belief Belief
	Down   bool
	Failed bool // marked so in the registry
}

type protocol struct{ Config }

// New returns the model.
func New(c Config) *model.Model[State] {
	p := &protocol{catalog.Settle(c)}
	m := &model.Model[State]{
		Name: "cluster/election",
		Actions: []model.Action[State]{
			{Name: "Crash", Do: p.crash, Fault: "crash"},
			{Name: "MarkFailed", Do: p.markFailed},
			{Name: "Restart", Do: p.restart},
		},
		AllowDeadlock: true, // SomebodyLeads says which ends are good ones
		Symmetry:      []model.Symmetry{node.Interchangeable(p.Nodes)},
	}
	if p.Bug == "two-transactions" {
		m.Actions = append(m.Actions,
			model.Action[State]{Name: "CheckElection", Do: p.checkElection},
			model.Action[State]{Name: "WriteRecord", Do: p.writeRecord})
	} else {
		m.Actions = append(m.Actions,
			model.Action[State]{Name: "TryBecomePrimary", Do: p.tryBecomePrimary})
	}
	m.Properties = []model.Property[State]{
		model.Always("OnePrimary", p.onePrimary),
		rest.Always(m, "SomebodyLeads", p.somebodyLeads, "Restart"),
		model.Reachable("PrimaryReplaced", p.primaryReplaced),
		model.Reachable("FailureNoticed", p.failureNoticed),
		model.Reachable("AllUpAgain", p.allUpAgain),
	}
	return m
}

// Reasons that several steps have in common.
const (
	isUp         = "the node is up"
	lacksPrimary = "there is a quorum, no valid primary, and another term"
)

// tryBecomePrimary: check and write in one transaction.
func (p *protocol) tryBecomePrimary(s *State, c *model.Choice) bool {
	n := c.Int("node", p.Nodes)
	if !c.Reason(isUp, !s.Nodes[n].Down) || !c.Reason(lacksPrimary, p.mayLead(s)) {
		return false
	}
	p.lead(s, n)
	return true
}

// checkElection and writeRecord are a seeded bug: the same in two transactions.
func (p *protocol) checkElection(s *State, c *model.Choice) bool {
	n := &s.Nodes[c.Int("node", p.Nodes)]
	if !c.Reason(isUp, !n.Down) || !c.Reason("the node is a follower", n.Belief == Follower) || !c.Reason(lacksPrimary, p.mayLead(s)) {
		return false
	}
	n.Belief = Candidate
	return true
}

func (p *protocol) writeRecord(s *State, c *model.Choice) bool {
	n := c.Int("node", p.Nodes)
	if !c.Reason("the node is a candidate", s.Nodes[n].Belief == Candidate) || !c.Reason("there may be another term", !p.termsUsedUp(s)) {
		return false
	}
	p.lead(s, n)
	return true
}

func (p *protocol) lead(s *State, n int) {
	s.Primary = node.At(n)
	s.Term++
	s.Nodes[n].Belief = Primary
}

// mayLead: there is a quorum, and no valid primary.
func (p *protocol) mayLead(s *State) bool {
	return p.quorum(s) && !p.validPrimary(s) && !p.termsUsedUp(s)
}

// validPrimary: the record names a node that has not failed.
func (p *protocol) validPrimary(s *State) bool {
	if s.Primary == node.Nobody {
		return false
	}
	return !s.Nodes[s.Primary.Index()].Failed || p.Bug == "trust-record"
}

func (p *protocol) quorum(s *State) bool {
	active := 0
	for _, n := range s.Nodes[:p.Nodes] {
		if !n.Failed {
			active++
		}
	}
	return 2*active > p.Nodes
}

func (p *protocol) termsUsedUp(s *State) bool { return int(s.Term) >= p.MaxTerm }

func (p *protocol) crash(s *State, c *model.Choice) bool {
	n := &s.Nodes[c.Int("node", p.Nodes)]
	if !c.Reason(isUp, !n.Down) {
		return false
	}
	n.Down, n.Belief = true, Follower
	return true
}

// markFailed: the node's heartbeats have stopped.
func (p *protocol) markFailed(s *State, c *model.Choice) bool {
	n := &s.Nodes[c.Int("node", p.Nodes)]
	if !c.Reason("the node is down", n.Down) || !c.Reason("the node is not marked yet", !n.Failed) {
		return false
	}
	n.Failed = true
	return true
}

// restart: a node that finds itself in the record, from its former life, takes
// itself out.
func (p *protocol) restart(s *State, c *model.Choice) bool {
	i := c.Int("node", p.Nodes)
	n := &s.Nodes[i]
	if !c.Reason("the node is down", n.Down) {
		return false
	}
	n.Down, n.Failed = false, false
	if s.Primary == node.At(i) && p.Bug != "keep-record" {
		s.Primary = node.Nobody
	}
	return true
}

func (p *protocol) onePrimary(s *State) bool { return p.primaries(s) <= 1 }

func (p *protocol) primaries(s *State) int {
	count := 0
	for _, n := range s.Nodes[:p.Nodes] {
		if n.Belief == Primary {
			count++
		}
	}
	return count
}

// somebodyLeads: with a quorum there is a primary, unless the terms are used up.
func (p *protocol) somebodyLeads(s *State) bool {
	return p.primaries(s) > 0 || !p.quorum(s) || p.termsUsedUp(s)
}

func (p *protocol) primaryReplaced(s *State) bool { return s.Term > 1 && p.primaries(s) == 1 }

// failureNoticed: another node leads because the primary has failed.
func (p *protocol) failureNoticed(s *State) bool {
	failed := func(n Node) bool { return n.Failed }
	return p.primaryReplaced(s) && slices.ContainsFunc(s.Nodes[:p.Nodes], failed)
}

// allUpAgain: whoever went down while somebody led has come back.
func (p *protocol) allUpAgain(s *State) bool {
	down := func(n Node) bool { return n.Down }
	return s.Term > 0 && p.primaries(s) == 0 && !slices.ContainsFunc(s.Nodes[:p.Nodes], down)
}
