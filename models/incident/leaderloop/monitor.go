package leaderloop

import "github.com/muster-mc/muster/goroutine"

// The places of monitor's statements.
const (
	read = iota
	start
	stop
	wait
)

func (p *server) monitor() []statement {
	return []statement{
		read: goroutine.Do("isLeader := <-notify", func(s *State, g g) next {
			n := p.news(s).Recv(g, &s.IsLeader)
			switch {
			case n != goroutine.On:
				return n
			case s.IsLeader && !s.Running:
				return goroutine.Goto(start)
			case !s.IsLeader && s.Running:
				return goroutine.Goto(stop)
			}
			return goroutine.Goto(read)
		}),
		start: goroutine.Do("go leaderLoop(stop)", func(s *State, g g) next {
			s.Stop.Make(0)
			s.Loops.Add(g, 1)
			s.Running = true
			return g.Go(loop).Then(goroutine.Goto(read))
		}),
		stop: goroutine.Do("close(stop)", func(s *State, g g) next { return s.Stop.Close(g) }),
		wait: goroutine.Do("wg.Wait()", func(s *State, g g) next {
			n := goroutine.On
			if p.Bug != "no-wait" {
				n = s.Loops.Wait(g)
			}
			if n == goroutine.On {
				s.Running = false
			}
			return n.Then(goroutine.Goto(read))
		}),
	}
}

// leaderLoop talks to raft, and again after some time, until it is stopped.
var leaderLoop = []statement{
	goroutine.Do("raft.Barrier()", func(s *State, g g) next { return s.Barrier.Send(g, true) }),
	goroutine.Do("select { <-stop, <-interval }", func(s *State, g g) next {
		if g.Select(s.Stop.CanRecv(g), goroutine.When(true)) == 1 {
			return goroutine.Goto(0)
		}
		return s.Stop.Recv(g, nil)
	}),
	goroutine.Do("wg.Done()", func(s *State, g g) next { return s.Loops.Done(g) }),
}
