// Package locks models the two locks of a registry kept in memory: one around
// the nodes, one around the tracker of their heartbeats. Four of its operations
// need both. They take them one after the other, and never meet crosswise if all
// take them in the same order.
package locks

import (
	"slices"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
)

// Config seeds bugs into the model.
type Config struct {
	Bug string // "" or the name of a seeded bug
}

// Task is an operation of the registry, or no one. No symmetry of the tasks is declared:
// with crossed locks they differ, and EachTaskWorks names one of them.
type Task uint8

const (
	NoOne Task = iota
	RegisterNode
	UnregisterNode
	ReceiveHeartbeat
	CheckTimeouts
	tasks
)

func (t Task) String() string {
	return [...]string{"NoOne", "RegisterNode", "UnregisterNode", "ReceiveHeartbeat", "CheckTimeouts"}[t]
}

var everyTask = []Task{RegisterNode, UnregisterNode, ReceiveHeartbeat, CheckTimeouts}

// Lock is one of the two.
type Lock uint8

const (
	Nodes Lock = iota
	Tracker
	locks
)

// State is who holds which lock.
type State struct{ Nodes, Tracker Task }

type protocol struct {
	order [tasks][locks]Lock
}

// New returns the model.
func New(c Config) *model.Model[State] {
	p := &protocol{}
	for _, t := range everyTask {
		p.order[t] = [locks]Lock{Nodes, Tracker}
	}
	if c = catalog.Settle(c); c.Bug == "crossed-order" {
		p.order[ReceiveHeartbeat] = [locks]Lock{Tracker, Nodes}
		p.order[CheckTimeouts] = [locks]Lock{Tracker, Nodes}
	}
	return &model.Model[State]{
		Name: "cluster/locks",
		Actions: []model.Action[State]{
			{Name: "LockFirst", Do: p.lockFirst},
			{Name: "LockSecond", Do: p.lockSecond},
			{Name: "UnlockBoth", Do: p.unlockBoth},
		},
		Properties: []model.Property[State]{ // beside freedom from deadlock, which every model has
			model.Reachable("EachTaskWorks", p.lastTaskWorks),
		},
	}
}

func (s *State) holder(l Lock) *Task {
	if l == Nodes {
		return &s.Nodes
	}
	return &s.Tracker
}

func (p *protocol) lockFirst(s *State, c *model.Choice) bool {
	t := model.Pick(c, "task", everyTask)
	first := s.holder(p.order[t][0])
	if *first != NoOne || slices.Contains([]Task{s.Nodes, s.Tracker}, t) {
		return false
	}
	*first = t
	return true
}

// lockSecond: the task waits for it, and keeps the first one meanwhile.
func (p *protocol) lockSecond(s *State, c *model.Choice) bool {
	t := model.Pick(c, "task", everyTask)
	first, second := s.holder(p.order[t][0]), s.holder(p.order[t][1])
	if *first != t || *second != NoOne {
		return false
	}
	*second = t
	return true
}

func (p *protocol) unlockBoth(s *State, c *model.Choice) bool {
	t := model.Pick(c, "task", everyTask)
	if s.Nodes != t || s.Tracker != t {
		return false
	}
	*s = State{}
	return true
}

func (p *protocol) lastTaskWorks(s *State) bool {
	return s.Nodes == CheckTimeouts && s.Tracker == CheckTimeouts
}
