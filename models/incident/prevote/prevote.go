// Package prevote models an election with Pre-Vote between the two nodes that are left of three.
// One of them has campaigned before Pre-Vote came: its term is higher and its log is shorter.
package prevote

import (
	"fmt"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/container"
	"github.com/muster-mc/muster/model"
)

// Config sizes the model and seeds bugs into it.
type Config struct {
	Campaigns int    `flag:"campaigns" default:"2" min:"0" max:"100" help:"elections that the node with the shorter log lost before"`
	Bug       string // "" or the name of a seeded bug
}

// Node is one of the two.
type Node struct {
	Term, Last uint8 // Last is the length of the log
	Voted      uint8 // the last term in which it voted
	Leads      bool
	Inbox      container.Queue[Message, [1]Message]
}

// Message is sent to the other node.
type Message struct {
	Kind       Kind
	Term, Last uint8
}

func (m Message) String() string { return fmt.Sprintf("%v(term %d, log %d)", m.Kind, m.Term, m.Last) }

// Kind is a kind of message.
type Kind uint8

const (
	PreVote Kind = iota
	PreGranted
	PreRejected
	Vote
	Granted
)

func (k Kind) String() string {
	return [...]string{"PreVote", "PreGranted", "PreRejected", "Vote", "Granted"}[k]
}

// Name is a node.
type Name uint8

func (n Name) String() string { return [...]string{"short", "long"}[n] }

// State is a global state.
type State struct{ Nodes [2]Node }

// New returns the model.
func New(c Config) *model.Model[State] {
	c = catalog.Settle(c)
	// A node starts an election. Timers are longer than messages take.
	timeout := func(s *State, c *model.Choice) bool {
		n := model.Show(c, Name(c.Int("node", 2)))
		me, other := &s.Nodes[n], &s.Nodes[1-n]
		if me.Inbox.Full() || other.Inbox.Full() || me.Leads || other.Leads {
			return false
		}
		other.Inbox.Push(Message{PreVote, me.Term + 1, me.Last})
		return true
	}
	receive := func(s *State, choice *model.Choice) bool {
		n := model.Show(choice, Name(choice.Int("node", 2)))
		me, other := &s.Nodes[n], &s.Nodes[1-n]
		m, ok := me.Inbox.Pop()
		isLonger := m.Last >= me.Last
		switch {
		case !ok:
			return false
		case m.Term < me.Term && (m.Kind != PreVote || c.Bug == "drop-lower-term"):
			return true // dropped
		case m.Kind == PreVote && m.Term > me.Term && isLonger:
			other.Inbox.Push(Message{PreGranted, m.Term, me.Last})
		case m.Kind == PreVote:
			other.Inbox.Push(Message{PreRejected, me.Term, me.Last})
		case m.Kind == PreGranted:
			me.Term, me.Voted = m.Term, m.Term
			other.Inbox.Push(Message{Vote, me.Term, me.Last})
		case m.Kind == PreRejected:
			me.Term = m.Term
		case m.Kind == Vote && isLonger && m.Term > me.Voted:
			me.Term, me.Voted = m.Term, m.Term
			other.Inbox.Push(Message{Granted, m.Term, me.Last})
		case m.Kind == Granted:
			me.Leads = true
		}
		return true
	}
	leads := func(s *State) bool { return s.Nodes[0].Leads || s.Nodes[1].Leads }
	return &model.Model[State]{
		Name: "incident/prevote",
		Init: func(s *State, _ *model.Choice) bool {
			s.Nodes[0] = Node{Term: uint8(1 + c.Campaigns), Last: 1}
			s.Nodes[1] = Node{Term: 1, Last: 2}
			return true
		},
		Actions: []model.Action[State]{
			{Name: "Timeout", Do: timeout, Fair: model.StrongEach},
			{Name: "Receive", Do: receive, Fair: model.WeakEach},
		},
		Properties: []model.Property[State]{model.Eventually("ALeaderIsElected", leads)},
		Terminal:   leads,
	}
}
