// Package activation models how nodes compete to run one actor. The registry
// keeps one record, who holds the actor and a version, and a node claims it in
// three steps: it starts, it reads the version, and it commits by a
// compare-and-swap on what it read. Any number of nodes may be under way at
// once, and at most one of them ends up running the actor.
package activation

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
)

const maxNodes = 6

// Config sizes the model and seeds bugs into it.
type Config struct {
	Nodes      int    `flag:"nodes" default:"2" min:"1" max:"6" help:"nodes that compete for the actor"`
	MaxVersion int    `flag:"max-version" default:"10" min:"1" max:"250" help:"explore up to this version of the record"`
	Bug        string // "" or the name of a seeded bug
}

// NodeID refers to a node from the record. Its zero value is nobody.
type NodeID uint8

// Nobody holds a record that is free.
const Nobody NodeID = 0

func id(node int) NodeID { return NodeID(node + 1) }

func (n NodeID) String() string {
	if n == Nobody {
		return "nobody"
	}
	return "node " + strconv.Itoa(int(n)-1)
}

// Phase is how far a node has come.
type Phase uint8

const (
	Idle Phase = iota
	Reading
	Committing
	Active // it runs the actor
)

func (p Phase) String() string {
	return [...]string{"Idle", "Reading", "Committing", "Active"}[p]
}

// State is a global state: the registry's record of the actor, and the nodes.
type State struct {
	Holder  NodeID
	Version uint8          // counts the changes of Holder
	Nodes   [maxNodes]Node `muster:"by=NodeID"`
}

// Node is one node. Seen is the version it read last; it is kept after the
// claim, so a stale one can be around for long.
type Node struct {
	Phase Phase
	Seen  uint8
}

type protocol struct {
	Config
	maxVersion uint8
}

// New returns the model.
func New(c Config) *model.Model[State] {
	c = catalog.Settle(c)
	p := &protocol{c, uint8(c.MaxVersion)}
	return &model.Model[State]{
		Name: "activation",
		Actions: []model.Action[State]{
			{Name: "StartClaim", Do: p.startClaim},
			{Name: "Read", Do: p.read, Fair: model.WeakEach},
			{Name: "CommitClaim", Do: p.commitClaim, Fair: p.commitFairness()},
			{Name: "Release", Do: p.release},
		},
		Properties: append([]model.Property[State]{
			model.Always("TypeOK", p.typeOK),
			model.Always("SingleActivation", p.singleActivation).Explained(p.whoIsActive),
			model.Always("ConsistentHolder", p.consistentHolder).Explained(p.whoIsActive),
			model.Always("HolderRuns", p.holderRuns).Explained(p.whoIsActive),
			model.AlwaysStep("ClaimIsCurrent", p.claimIsCurrent),
			model.AlwaysStep("ChangeRaisesVersion", p.changeRaisesVersion),
			model.Reachable("SomebodyActive", p.somebodyActive),
			model.Reachable("ActiveAgain", p.activeAgain),
		}, p.liveness()...),
		Constraint: func(s *State) bool { return s.Version <= p.maxVersion },
		Symmetry:   []model.Symmetry{model.Scalars[NodeID](p.Nodes).From(1)},
	}
}

// startClaim: somebody calls the actor through this node, and the node does not
// hold it.
func (p *protocol) startClaim(s *State, c *model.Choice) bool {
	n := c.Int("node", p.Nodes)
	if !c.Reason("the node is idle", s.Nodes[n].Phase == Idle) || !c.Reason("the node does not hold the actor", s.Holder != id(n)) {
		return false
	}
	s.Nodes[n].Phase = Reading
	return true
}

// read remembers the version, and nothing else: the node does not look at who
// holds the actor yet.
func (p *protocol) read(s *State, c *model.Choice) bool {
	n := c.Int("node", p.Nodes)
	if !c.Reason("the node is reading", s.Nodes[n].Phase == Reading) {
		return false
	}
	s.Nodes[n].Phase, s.Nodes[n].Seen = Committing, s.Version
	if p.Bug == "remember-next" {
		s.Nodes[n].Seen++
	}
	return true
}

