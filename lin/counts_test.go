package lin_test

import (
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explore/mctest"
	"github.com/muster-mc/muster/lin"
	"github.com/muster-mc/muster/model"
)

// A register with one server. Each client writes a value of its own and then reads.

type clientID uint8

type kind uint8

const (
	put kind = iota + 1
	putOK
	get
	getOK
)

type message struct {
	Kind   kind
	Client clientID
	Value  clientID
}

type register struct {
	Server  clientID
	Phases  [5]uint8
	Net     model.Bag[message]
	Monitor lin.RegisterMonitor[clientID, clientID]
}

func newRegister(clients int) *model.Model[register] {
	return &model.Model[register]{
		Name: "register",
		Init: func(s *register, _ *model.Choice) bool {
			for c := range clients {
				id := clientID(c + 1)
				s.Net.Add(message{put, id, id})
				s.Monitor.Call(id, lin.Write(id))
			}
			return true
		},
		Actions: []model.Action[register]{{Name: "Deliver", Do: func(s *register, c *model.Choice) bool {
			m := s.Net.Take(c, "message")
			switch m.Kind {
			case put:
				s.Server = m.Value
				s.Net.Add(message{putOK, m.Client, 0})
			case get:
				s.Net.Add(message{getOK, m.Client, s.Server})
			case putOK:
				s.Phases[m.Client-1] = 1
				s.Monitor.Answer(m.Client, 0)
				s.Net.Add(message{get, m.Client, 0})
				s.Monitor.Call(m.Client, lin.Read[clientID]())
			case getOK:
				s.Phases[m.Client-1] = 2
				s.Monitor.Answer(m.Client, m.Value)
			}
			return true
		}}},
		Properties:    []model.Property[register]{lin.Linearizable("Linearizable", func(s *register) *lin.RegisterMonitor[clientID, clientID] { return &s.Monitor })},
		AllowDeadlock: true,
	}
}

func TestCounts(t *testing.T) {
	for n, want := range [][2]uint64{2: {79, 117}, 3: {2254, 4915}} {
		if n < 2 {
			continue
		}
		c := mctest.Holds(t, newRegister(n), explore.Options{}).Counts
		if c.Distinct != want[0] || c.Generated != want[1] {
			t.Errorf("%d clients: %d, %d, want %v", n, c.Distinct, c.Generated, want)
		}
	}
}
