// Package rpc models calls from one node to another over a single connection. A
// call gets an id, the caller waits in a table under that id, and the task that
// reads the connection hands each answer to whoever waits under the answer's id.
// Two parts of a node make calls: its transport, and its migration coordinator.
package rpc

import (
	"slices"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
)

const (
	maxCalls = 3
	maxIDs   = 2 * maxCalls
)

// Config sizes the model and seeds bugs into it.
type Config struct {
	Calls int    `flag:"calls" default:"2" min:"1" max:"3" help:"calls that each caller makes, one after the other"`
	Bug   string // "" or the name of a seeded bug
}

// Caller is a part of the node that makes calls, or nobody.
type Caller uint8

const (
	Nobody Caller = iota
	Transport
	Migration
)

func (w Caller) String() string { return [...]string{"Nobody", "Transport", "Migration"}[w] }

var everyone = []Caller{Transport, Migration}

// Phase is what has become of a caller's latest call.
type Phase uint8

const (
	Idle Phase = iota
	Waiting
	Answered
	Misled   // it was given the answer to another call
	TimedOut // it has waited long enough
	Failed   // it was told that the connection is gone, which it is not
)

func (ph Phase) String() string {
	return [...]string{"Idle", "Waiting", "Answered", "Misled", "TimedOut", "Failed"}[ph]
}

// Call is a caller's latest call.
type Call struct {
	Phase  Phase
	ID     uint8
	Number uint8 // how many calls it has made
}

// Message is a request or its answer, of which one is under way at a time.
type Message struct {
	ID     uint8
	By     Caller // whose it is, and which of its calls; the network does not tell
	Number uint8
}

// Name is how a node has filed the connection to a peer.
type Name uint8

const (
	ByNode    Name = iota // under the peer's own name
	ByAddress             // under a name made up from its address
)

func (n Name) String() string { return [...]string{"ByNode", "ByAddress"}[n] }

// State is a global state of one node with one peer.
type State struct {
	Wire    model.Set[Message]
	Calls   [2]Call `muster:"by=Caller"` // of the transport, and of the migration
	LastID  uint8
	Pending [maxIDs + 1]Caller // who waits for the answer to an id; there is no id 0
	Filed   Name
}

func (s *State) call(by Caller) *Call { return &s.Calls[by-Transport] }

type protocol struct{ Config }

// New returns the model.
func New(c Config) *model.Model[State] {
	p := &protocol{catalog.Settle(c)}
	return &model.Model[State]{
		Name: "cluster/rpc",
		Init: p.init,
		Actions: []model.Action[State]{
			{Name: "Call", Do: p.call},
			{Name: "Receive", Do: p.receive},
			{Name: "TimeOut", Do: p.timeOut},
			{Name: "Lose", Do: p.lose, Fault: "loss"},
		},
		Properties: []model.Property[State]{
			model.Always("NoSpuriousFailure", nobodyIs(Failed)),
			model.Always("RightAnswer", nobodyIs(Misled)),
			model.Always("TableIsRight", p.tableIsRight),
			model.Reachable("BothAnswered", p.bothAnswered),
			model.Reachable("GivenUp", someCallIs(TimedOut)),
		},
		Terminal: p.allCallsMade,
		Symmetry: []model.Symmetry{model.Scalars[Caller](len(everyone)).From(int(Transport))},
	}
}

// init: the connection was either dialled or accepted.
func (p *protocol) init(s *State, c *model.Choice) bool {
	if accepted := c.Bool("accepted"); accepted && p.Bug == "made-up-name" {
		s.Filed = ByAddress
	}
	return true
}

// call registers the caller under a new id, and sends the request. Whoever waits
// under that id already is pushed out, and learns that nobody will answer.
func (p *protocol) call(s *State, c *model.Choice) bool {
	who := model.Pick(c, "caller", everyone)
	mine := s.call(who)
	if mine.Phase == Waiting || int(mine.Number) == p.Calls {
		return false
	}
	mine.Number++
	if s.Filed == ByAddress { // there is no connection to a peer of that name
		mine.Phase = Failed
		return true
	}
	mine.Phase, mine.ID = Waiting, p.newID(s, mine)
	if other := s.Pending[mine.ID]; other != Nobody {
		s.call(other).Phase = Failed
	}
	s.Pending[mine.ID] = who
	s.Wire.Add(Message{mine.ID, who, mine.Number})
	return true
}

func (p *protocol) newID(s *State, mine *Call) uint8 {
	switch p.Bug {
	case "own-numbers":
		return mine.Number
	case "reuse-ids":
		return uint8(1 + slices.Index(s.Pending[1:], Nobody))
	}
	s.LastID++
	return s.LastID
}

// receive: an answer comes in. One for which nobody waits any more is dropped.
func (p *protocol) receive(s *State, c *model.Choice) bool {
	answer := s.Wire.Take(c, "answer")
	who := s.Pending[answer.ID]
	if who == Nobody {
		return true
	}
	s.Pending[answer.ID] = Nobody
	waiting := s.call(who)
	waiting.Phase = Answered
	if who != answer.By || waiting.Number != answer.Number {
		waiting.Phase = Misled
	}
	return true
}

// timeOut: the caller may have waited long enough at any moment.
func (p *protocol) timeOut(s *State, c *model.Choice) bool {
	mine := s.call(model.Pick(c, "caller", everyone))
	if mine.Phase != Waiting {
		return false
	}
	mine.Phase = TimedOut
	if p.Bug != "leave-entry" {
		s.Pending[mine.ID] = Nobody
	}
	return true
}

func (p *protocol) lose(s *State, c *model.Choice) bool {
	s.Wire.Take(c, "message")
	return true
}

func nobodyIs(wrong Phase) func(*State) bool {
	return func(s *State) bool { return !someCallIs(wrong)(s) }
}

// someCallIs: this has become of the latest call of some caller.
func someCallIs(phase Phase) func(*State) bool {
	return func(s *State) bool {
		return slices.ContainsFunc(s.Calls[:], func(c Call) bool { return c.Phase == phase })
	}
}

// tableIsRight: who is in the table waits under that id, and who waits is there.
func (p *protocol) tableIsRight(s *State) bool {
	for id, who := range s.Pending {
		if who != Nobody && (s.call(who).Phase != Waiting || int(s.call(who).ID) != id) {
			return false
		}
	}
	for _, who := range everyone {
		if mine := s.call(who); mine.Phase == Waiting && s.Pending[mine.ID] != who {
			return false
		}
	}
	return true
}

func (p *protocol) bothAnswered(s *State) bool {
	return !slices.ContainsFunc(s.Calls[:], func(c Call) bool { return c.Phase != Answered })
}

// allCallsMade: and none is waiting.
func (p *protocol) allCallsMade(s *State) bool {
	for _, who := range everyone {
		if mine := s.call(who); int(mine.Number) < p.Calls || mine.Phase == Waiting {
			return false
		}
	}
	return true
}
