// Package actorstate models how one actor changes its memory: each invocation
// collects its writes in a buffer, and at its end either commits them or rolls
// back to what was there before.
//
// The protocol promises that an invocation which was rolled back leaves no
// trace, that one which committed leaves exactly its last write, and that the
// buffer is empty in between.
package actorstate

import (
	"strconv"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/container"
	"github.com/muster-mc/muster/model"
)

// maxBuffer is the longest buffer, and maxBuffer+1 what a bug can make of it.
const maxBuffer = 8

// maxAlike is how many values are declared to be interchangeable: a state has no more
// of them than a buffer, and two.
const maxAlike = maxBuffer + 3

// Config sizes the model and seeds bugs into it.
type Config struct {
	Values    int    `flag:"values" default:"3" min:"2" max:"250" help:"values that the memory can hold, empty included"`
	MaxBuffer int    `flag:"max-buffer" default:"2" min:"1" max:"8" help:"writes that one invocation can make"`
	Readers   bool   `flag:"readers" help:"others read the memory at any time: claim NoPartialState"`
	Bug       string // "" or the name of a seeded bug
}

// Value is what the actor's only key holds.
type Value uint8

// Empty is the value of a key that was never written.
const Empty Value = 0

func (v Value) String() string {
	if v == Empty {
		return "empty"
	}
	return "v" + strconv.Itoa(int(v))
}

// Phase is where the invocation stands.
type Phase uint8

const (
	Idle Phase = iota
	Running
	Committed
	Aborted
)

func (p Phase) String() string {
	return [...]string{"Idle", "Running", "Committed", "Aborted"}[p]
}

// State is a global state. The zero value is the initial one.
type State struct {
	Invocation Phase
	Memory     Value
	Snapshot   Value                                        // the memory before the invocation; kept when it is over
	Buffer     container.Queue[Value, [maxBuffer + 1]Value] // of writes, the newest last
}

type protocol struct{ Config }

// New returns the model.
func New(c Config) *model.Model[State] {
	p := &protocol{catalog.Settle(c)}
	return &model.Model[State]{
		Name: "actorstate",
		Actions: []model.Action[State]{
			{Name: "StartInvocation", Do: p.start},
			{Name: "BufferWrite", Do: p.write},
			{Name: "Commit", Do: p.commit},
			{Name: "Rollback", Do: p.rollback},
			{Name: "Reset", Do: p.reset},
		},
		Properties: append(p.properties(), p.liveness()...),
		Progress:   p.Bug != "standstill",
		Symmetry:   []model.Symmetry{model.Scalars[Value](min(p.Values-1, maxAlike)).From(1)}, // the memory starts empty
	}
}

// start remembers what to go back to.
func (p *protocol) start(s *State, _ *model.Choice) bool {
	if s.Invocation != Idle {
		return false
	}
	s.Invocation = Running
	if p.Bug != "snapshot-once" {
		s.Snapshot = s.Memory
	}
	return true
}

func (p *protocol) write(s *State, c *model.Choice) bool {
	if s.Invocation != Running || !p.hasRoom(s) {
		return false
	}
	value := Value(c.Int("value", p.Values))
	s.Buffer.Push(value)
	if p.writesThrough() {
		s.Memory = value
	}
	return true
}

func (p *protocol) hasRoom(s *State) bool {
	if p.Bug == "one-too-many" {
		return s.Buffer.Len() <= p.MaxBuffer
	}
	return s.Buffer.Len() < p.MaxBuffer
}

func (p *protocol) writesThrough() bool {
	return p.Bug == "write-through" || p.Bug == "write-through-restored"
}

func (p *protocol) commit(s *State, _ *model.Choice) bool {
	if s.Invocation != Running {
		return false
	}
	s.Invocation = Committed
	if s.Buffer.Len() > 0 {
		s.Memory = p.outcome(s)
	}
	if p.Bug != "keep-buffer" {
		s.Buffer.Clear()
	}
	return true
}

// outcome is what a commit leaves: all writes are to one key, so that the last
// one decides.
func (p *protocol) outcome(s *State) Value {
	if p.Bug == "first-write-wins" {
		return s.Buffer.At(0)
	}
	return s.lastWrite()
}

// rollback: nothing was written yet, but it does not rely on that.
func (p *protocol) rollback(s *State, _ *model.Choice) bool {
	if s.Invocation != Running {
		return false
	}
	s.Invocation = Aborted
	if p.Bug != "write-through" {
		s.Memory = s.Snapshot
	}
	s.Buffer.Clear()
	return true
}

func (p *protocol) reset(s *State, _ *model.Choice) bool {
	if s.Invocation != Committed && s.Invocation != Aborted {
		return false
	}
	s.Invocation = Idle
	if p.Bug == "back-to-back" {
		s.Invocation, s.Snapshot = Running, s.Memory
	}
	return true
}

// lastWrite is the newest write in the buffer. There must be one.
func (s *State) lastWrite() Value { return s.Buffer.At(s.Buffer.Len() - 1) }
