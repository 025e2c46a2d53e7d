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

// The bodies.
const (
	raft = iota
	monitor
	loop
	drain

	loopsMax = 2
)

// State is the goroutines, what they share, and their variables.
type State struct {
	Threads [3 + loopsMax]goroutine.Thread
	News    goroutine.Chan[bool, [8]bool] // of raft: is the server the leader?
	Latest  goroutine.Chan[bool, [1]bool] // the same, of drain
	Barrier goroutine.Chan[bool, [1]bool] // to raft, which answers at once
	Stop    goroutine.Chan[bool, [1]bool] // closed: the loop is to return
	Loops   goroutine.WaitGroup

	Terms    uint8 // begun by raft
	IsLeader bool  // monitor: what it has read
	Running  bool  // monitor: it has started a loop, and not waited for its end
	Has      bool  // drain: it has read what it has not passed on,
	Last     bool  // and this is that
	Served   bool  // raft has answered a loop
}

type (
	g         = goroutine.G
	next      = goroutine.Next
	statement = goroutine.Statement[State]
)

type server struct{ Config }

// New returns the model.
func New(c Config) *model.Model[State] {
	p := &server{catalog.Settle(c)}
	return goroutine.Program[State]{
		Name:    "incident/leaderloop",
		Threads: func(s *State) []goroutine.Thread { return s.Threads[:] },
		Init:    p.begin,
		Bodies: []goroutine.Body[State]{
			raft:    {Name: "raft", Daemon: true, Code: p.raft()},
			monitor: {Name: "monitor", Daemon: true, Code: p.monitor()},
			loop:    {Name: "loop", Copies: loopsMax, Later: true, Code: leaderLoop},
			drain:   {Name: "drain", Daemon: true, Later: !p.drains(), Code: p.drain()},
		},
		Properties: []model.Property[State]{ // beside freedom from deadlock, which every model has
			model.Always("OneLoopAtMost", func(s *State) bool { return !s.Threads[loop].Runs() || !s.Threads[loop+1].Runs() }),
			model.Always("LastNewsArrive", func(s *State) bool { return !p.isQuiet(s) || !s.IsLeader && !s.Running }),
			model.Reachable("LoopReachesRaft", func(s *State) bool { return s.Served }),
			model.Reachable("LeadershipIsLost", p.isQuiet),
		},
	}.Model()
}

// begin makes the channels. News has room; the others have no buffer.
func (p *server) begin(s *State, _ *model.Choice) bool {
	s.News.Make(p.Buffer)
	s.Latest.Make(0)
	s.Barrier.Make(0)
	return true
}

// isQuiet reports whether the last term is over, and all news are read.
func (p *server) isQuiet(s *State) bool {
	over := int(s.Terms) == p.Terms && s.Threads[raft].At(follow)
	return over && s.News.Len() == 0 && !s.Has && s.Threads[monitor].At(read)
}

// drains reports whether drain runs.
func (p *server) drains() bool { return p.Bug != "read-when-idle" && p.Bug != "larger-buffer" }

// news is the channel that monitor reads.
func (p *server) news(s *State) receiver {
	if p.drains() {
		return &s.Latest
	}
	return &s.News
}

// receiver is the channels of either size.
type receiver interface{ Recv(g g, into *bool) next }
