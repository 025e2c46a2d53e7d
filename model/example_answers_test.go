package model_test

import (
	"context"
	"fmt"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/model"
)

// Voters is a set of nodes with names.
type Voters uint8

func (v Voters) String() string {
	text := ""
	for n := range model.Bits(v).All() {
		text += " " + string(rune('A'+n))
	}
	return "{" + text[min(1, len(text)):] + "}"
}

// Poll is five nodes that elect a leader while two of them are down.
type Poll struct {
	Up     Voters
	Leader uint8
	Voted  Voters
}

// A quorum is chosen among the nodes that can vote, and a trace names its members.
func ExampleQuorum() {
	poll := &model.Model[Poll]{
		Name: "poll",
		Init: func(p *Poll, _ *model.Choice) bool { p.Up = 0b11100; return true },
		Actions: []model.Action[Poll]{{Name: "Elect", Do: func(p *Poll, c *model.Choice) bool {
			if p.Leader > 0 {
				return false
			}
			voters := model.Quorum(c, "voters", p.Up, 5)
			p.Leader, p.Voted = uint8(model.Member(c, "leader", voters)), voters
			return true
		}}},
		Properties: []model.Property[Poll]{
			model.Always("NoLeader", func(p *Poll) bool { return p.Leader == 0 }),
		},
		AllowDeadlock: true,
	}
	report, err := explore.Check(context.Background(), poll, explore.Options{})
	if err != nil {
		panic(err)
	}
	fmt.Print(report.Properties[0].Trace)
	// Output:
	//   1  Init                               Up: {C D E}
	//   2  Elect(voters={C D E}, leader=2)    Leader: 0 -> 2   Voted: {} -> {C D E}
}
