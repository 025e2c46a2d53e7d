// Package heartbeat models how a tracker tells that a node lives. The node sends
// numbered heartbeats; the tracker ignores one that is not newer than the last,
// because the network may deliver old ones again, or let a later one overtake an
// earlier one. A node that restarts numbers its heartbeats from the beginning, so
// each of its lives has a number, too.
package heartbeat

import (
	"cmp"
	"fmt"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
)

// Config sizes the model and seeds bugs into it. Times are in ticks.
type Config struct {
	Timeout  int    `flag:"timeout" default:"2" min:"1" max:"250" help:"how long the tracker waits before it marks a node as failed"`
	Beats    int    `flag:"beats" default:"2" min:"1" max:"250" help:"heartbeats that a node sends in one life"`
	Restarts int    `flag:"restarts" default:"1" min:"0" max:"250" help:"how often the node restarts"`
	Bug      string // "" or the name of a seeded bug
}

// Heartbeat is what the node sends.
type Heartbeat struct {
	Life     uint8 // the incarnation: how often the node had restarted
	Sequence uint8
}

// Phase is what a node does.
type Phase uint8

const (
	Beating Phase = iota
	Down
	Restarted // it has to register before it sends heartbeats
)

func (ph Phase) String() string { return [...]string{"Beating", "Down", "Restarted"}[ph] }

// Node is the one node that is watched.
type Node struct {
	Phase  Phase
	Last   Heartbeat // what it numbered last
	Silent uint8     // ticks since it was last heard of, up to the timeout
}

// Tracker is who watches it.
type Tracker struct {
	Last   Heartbeat // the newest that it accepted
	Missed uint8     // ticks since then, up to the timeout
	Failed bool      // it has marked the node as failed
}

// State is a global state. Heartbeats arrive at once, unless the next one
// overtakes them; the last one that was sent may arrive again later.
type State struct {
	Node      Node
	Tracker   Tracker
	Sent      Heartbeat
	Overtaken Heartbeat // still under way, behind one that has arrived; zero if none is
}

type protocol struct {
	Config
	timeout uint8
}

// New returns the model.
func New(c Config) *model.Model[State] {
	c = catalog.Settle(c)
	p := &protocol{c, uint8(c.Timeout)}
	m := &model.Model[State]{
		Name: "cluster/heartbeat",
		Actions: []model.Action[State]{
			{Name: "Beat", Do: p.beat},
			{Name: "Duplicate", Do: p.duplicate, Fault: "duplication"},
			{Name: "Overtake", Do: p.overtake, Fault: "reordering"},
			{Name: "ArriveLate", Do: p.arriveLate},
			{Name: "Tick", Do: p.tick},
			{Name: "MarkFailed", Do: p.markFailed},
			{Name: "Crash", Do: p.crash, Fault: "crash"},
			{Name: "Restart", Do: p.restart},
			{Name: "Register", Do: p.register},
		},
		Properties: []model.Property[State]{
			model.Always("LiveNodeNotFailed", p.liveNodeNotFailed).Explained(p.heard),
			model.Always("NoStaleLife", p.noStaleLife).Explained(p.heard),
			model.Reachable("DeadNodeFailed", p.deadNodeFailed),
			model.Reachable("FirstBeatHeard", p.heardLast(Heartbeat{Sequence: 1})),
		},
	}
	if p.Restarts > 0 {
		m.Properties = append(m.Properties,
			model.Reachable("HeardAfterRestart", p.heardLast(Heartbeat{Life: 1, Sequence: 1})))
	}
	return m
}

func (p *protocol) beat(s *State, _ *model.Choice) bool {
	if !p.canSend(s, 1) {
		return false
	}
	p.send(s)
	p.receive(s, s.Sent)
	return true
}

func (p *protocol) canSend(s *State, count int) bool {
	return s.Node.Phase == Beating && int(s.Node.Last.Sequence)+count <= p.Beats
}

func (p *protocol) send(s *State) {
	s.Node.Last.Sequence++
	s.Node.Silent = 0
	s.Sent = s.Node.Last
}