// commitClaim is the transaction that decides. A claim that fails is given up;
// the next one starts over.
func (p *protocol) commitClaim(s *State, c *model.Choice) bool {
	n := c.Int("node", p.Nodes)
	node := &s.Nodes[n]
	if !c.Reason("the node is committing", node.Phase == Committing) {
		return false
	}
	if !p.commits(s, node.Seen) {
		node.Phase = Idle
		return true
	}
	s.Holder, s.Version = id(n), s.Version+1
	node.Phase = Active
	if p.Bug == "lost-answer" {
		node.Phase = Idle
	}
	return true
}

// commits reports whether a claim that read the version seen succeeds. Neither
// half of the condition would do: a node that reads while another one holds the
// actor has seen the current version, and an actor that is free again has been
// somewhere else since it was read.
func (p *protocol) commits(s *State, seen uint8) bool {
	switch p.Bug {
	case "stale-commit":
		return seen == 0
	case "version-only":
		return seen == s.Version
	case "holder-only":
		return s.Holder == Nobody
	}
	return seen == s.Version && s.Holder == Nobody
}

// release: the node stops the actor and frees the record.
func (p *protocol) release(s *State, c *model.Choice) bool {
	n := c.Int("node", p.Nodes)
	if !c.Reason("the node runs the actor", s.Nodes[n].Phase == Active) || !c.Reason("the node holds the actor", s.Holder == id(n)) {
		return false
	}
	s.Holder, s.Version = Nobody, s.Version+1
	if p.Bug == "delete-record" {
		s.Version = 0
	}
	if p.Bug != "keep-running" {
		s.Nodes[n].Phase = Idle
	}
	return true
}

// typeOK: the record names a node that there is, its version is within what the
// constraint lets happen, and nobody has read a version that never was.
func (p *protocol) typeOK(s *State) bool {
	if int(s.Holder) > p.Nodes || s.Version > p.maxVersion+1 {
		return false
	}
	for _, node := range s.Nodes[:p.Nodes] {
		if node.Phase > Active || node.Seen > s.Version {
			return false
		}
	}
	return true
}

// singleActivation: at most one node runs the actor.
func (p *protocol) singleActivation(s *State) bool { return p.running(s) <= 1 }

// consistentHolder: a node that runs the actor is the one in the record.
func (p *protocol) consistentHolder(s *State) bool {
	for n, node := range s.Nodes[:p.Nodes] {
		if node.Phase == Active && s.Holder != id(n) {
			return false
		}
	}
	return true
}

// holderRuns: the node in the record runs the actor, so that nobody waits for one
// that is nowhere.
func (p *protocol) holderRuns(s *State) bool {
	return s.Holder == Nobody || s.Nodes[s.Holder-1].Phase == Active
}

// claimIsCurrent: a node that becomes active has read the very record that it
// replaces, so what it loaded along with it is not out of date.
func (p *protocol) claimIsCurrent(before, after *State) bool {
	for n, node := range before.Nodes[:p.Nodes] {
		claimed := node.Phase != Active && after.Nodes[n].Phase == Active
		if claimed && node.Seen != before.Version {
			return false
		}
	}
	return true
}

// changeRaisesVersion: a version stands for one holder and is never used again,
// which is what makes the compare-and-swap sound.
func (p *protocol) changeRaisesVersion(before, after *State) bool {
	if before.Holder == after.Holder {
		return before.Version == after.Version
	}
	return before.Version < after.Version
}

func (p *protocol) somebodyActive(s *State) bool { return p.running(s) > 0 }

// activeAgain: an actor that was released can be claimed once more.
func (p *protocol) activeAgain(s *State) bool { return s.Version > 1 && p.running(s) > 0 }

// running counts the nodes that run the actor.
func (p *protocol) running(s *State) int {
	n := 0
	for _, node := range s.Nodes[:p.Nodes] {
		if node.Phase == Active {
			n++
		}
	}
	return n
}

func (p *protocol) whoIsActive(s *State) string {
	var active []string
	for n, node := range s.Nodes[:p.Nodes] {
		if node.Phase == Active {
			active = append(active, id(n).String())
		}
	}
	return fmt.Sprintf("the record says %v; the actor runs on %s", s.Holder, strings.Join(active, " and "))
}
