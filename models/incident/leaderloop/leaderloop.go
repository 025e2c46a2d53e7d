// Package leaderloop models a server that runs a loop while it is the leader. Raft tells
// it by a channel when it becomes the leader, and when it is the leader no more.
package leaderloop

import (
	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/goroutine"
	"github.com/muster-mc/muster/model"
)

// Config sizes the model, and seeds bugs into it.
type Config struct {
	Buffer int `flag:"buffer" default:"1" min:"1" max:"8" help:"news from raft for which the channel has room"`
	Terms  int `flag:"terms" default:"2" min:"1" max:"4" help:"times that the server becomes the leader, and loses that again"`

	Bug string // "" or the name of a seeded bug
}

const raft, monitor, drain, loop = 0, 1, 2, 3 // the bodies

// State is the goroutines, what they share, and their variables.
type State struct {
	Threads [5]goroutine.Thread
	News    goroutine.Chan[bool, [8]bool] // of raft: is the server the leader?

	// The same, of drain; to raft, which answers at once; closed: the loop is to return.
	Latest, Barrier, Stop goroutine.Chan[bool, [1]bool]

	Loops          goroutine.WaitGroup
	Turns          uint8 // raft: the server has become the leader, or has lost that
	IsLeader, Last bool  // what monitor and drain have read
}

type next = goroutine.Next

// New returns the model.
func New(c Config) *model.Model[State] {
	c = catalog.Settle(c)
	direct := c.Bug == "read-when-idle" || c.Bug == "larger-buffer" // monitor itself reads raft's channel
	hear := func(s *State, g goroutine.G) next { return s.Latest.Recv(g, &s.IsLeader) }
	wait := func(s *State, g goroutine.G) next { return s.Loops.Wait(g).Then(goroutine.Goto(0)) }
	switch {
	case direct:
		hear = func(s *State, g goroutine.G) next { return s.News.Recv(g, &s.IsLeader) }
	case c.Bug == "no-wait":
		wait = func(*State, goroutine.G) next { return goroutine.Goto(0) }
	}

	// serve answers a loop, or goes on to the next turn, which can happen at any time.
	serve := func(s *State, g goroutine.G, again int) next {
		switch g.Select(s.Barrier.CanRecv(g), goroutine.When(int(s.Turns) < 2*c.Terms)) {
		case 0:
			return s.Barrier.Recv(g, nil).Then(goroutine.Goto(again))
		case 1:
			s.Turns++
			return goroutine.On
		}
		return goroutine.Blocked
	}

	// await hears again when the news are not the wanted ones.
	await := func(s *State, n next, wanted bool, again int) next {
		if s.IsLeader == wanted {
			return n
		}
		return n.Then(goroutine.Goto(again))
	}

	return goroutine.Program[State]{
		Name:    "incident/leaderloop",
		Threads: func(s *State) []goroutine.Thread { return s.Threads[:] },
		Init: func(s *State, _ *model.Choice) bool { // News has room; the others have no buffer
			s.News.Make(c.Buffer)
			s.Latest.Make(0)
			s.Barrier.Make(0)
			return true
		},
		Bodies: []goroutine.Body[State]{
			raft: {Name: "raft", Daemon: true, Code: []goroutine.Statement[State]{
				goroutine.Do("runFollower()", func(s *State, g goroutine.G) next { return serve(s, g, 0) }),
				goroutine.Do("notify <- true", func(s *State, g goroutine.G) next { return s.News.Send(g, true) }),
				goroutine.Do("runLeader()", func(s *State, g goroutine.G) next { return serve(s, g, 2) }),
				goroutine.Do("notify <- false", func(s *State, g goroutine.G) next { return s.News.Send(g, false).Then(goroutine.Goto(0)) }),
			}},
			monitor: {Name: "monitor", Daemon: true, Code: []goroutine.Statement[State]{
				goroutine.Do("for !isLeader { isLeader = <-notify }", func(s *State, g goroutine.G) next { return await(s, hear(s, g), true, 0) }),
				goroutine.Do("go leaderLoop(stop)", func(s *State, g goroutine.G) next { s.Stop.Make(0); return s.Loops.Add(g, 1).Then(g.Go(loop)) }),
				goroutine.Do("for isLeader { isLeader = <-notify }", func(s *State, g goroutine.G) next { return await(s, hear(s, g), false, 2) }),
				goroutine.Do("close(stop)", func(s *State, g goroutine.G) next { return s.Stop.Close(g) }),
				goroutine.Do("wg.Wait()", wait),
			}},
			// drain reads all news and keeps the last, for monitor to read when it can.
			drain: {Name: "drain", Daemon: true, Later: direct, Code: []goroutine.Statement[State]{
				goroutine.Do("last = <-notify", func(s *State, g goroutine.G) next { return s.News.Recv(g, &s.Last) }),
				goroutine.Do("select { last = <-notify, latest <- last }", func(s *State, g goroutine.G) next {
					switch i := g.Select(s.News.CanRecv(g), s.Latest.CanSend(g)); {
					case i == 0 && c.Bug == "keep-first":
						return s.News.Recv(g, nil).Then(goroutine.Goto(1))
					case i == 0:
						return s.News.Recv(g, &s.Last).Then(goroutine.Goto(1))
					case i == 1:
						return s.Latest.Send(g, s.Last).Then(goroutine.Goto(0))
					}
					return goroutine.Blocked
				}),
			}},
			loop: {Name: "loop", Copies: 2, Later: true, Code: []goroutine.Statement[State]{
				goroutine.Do("raft.Barrier()", func(s *State, g goroutine.G) next { return s.Barrier.Send(g, true) }),
				goroutine.Do("<-stop", func(s *State, g goroutine.G) next { return s.Stop.Recv(g, nil) }),
				goroutine.Do("wg.Done()", func(s *State, g goroutine.G) next { return s.Loops.Done(g) }),
			}},
		},
		Properties: []model.Property[State]{ // beside freedom from deadlock, which every model has
			model.Always("OneLoopAtMost", func(s *State) bool { return !s.Threads[loop].Runs() || !s.Threads[loop+1].Runs() }),
			model.Implies("LastNewsArrive", func(s *State) bool { // the last term is over, and no news are on their way
				return int(s.Turns) == 2*c.Terms && s.Threads[raft].At(0) && s.News.Len() == 0 && !s.Threads[drain].At(1)
			}, func(s *State) bool { return !s.Threads[monitor].At(2) }), // where monitor would wait for the end of the term
			model.Reachable("LoopReachesRaft", func(s *State) bool { return s.Threads[loop].At(1) }),
		},
	}.Model()
}
