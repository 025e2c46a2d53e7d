package command_test

import (
	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
)

// post is letters to a village that may be snowed in. Its steps are hard to type:
// it has several initial states, texts of two words, and structs as arguments.
type postConfig struct {
	Houses int `flag:"houses" default:"2" min:"1" max:"3" help:"houses in the village"`
	Bug    string
}

type letter struct {
	To   uint8
	Text string
}

type postState struct {
	Snow  uint8 // in metres
	Bag   model.Set[letter]
	Sent  uint8
	Read  uint8
	Stamp bool // on the last letter
}

type post struct{ postConfig }

func newPost(c postConfig) *model.Model[postState] {
	p := &post{catalog.Settle(c)}
	return &model.Model[postState]{
		Name: "post",
		Init: func(s *postState, c *model.Choice) bool { s.Snow = uint8(c.Int("snow", 2)); return true },
		Actions: []model.Action[postState]{
			{Name: "Send", Do: p.send},
			{Name: "Deliver", Do: p.deliver},
			{Name: "Lose", Do: p.lose, Fault: "loss"},
		},
		Properties: []model.Property[postState]{
			model.Always("NoPile", func(s *postState) bool { return s.Bag.Len() < 2 || p.Bug != "pile" }),
			model.AlwaysStep("NoneIsLost", func(before, after *postState) bool {
				return after.Bag.Len() >= before.Bag.Len() || after.Read > before.Read
			}),
			model.Reachable("Read", func(s *postState) bool { return s.Read == 2 }),
		},
		Constraint: func(s *postState) bool { return s.Sent <= 2 },
		Terminal:   func(s *postState) bool { return s.Bag.Len() == 0 },
	}
}

// send asks only in the snow whether the letter has a stamp.
func (p *post) send(s *postState, c *model.Choice) bool {
	to := c.Int("to", p.Houses)
	text := model.Pick(c, "text", []string{"hello", "come (soon), please"})
	if s.Sent > 2 || s.Snow > 0 && s.Sent > 0 {
		return false
	}
	s.Stamp = s.Snow > 0 && c.Bool("stamp")
	s.Sent++
	s.Bag.Add(letter{uint8(to), text})
	return true
}

func (p *post) deliver(s *postState, c *model.Choice) bool {
	l := model.Pick(c, "letter", s.Bag.Items())
	if s.Snow > 0 {
		return false
	}
	s.Bag.Remove(l)
	s.Read++
	return true
}

func (p *post) lose(s *postState, c *model.Choice) bool {
	s.Bag.Remove(model.Pick(c, "", s.Bag.Items()))
	return true
}

var postEntry = catalog.Define("post", "letters to a village that may be snowed in", newPost,
	catalog.Bug{Name: "pile", Doc: "letters are piled up", Breaks: "NoPile", Length: 3})
