package growth_test

import (
	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
)

// box counts to Size in each of Sides directions, and has Switches that are on or off.
// It has (Size+1)^Sides · 2^Switches states.
type boxConfig struct {
	Size     int    `flag:"size" default:"2" min:"0" max:"1000" help:"how far it counts"`
	Sides    int    `flag:"sides" default:"1" min:"1" max:"4" help:"in how many directions"`
	Switches int    `flag:"switches" default:"0" min:"0" max:"16" help:"switches"`
	Word     string `flag:"word" default:"a" oneof:"a b" help:"no number"`
}

type boxState struct {
	At [4]int16
	On [16]bool
}

func newBox(c boxConfig) *model.Model[boxState] {
	c = catalog.Settle(c)
	if c.Sides == 4 && c.Size == 3 {
		panic("no box of four sides has the size 3")
	}
	return &model.Model[boxState]{
		Name: "box",
		Actions: []model.Action[boxState]{
			{Name: "Step", Do: func(s *boxState, ch *model.Choice) bool {
				i := ch.Int("side", c.Sides)
				if int(s.At[i]) == c.Size {
					return false
				}
				s.At[i]++
				return true
			}},
			{Name: "Flip", Do: func(s *boxState, ch *model.Choice) bool {
				i := ch.Int("switch", c.Switches)
				s.On[i%len(s.On)] = !s.On[i%len(s.On)]
				return true
			}},
		},
		Properties: []model.Property[boxState]{
			model.Always("NotTheEnd", func(s *boxState) bool { return int(s.At[0]) < c.Size }),
		},
		AllowDeadlock: true,
	}
}

var boxEntry = catalog.Define("box", "a box that counts", newBox)
