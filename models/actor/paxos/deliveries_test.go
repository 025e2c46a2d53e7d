package paxos

import (
	"slices"
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explore/mctest"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/models/internal/clients"
	"github.com/muster-mc/muster/network"
)

type envelope = network.Envelope[clients.Message[Message]]

// noted is a state with a history that takes note of deliveries, whatever the client makes of them.
// Other checkers keep such a history, and their counts are of these states.
type noted struct {
	State
	Notes notes
}

// notes has the calls of two clients. A client has one call at a time. What ends a call that was
// never begun, or begins one while another one is pending, ends the notes.
type notes struct {
	Of    [2]clientNotes
	Ended bool
}

type clientNotes struct {
	Calls   [2]call
	N       uint8
	Pending bool
}

type call struct {
	Kind   clients.Kind // Put or Get
	Others uint8        // the calls of the other client that were done before
	Answer clients.Kind // PutOK or GetOK
	Value  clients.Value
}

func (n *notes) call(client network.ID, kind clients.Kind) {
	at, other := n.pair(client)
	if n.Ended || at.Pending {
		n.Ended = true
		return
	}
	at.Calls[at.N] = call{Kind: kind, Others: other.done()}
	at.N++
	at.Pending = true
}

func (n *notes) answer(e envelope) {
	at, _ := n.pair(e.To)
	if n.Ended || !at.Pending {
		n.Ended = true
		return
	}
	c := &at.Calls[at.N-1]
	c.Answer, c.Value = e.Message.Kind, e.Message.Value
	at.Pending = false
}

// pair returns the notes of a client and those of the other one.
func (n *notes) pair(client network.ID) (at, other *clientNotes) {
	i := client.Index() - servers
	return &n.Of[i], &n.Of[1-i]
}

func (c *clientNotes) done() uint8 {
	if c.Pending {
		return c.N - 1
	}
	return c.N
}

// explained reports whether each call that was answered got an answer of its own kind.
func (n *notes) explained() bool {
	for _, c := range n.Of {
		for _, call := range c.Calls[:c.done()] {
			if (call.Kind == clients.Put) != (call.Answer == clients.PutOK) {
				return false
			}
		}
	}
	return true
}

// noting is the model on an ordered network, with notes.
func noting() *model.Model[noted] {
	m := New(Config{Network: clients.Ordered})
	return &model.Model[noted]{
		Name: m.Name,
		Init: func(s *noted, c *model.Choice) bool {
			s.Notes.call(servers+1, clients.Put)
			s.Notes.call(servers+2, clients.Put)
			return m.Init(&s.State, c)
		},
		Actions: []model.Action[noted]{{Name: "Deliver", Do: func(s *noted, c *model.Choice) bool {
			before, phases := answers(&s.State), s.Clients
			if !m.Actions[0].Do(&s.State, c) {
				return false
			}
			after := answers(&s.State)
			for _, e := range before {
				if slices.Contains(after, e) {
					continue
				}
				s.Notes.answer(e)
				if i := e.To.Index() - servers; phases[i].Phase == clients.Writing {
					s.Notes.call(e.To, clients.Get)
				}
			}
			return true
		}}},
		Properties:    []model.Property[noted]{model.Always("AnswersAreOfTheirKind", func(s *noted) bool { return s.Notes.explained() })},
		AllowDeadlock: true,
	}
}

// answers returns the answers to clients that are in flight.
func answers(s *State) (list []envelope) {
	for e := range s.Other.Links.All() {
		if e.To > servers {
			list = append(list, e)
		}
	}
	return list
}

// On an ordered network the history here tells fewer states apart than one of deliveries: 33,328 and not
// 34,521. The others differ by answers that no client has accepted, the first of which makes a read look as if
// it were answered like a write.
func TestDeliveriesAreNotAnswers(t *testing.T) {
	r := mctest.Breaks(t, noting(), explore.Options{KeepGoing: true}, "AnswersAreOfTheirKind", 13)
	mctest.Counts(t, r, explore.Counts{Distinct: 34_521, Generated: 112_970, Depth: 25})
}
