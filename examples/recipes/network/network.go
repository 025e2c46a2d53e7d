// Package network models a sender and a receiver with a lossy network between them.
package network

import (
	"fmt"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
)

// Config sizes the model and seeds a bug into it.
type Config struct {
	Items int    `flag:"items" default:"2" min:"1" max:"4" help:"items to be sent"`
	Bug   string // "" or the name of a seeded bug
}

// Entry is the model on the command line.
var Entry = catalog.Define("network", "a sender and a receiver with a lossy network between them", New,
	catalog.Bug{
		Name: "no-number", Breaks: "AppliedOnce", Length: 5,
		Doc: "the receiver applies each message that arrives, also one that was sent again",
	},
	catalog.Bug{
		Name: "weak-delivery", Breaks: "AllArrive", Length: 3,
		Doc: "the network may lose a message each time that it is sent",
	},
)

// State is the two sides and the messages between them.
type State struct {
	Acked   uint8 // items that the sender knows to have arrived
	Next    uint8 // the item that the receiver expects
	Applied uint8 // how often the receiver has applied an item
	Flight  model.Set[Message]
}

// Message is an item on its way, or the acknowledgement of one.
type Message struct {
	Ack  bool
	Item uint8
}

func (m Message) String() string {
	kind := "item"
	if m.Ack {
		kind = "ack"
	}
	return fmt.Sprint(kind, m.Item)
}

type network struct{ Config }

// New returns the model.
func New(c Config) *model.Model[State] {
	n := &network{catalog.Settle(c)}
	delivery := model.StrongEach
	if n.Bug == "weak-delivery" {
		delivery = model.WeakEach
	}
	return &model.Model[State]{
		Name: "network",
		Actions: []model.Action[State]{
			{Name: "Send", Do: n.send, Fair: model.Weak},
			{Name: "Deliver", Do: n.deliver, Fair: delivery},
			{Name: "Lose", Do: n.lose, Fault: "loss"},
		},
		Properties: []model.Property[State]{
			model.Always("AppliedOnce", func(s *State) bool { return s.Applied == s.Next }),
			model.Eventually("AllArrive", n.done),
		},
		Terminal: n.done,
	}
}

func (n *network) done(s *State) bool { return int(s.Acked) == n.Items }

// send puts the item into the network, again if it is not there any more.
func (n *network) send(s *State, _ *model.Choice) bool {
	return !n.done(s) && s.Flight.Add(Message{Item: s.Acked})
}

// deliver takes any message out of the network, so messages overtake each other.
func (n *network) deliver(s *State, c *model.Choice) bool {
	m := model.Pick(c, "message", s.Flight.Items())
	s.Flight.Remove(m)
	if m.Ack {
		n.hear(s, m.Item)
	} else {
		n.receive(s, m.Item)
	}
	return true
}

func (n *network) receive(s *State, item uint8) {
	if item == s.Next || n.Bug == "no-number" {
		s.Applied++
	}
	s.Next = max(s.Next, item+1)
	s.Flight.Add(Message{Ack: true, Item: item})
}

func (n *network) hear(s *State, item uint8) {
	if item == s.Acked {
		s.Acked++
	}
}

func (n *network) lose(s *State, c *model.Choice) bool {
	return s.Flight.Remove(model.Pick(c, "message", s.Flight.Items()))
}
