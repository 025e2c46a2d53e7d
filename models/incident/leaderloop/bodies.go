package leaderloop

import "github.com/muster-mc/muster/goroutine"

// The places of raft's statements.
const (
	follow = iota
	won
	lead
	lost
)

func (p *server) raft() []statement {
	// serve answers a loop, or goes on to the next term, which can happen at any time.
	serve := func(s *State, g g, again int, mayTurn bool) next {
		switch g.Select(s.Barrier.CanRecv(g), mayTurn) {
		case 0:
			s.Served = true
			return s.Barrier.Recv(g, nil).Then(goroutine.Goto(again))
		case 1:
			return goroutine.On
		}
		return goroutine.Blocked
	}
	return []statement{
		follow: goroutine.Do("runFollower()", func(s *State, g g) next { return serve(s, g, follow, int(s.Terms) < p.Terms) }),
		won: goroutine.Do("notify <- true", func(s *State, g g) next {
			n := s.News.Send(g, true)
			if n == goroutine.On {
				s.Terms++
			}
			return n
		}),
		lead: goroutine.Do("runLeader()", func(s *State, g g) next { return serve(s, g, lead, true) }),
		lost: goroutine.Do("notify <- false", func(s *State, g g) next { return s.News.Send(g, false).Then(goroutine.Goto(follow)) }),
	}
}

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
		if g.Select(s.Stop.CanRecv(g), true) == 1 {
			return goroutine.Goto(0)
		}
		return s.Stop.Recv(g, nil)
	}),
	goroutine.Do("wg.Done()", func(s *State, g g) next { return s.Loops.Done(g) }),
}

// drainNews reads all news and keeps the last, for monitor to read when it can.
var drainNews = []statement{
	goroutine.Do("select { last = <-notify, latest <- last }", func(s *State, g g) next {
		out := &s.Latest
		if !s.Has {
			out = nil
		}
		again := goroutine.Goto(0)
		switch g.Select(s.News.CanRecv(g), out.CanSend(g)) {
		case 0:
			s.Has = true
			return s.News.Recv(g, &s.Last).Then(again)
		case 1:
			last := s.Last
			s.Has, s.Last = false, false
			return out.Send(g, last).Then(again)
		}
		return goroutine.Blocked
	}),
}
