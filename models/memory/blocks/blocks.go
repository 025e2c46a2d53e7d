// Package blocks models the memory of an agent: a list of blocks, to which
// several callers add. A caller that works on a copy, because the memory can be
// cloned, and then puts its copy in the memory's place, takes away what others
// have added meanwhile. A lock that is held from the copy to the replacement
// prevents that, and so does an actor that serves one caller after the other.
package blocks

import (
	"fmt"
	"strings"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
)

const maxCallers = 4

// Config sizes the model and seeds bugs into it.
type Config struct {
	Callers int    `flag:"callers" default:"2" min:"2" max:"4" help:"callers, each of which adds one block"`
	Bug     string // "" or the name of a seeded bug
}

// CallerID is a caller: its place among all, and its bit.
type CallerID uint8

// Blocks is what a memory holds: of each caller its block, or not. A bit each.
type Blocks uint8

func (b Blocks) with(caller int) Blocks { return b | 1<<caller }

func (b Blocks) has(caller int) bool { return b&(1<<caller) != 0 }

func (b Blocks) String() string {
	var list []string
	for caller := range maxCallers {
		if b.has(caller) {
			list = append(list, fmt.Sprint(caller))
		}
	}
	return "{" + strings.Join(list, " ") + "}"
}

// Phase is how far a caller has come.
type Phase uint8

const (
	Waiting Phase = iota
	HasCopy
	Added
)

func (ph Phase) String() string { return [...]string{"Waiting", "HasCopy", "Added"}[ph] }

// State is a global state.
type State struct {
	Memory  Blocks
	Callers [maxCallers]Caller `muster:"by=CallerID"`
}

// Caller is one caller. From Copy to Replace it holds the lock.
type Caller struct {
	Phase Phase
	Copy  Blocks
}

type protocol struct{ Config }

// New returns the model.
func New(c Config) *model.Model[State] {
	p := &protocol{catalog.Settle(c)}
	return &model.Model[State]{
		Name: "memory/blocks",
		Actions: []model.Action[State]{
			{Name: "Copy", Do: p.copy},
			{Name: "Replace", Do: p.replace},
		},
		Properties: []model.Property[State]{
			model.Always("NoLostBlock", p.noLostBlock).Explained(p.whatIsLost),
			model.Reachable("AllAdded", p.allAdded),
		},
		Terminal: p.allAdded,
		Symmetry: []model.Symmetry{model.Scalars[CallerID](p.Callers).Bits(Blocks(0))},
	}
}

func (p *protocol) copy(s *State, c *model.Choice) bool {
	caller := &s.Callers[c.Int("caller", p.Callers)]
	if caller.Phase != Waiting || p.locked(s) && p.Bug != "clone" {
		return false
	}
	*caller = Caller{HasCopy, s.Memory}
	return true
}

func (p *protocol) locked(s *State) bool {
	for _, caller := range s.Callers[:p.Callers] {
		if caller.Phase == HasCopy {
			return true
		}
	}
	return false
}

// replace: the copy, with the caller's block in it, becomes the memory.
func (p *protocol) replace(s *State, c *model.Choice) bool {
	i := c.Int("caller", p.Callers)
	caller := &s.Callers[i]
	if caller.Phase != HasCopy {
		return false
	}
	s.Memory = caller.Copy.with(i)
	*caller = Caller{Phase: Added}
	return true
}

// noLostBlock: what was added is there.
func (p *protocol) noLostBlock(s *State) bool { return p.added(s)&^s.Memory == 0 }

// added are the blocks of all callers that are done.
func (p *protocol) added(s *State) Blocks {
	var blocks Blocks
	for i, caller := range s.Callers[:p.Callers] {
		if caller.Phase == Added {
			blocks = blocks.with(i)
		}
	}
	return blocks
}

func (p *protocol) allAdded(s *State) bool {
	for _, caller := range s.Callers[:p.Callers] {
		if caller.Phase != Added {
			return false
		}
	}
	return true
}

func (p *protocol) whatIsLost(s *State) string {
	return fmt.Sprintf("blocks %v were added, and the memory has %v", p.added(s), s.Memory)
}
