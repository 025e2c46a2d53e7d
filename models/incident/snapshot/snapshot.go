// Package snapshot models how a leader of a replicated log catches up a follower: by entries, or,
// where it has dropped the entries, by a snapshot. The follower can have entries of an earlier
// leader that were never committed.
package snapshot

import (
	"fmt"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/container"
	"github.com/muster-mc/muster/model"
)

// Config seeds bugs into the model.
type Config struct {
	Bug string // "" or the name of a seeded bug
}

// Term is an entry of a log: all that counts of it is its term.
type Term uint8

// Log has the terms of the entries.
type Log = container.Log[Term, [4]Term]

// State is a global state. The leader's log never changes: of its entries 1, 3, 3, 3 the first
// two are in the snapshot.
type State struct {
	Follower Log
	Snapshot bool  // the follower's machine is in the state of the snapshot
	Next     uint8 // entries that the leader believes the follower has
	Messages container.Queue[Message, [1]Message]
}

// Message is a request of the leader or an answer of the follower. It is about the entries behind
// the first Previous ones.
type Message struct {
	Kind     Kind
	Previous uint8
}

func (m Message) String() string { return fmt.Sprintf("%v(%d)", m.Kind, m.Previous) }

// Kind is a kind of message.
type Kind uint8

const (
	AppendEntries Kind = iota
	InstallSnapshot
	Accepted
	Rejected
)

func (k Kind) String() string {
	return [...]string{"AppendEntries", "InstallSnapshot", "Accepted", "Rejected"}[k]
}

const inSnapshot = 2

var leader = [...]Term{1, 3, 3, 3}

// agree makes the log as the leader's first n entries, and keeps nothing else.
func agree(l *Log, n int) {
	l.Clear()
	for _, term := range leader[:n] {
		l.Append(term)
	}
}

// New returns the model.
func New(c Config) *model.Model[State] {
	c = catalog.Settle(c)
	var all Log
	agree(&all, len(leader))
	send := func(s *State, _ *model.Choice) bool {
		switch {
		case s.Messages.Full() || int(s.Next) == len(leader):
			return false
		case s.Next < inSnapshot:
			s.Messages.Push(Message{InstallSnapshot, s.Next})
		default:
			s.Messages.Push(Message{AppendEntries, s.Next})
		}
		return true
	}
	receive := func(s *State, _ *model.Choice) bool {
		m, ok := s.Messages.Pop()
		previous := int(m.Previous)
		switch {
		case !ok:
			return false
		case m.Kind == InstallSnapshot:
			isShort := s.Follower.Len() < inSnapshot
			if isShort || s.Follower.At(inSnapshot-1) != leader[inSnapshot-1] && c.Bug != "keep-conflict" {
				agree(&s.Follower, inSnapshot)
			}
			s.Snapshot = true
			s.Messages.Push(Message{Accepted, inSnapshot})
		case m.Kind == AppendEntries && (previous > s.Follower.Len() || s.Follower.At(previous-1) != leader[previous-1]):
			s.Messages.Push(Message{Rejected, m.Previous})
		case m.Kind == AppendEntries:
			s.Follower = all
			s.Messages.Push(Message{Accepted, uint8(len(leader))})
		case m.Kind == Rejected:
			s.Next = m.Previous - 1
		default:
			s.Next = m.Previous
		}
		return true
	}
	return &model.Model[State]{
		Name: "incident/snapshot",
		Init: func(s *State, c *model.Choice) bool {
			agree(&s.Follower, c.Range("agrees", 1, len(leader)-1))
			for range c.Range("differs", 0, len(leader)-s.Follower.Len()) {
				s.Follower.Append(2)
			}
			s.Next = uint8(c.Range("next", 1, 3))
			return true
		},
		Actions: []model.Action[State]{{Name: "Send", Do: send, Fair: model.Weak}, {Name: "Receive", Do: receive, Fair: model.Weak}},
		Properties: []model.Property[State]{
			model.Eventually("FollowerCatchesUp", func(s *State) bool { return s.Follower == all }),
			model.Reachable("BySnapshot", func(s *State) bool { return s.Follower == all && s.Snapshot }),
			model.Reachable("ByEntries", func(s *State) bool { return s.Follower == all && !s.Snapshot }),
		},
		Terminal: func(s *State) bool { return int(s.Next) == len(leader) },
	}
}