// duplicate: the network delivers the last heartbeat once more.
func (p *protocol) duplicate(s *State, _ *model.Choice) bool {
	if s.Sent.Sequence == 0 {
		return false
	}
	p.receive(s, s.Sent)
	return true
}

// overtake: the node sends two heartbeats, and the second arrives first.
func (p *protocol) overtake(s *State, _ *model.Choice) bool {
	if !p.canSend(s, 2) || s.Overtaken.Sequence != 0 {
		return false
	}
	p.send(s)
	s.Overtaken = s.Sent
	p.send(s)
	p.receive(s, s.Sent)
	return true
}

// arriveLate: the heartbeat that was overtaken arrives, too.
func (p *protocol) arriveLate(s *State, _ *model.Choice) bool {
	if s.Overtaken.Sequence == 0 {
		return false
	}
	p.receive(s, s.Overtaken)
	s.Overtaken = Heartbeat{}
	return true
}

// receive: a heartbeat arrives.
func (p *protocol) receive(s *State, beat Heartbeat) {
	if p.newer(beat, s.Tracker.Last) {
		s.Tracker = Tracker{Last: beat}
	}
}

// newer: a later life is newer, whatever its sequence numbers.
func (p *protocol) newer(a, b Heartbeat) bool {
	switch p.Bug {
	case "accept-any":
		return true
	case "one-sequence", "reset-sequence":
		return a.Sequence > b.Sequence
	case "only-repeats":
		return a.Life > b.Life || a.Life == b.Life && a.Sequence != b.Sequence
	}
	return cmp.Or(cmp.Compare(a.Life, b.Life), cmp.Compare(a.Sequence, b.Sequence)) > 0
}

func (p *protocol) tick(s *State, _ *model.Choice) bool {
	s.Node.Silent = min(s.Node.Silent+1, p.timeout)
	s.Tracker.Missed = min(s.Tracker.Missed+1, p.timeout)
	return true
}

func (p *protocol) markFailed(s *State, _ *model.Choice) bool {
	if s.Tracker.Missed < p.timeout || s.Tracker.Failed {
		return false
	}
	s.Tracker.Failed = true
	return true
}

func (p *protocol) crash(s *State, _ *model.Choice) bool {
	if s.Node.Phase == Down {
		return false
	}
	s.Node.Phase = Down
	return true
}

// restart: the number of its life is on the node's disk, the sequence is not.
func (p *protocol) restart(s *State, _ *model.Choice) bool {
	if s.Node.Phase != Down || int(s.Node.Last.Life) == p.Restarts {
		return false
	}
	s.Node.Phase = Restarted
	s.Node.Last = Heartbeat{Life: s.Node.Last.Life + 1}
	return true
}

// register: the tracker hears of the node, and accepts heartbeats of this life
// only from now on. With one sequence for all lives it keeps what it has.
func (p *protocol) register(s *State, _ *model.Choice) bool {
	if s.Node.Phase != Restarted {
		return false
	}
	s.Node.Phase, s.Node.Silent = Beating, 0
	last := s.Node.Last
	if p.Bug == "one-sequence" {
		last = s.Tracker.Last
	}
	s.Tracker = Tracker{Last: last}
	return true
}

// liveNodeNotFailed: who is marked as failed was silent for the whole timeout.
func (p *protocol) liveNodeNotFailed(s *State) bool {
	return !s.Tracker.Failed || s.Node.Silent >= p.timeout
}

// noStaleLife: the tracker never takes the node for more recently alive than it
// was.
func (p *protocol) noStaleLife(s *State) bool { return s.Tracker.Missed >= s.Node.Silent }

func (p *protocol) heard(s *State) string {
	return fmt.Sprintf("ticks since the node was heard: %d; as the tracker counts them: %d", s.Node.Silent, s.Tracker.Missed)
}

func (p *protocol) deadNodeFailed(s *State) bool { return s.Tracker.Failed && s.Node.Phase == Down }

// heardLast: the last heartbeat that the tracker accepted is this one.
func (p *protocol) heardLast(beat Heartbeat) func(*State) bool {
	return func(s *State) bool { return s.Tracker.Last == beat }
}
