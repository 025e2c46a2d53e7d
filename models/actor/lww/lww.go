// Package lww models a register with a replica on each node, of which the last write wins: the one
// with the latest timestamp, and of equal timestamps the one of the larger node. Clocks go forward and
// back. The space has no end: a run needs --max-depth.
//
// Promised: when no message is in flight, all replicas are equal. It is not kept: a node compares
// the time of a write with the times of its own writes over others, and not with that of the write
// that it replaces. --later repairs that.
package lww

import (
	"cmp"
	"fmt"

	"github.com/muster-mc/muster/actor"
	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/network"
)

const (
	maxReplicas = 4
	noon        = 1000 // the time of all clocks at first
)

// Config sizes the model and seeds bugs into it.
type Config struct {
	Replicas int    `flag:"replicas" default:"2" min:"1" max:"4" help:"nodes with a replica"`
	Later    bool   `flag:"later" help:"a write is later than the one it replaces"`
	Bound    int    `flag:"bound" default:"0" min:"0" max:"100" help:"how far times may be from the first one, with two writes in flight; 0 is no bound"`
	Bug      string // "" or the name of a seeded bug
}

// Value is what is written: A, B or C. 0 is none.
type Value uint8

const values = 3

func (v Value) String() string { return [...]string{"none", "A", "B", "C"}[v] }

// Write is a value with the time and the node of its writing. The zero Write means that nothing was
// written.
type Write struct {
	Time  uint16
	Value Value
	By    network.ID
}

func (w Write) String() string { return fmt.Sprintf("%v@%d/%d", w.Value, w.Time, w.By) }

// Replica is a node.
type Replica struct {
	Register    Write
	Clock, Last uint16 // Last is the latest time that the node has given to a write over another
}

// State is a global state.
type State struct {
	Replicas [maxReplicas]Replica
	Net      network.Bag[Write]
}

// New returns the model.
func New(c Config) *model.Model[State] {
	c = catalog.Settle(c)
	replicas := func(s *State) []Replica { return s.Replicas[:c.Replicas] }
	system := actor.System[State, Write]{
		Net: func(s *State) network.Net[Write] { return &s.Net },
		Roles: []actor.Role[State, Write]{actor.RoleOf(replicas, actor.Handlers[Replica, Write, actor.NoTimers]{
			Start: func(a *Replica, _ *network.Out[Write]) { a.Clock, a.Last = noon, noon }, Receive: c.receive,
		})},
	}
	m := &model.Model[State]{
		Name: "actor/lww", Init: system.Start,
		Actions: append(system.Actions(),
			model.Action[State]{Name: "Set", Do: c.set}, model.Action[State]{Name: "TurnClock", Do: c.turn}),
		Properties: []model.Property[State]{model.Implies("ReplicasAgree",
			func(s *State) bool { return s.Net.Len() == 0 },
			model.EveryTwo(replicas, func(a, b *Replica) bool { return a.Register == b.Register }))},
		Symmetry: []model.Symmetry{model.Scalars[Value](values).From(1)},
	}
	if c.Bound > 0 {
		few := network.Within(system.Net, 2*c.Replicas)
		near := model.Every(replicas, c.isNear)
		m.Constraint = func(s *State) bool { return few(s) && near(s) }
	}
	return m
}

func (c *Config) receive(a *Replica, e network.Envelope[Write], _ *network.Out[Write]) bool {
	if c.compare(e.Message, a.Register) >= 0 {
		a.Register = e.Message
	}
	return true
}

// compare orders writes. Nothing comes before every write.
func (c *Config) compare(a, b Write) int {
	if c.Bug == "time-only" {
		return cmp.Compare(a.Time, b.Time)
	}
	return cmp.Or(cmp.Compare(a.Time, b.Time), cmp.Compare(a.By, b.By))
}

func (c *Config) set(s *State, choice *model.Choice) bool {
	id := network.ID(choice.Range("node", 1, c.Replicas))
	a := &s.Replicas[id.Index()]
	w := Write{a.Clock, model.Show(choice, Value(1+choice.Int("value", values))), id}
	switch {
	case c.Later:
		w.Time = max(a.Clock, a.Register.Time+1)
	case a.Register != (Write{}):
		w.Time = max(a.Clock, a.Last+1)
		a.Last = w.Time
	}
	a.Register = w
	for to := range network.Among(c.Replicas).All() {
		s.Net.Send(id, to, w)
	}
	return true
}

func (c *Config) turn(s *State, choice *model.Choice) bool {
	s.Replicas[choice.Range("node", 1, c.Replicas)-1].Clock += uint16(2*choice.Int("by", 2) - 1)
	return true
}

// isNear reports whether all times of a replica are within the bound.
func (c *Config) isNear(a *Replica) bool {
	return int(a.Clock) >= noon-c.Bound && int(max(a.Clock, a.Last, a.Register.Time)) <= noon+c.Bound
}
