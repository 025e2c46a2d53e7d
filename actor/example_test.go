package actor_test

import (
	"context"
	"fmt"

	"github.com/muster-mc/muster/actor"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/network"
)

// Post is what a client and a server say.
type Post uint8

const (
	Request Post = iota
	Answer
)

func (p Post) String() string { return [...]string{"Request", "Answer"}[p] }

// Retry is the client's only timer.
type Retry uint8

func (Retry) String() string { return "Retry" }

// Office is a server that counts what it has done, and a client that repeats its request
// once.
type Office struct {
	Server [1]struct{ Done uint8 }
	Client [1]Customer
	Net    network.Bag[Post]
}

// Customer is a client.
type Customer struct {
	Answered bool
	Timers   actor.Timers[Retry]
}

// A server does a request twice if the client repeats it, although no message was lost.
func Example() {
	type Server = struct{ Done uint8 }
	type out = network.Out[Post]
	type envelope = network.Envelope[Post]
	system := actor.System[Office, Post]{
		Net: func(s *Office) network.Net[Post] { return &s.Net },
		Roles: []actor.Role[Office, Post]{
			actor.RoleOf(func(s *Office) []Server { return s.Server[:] }, actor.Handlers[Server, Post, actor.NoTimers]{
				Receive: func(a *Server, e envelope, o *out) bool {
					a.Done++
					o.Send(e.From, Answer)
					return true
				},
			}),
			actor.RoleOf(func(s *Office) []Customer { return s.Client[:] }, actor.Handlers[Customer, Post, Retry]{
				Start: func(a *Customer, o *out) { o.Send(1, Request); a.Timers.Set(0) },
				Receive: func(a *Customer, _ envelope, _ *out) bool {
					a.Answered = true
					return true
				},
				Timeout: func(a *Customer, _ Retry, o *out) {
					if !a.Answered {
						o.Send(1, Request)
					}
				},
				Timers: func(a *Customer) *actor.Timers[Retry] { return &a.Timers },
			}),
		},
		Faults: network.Faults[Office]{Lossy: true},
	}
	report, err := explore.Check(context.Background(), &model.Model[Office]{
		Name: "office", Init: system.Start, Actions: system.Actions(), AllowDeadlock: true,
		Properties: []model.Property[Office]{
			model.Always("DoneOnce", func(s *Office) bool { return s.Server[0].Done <= 1 }),
		},
	}, explore.Options{WithoutFaults: []string{network.FaultLoss}})
	if err != nil {
		panic(err)
	}
	fmt.Print(report.Properties[0].Trace)
	// Output:
	//   1  Init                             Client: [{Timers:{Retry}}]   Net: [2->1:Request]
	//   2  Deliver(message=2->1:Request)    Server[0].Done: 0 -> 1   Net: - 2->1:Request
	//                                       Net: + 1->2:Answer
	//   3  Timeout(actor=2, timer=Retry)    Client[0].Timers: {Retry} -> {}   Net: + 2->1:Request
	//   4  Deliver(message=2->1:Request)    Server[0].Done: 1 -> 2   Net: - 2->1:Request
	//                                       Net: + 1->2:Answer
}
