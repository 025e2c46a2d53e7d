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
		switch g.Select(s.Barrier.CanRecv(g), goroutine.When(mayTurn)) {
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

// drain reads all news and keeps the last, for monitor to read when it can.
func (p *server) drain() []statement {
	return []statement{goroutine.Do("select { last = <-notify, latest <- last }", func(s *State, g g) next {
		out := &s.Latest
		if !s.Has {
			out = nil
		}
		again := goroutine.Goto(0)
		switch g.Select(s.News.CanRecv(g), out.CanSend(g)) {
		case 0:
			into := &s.Last
			if s.Has && p.Bug == "keep-first" {
				into = nil
			}
			s.Has = true
			return s.News.Recv(g, into).Then(again)
		case 1:
			last := s.Last
			s.Has, s.Last = false, false
			return out.Send(g, last).Then(again)
		}
		return goroutine.Blocked
	})}
}
