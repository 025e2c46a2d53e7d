package network_test

import (
	"context"
	"fmt"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/network"
)

// Update sets a copy of a number.
type Update uint8

func (u Update) String() string { return fmt.Sprintf("set(%d)", uint8(u)) }

// Copies are copies of a number on two nodes. Node 1 sets it to 1 and then to 2, and sends
// both updates to node 2.
type Copies struct {
	Values [2]uint8
	Net    network.Bag[Update]
}

// Updates overtake each other, so that the copy can stay old. On network.Links it cannot.
func Example() {
	net := func(s *Copies) network.Net[Update] { return &s.Net }
	protocol := network.Protocol[Copies, Update]{
		Net: net,
		Receive: func(s *Copies, e network.Envelope[Update], _ *network.Out[Update]) bool {
			s.Values[e.To.Index()] = uint8(e.Message)
			return true
		},
	}
	set := func(s *Copies, _ *model.Choice) bool {
		if s.Values[0] == 2 {
			return false
		}
		s.Values[0]++
		s.Net.Send(1, 2, Update(s.Values[0]))
		return true
	}
	report, err := explore.Check(context.Background(), &model.Model[Copies]{
		Name:    "copies",
		Actions: append(protocol.Actions(), model.Action[Copies]{Name: "Set", Do: set}),
		Properties: []model.Property[Copies]{
			model.Implies("CopiesAgree",
				func(s *Copies) bool { return s.Net.Len() == 0 },
				func(s *Copies) bool { return s.Values[0] == s.Values[1] }),
		},
		AllowDeadlock: true,
	}, explore.Options{})
	if err != nil {
		panic(err)
	}
	fmt.Print(report.Properties[0].Trace)
	// Output:
	//   1  Init                            (all zero)
	//   2  Set                             Values[0]: 0 -> 1   Net: + 1->2:set(1)
	//   3  Set                             Values[0]: 1 -> 2   Net: + 1->2:set(2)
	//   4  Deliver(message=1->2:set(2))    Values[1]: 0 -> 2   Net: - 1->2:set(2)
	//   5  Deliver(message=1->2:set(1))    Values[1]: 2 -> 1   Net: - 1->2:set(1)
}
