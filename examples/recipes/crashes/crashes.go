// Package crashes models a value that several nodes store while some of the nodes crash.
package crashes

import (
	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
)

const nodes = 3

// Config sizes the model and seeds a bug into it.
type Config struct {
	Crashes int    `flag:"crashes" default:"1" min:"0" max:"3" help:"crashes in a run, at most"`
	Copies  int    `flag:"copies" default:"2" min:"1" max:"3" help:"copies of the value before it is acknowledged"`
	Bug     string // "" or the name of a seeded bug
}

// Entry is the model on the command line.
var Entry = catalog.Define("crashes", "a value that several nodes store while some of the nodes crash", New,
	catalog.Bug{
		Name: "ack-early", Breaks: "AckedIsKept", Length: 4,
		Doc: "the value is acknowledged before its last copy is made",
	},
	catalog.Fix{
		Name: "three-copies", With: catalog.With{"crashes": "2", "copies": "3"},
		Doc: "two crashes are survived by three copies",
	},
)

// State is what the nodes have in memory, which a crash empties.
type State struct {
	Has     [nodes]bool
	Acked   bool
	Crashes uint8 // so far
}

type store struct{ Config }

// New returns the model.
func New(c Config) *model.Model[State] {
	s := &store{catalog.Settle(c)}
	return &model.Model[State]{
		Name: "crashes",
		Actions: []model.Action[State]{
			{Name: "Store", Do: s.store},
			{Name: "Acknowledge", Do: s.acknowledge},
			{Name: "Crash", Do: s.crash, Fault: "crash"},
		},
		Properties: []model.Property[State]{
			model.Implies("AckedIsKept",
				func(s *State) bool { return s.Acked },
				func(s *State) bool { return s.Has != [nodes]bool{} }),
		},
		AllowDeadlock: true,
	}
}

// store: the client writes the value until it is acknowledged.
func (st *store) store(s *State, c *model.Choice) bool {
	node := c.Int("node", nodes)
	if s.Has[node] || s.Acked {
		return false
	}
	s.Has[node] = true
	return true
}

func (st *store) acknowledge(s *State, _ *model.Choice) bool {
	wanted := st.Copies
	if st.Bug == "ack-early" {
		wanted--
	}
	if s.Acked || copies(s) < wanted {
		return false
	}
	s.Acked = true
	return true
}

// crash empties a node, as often as the budget permits.
func (st *store) crash(s *State, c *model.Choice) bool {
	node := c.Int("node", nodes)
	if int(s.Crashes) == st.Crashes || !s.Has[node] {
		return false
	}
	s.Crashes++
	s.Has[node] = false
	return true
}

func copies(s *State) int {
	n := 0
	for _, has := range s.Has {
		if has {
			n++
		}
	}
	return n
}
