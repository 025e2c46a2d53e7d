// Package sequence models how a log numbers its entries. A client that appends
// reads a counter, writes it back one higher, and stores its entry under the
// number it has got. If two clients can read the counter before either writes
// it, they get one number, and one entry is stored over the other. A client may
// crash on the way; that leaves a number without an entry, which hurts nobody.
package sequence

import (
	"fmt"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
)

const maxClients = 3

// Config sizes the model and seeds bugs into it.
type Config struct {
	Clients int    `flag:"clients" default:"2" min:"2" max:"3" help:"clients, each of which appends one entry"`
	Bug     string // "" or the name of a seeded bug
}

// Phase is how far a client has come.
type Phase uint8

const (
	Idle      Phase = iota
	HasRead         // it has read the counter
	HasNumber       // it has written the counter
	Appended        // and its entry
	Crashed
)

func (ph Phase) String() string {
	return [...]string{"Idle", "HasRead", "HasNumber", "Appended", "Crashed"}[ph]
}

// Author is whose entry is stored under a number.
type Author uint8

// Nobody is the author where no entry is.
const Nobody Author = 0

func authorOf(client int) Author { return Author(client + 1) }

func (a Author) String() string {
	if a == Nobody {
		return "nobody"
	}
	return fmt.Sprint("client ", int(a)-1)
}

// State is a global state. The counter and the log are on disk.
type State struct {
	Counter uint8              // the next number
	Log     [maxClients]Author // by number
	Clients [maxClients]Client `muster:"by=Author"`
}

// Client is one client.
type Client struct {
	Phase  Phase
	Number uint8 // as the client knows it
}

type protocol struct{ Config }

// New returns the model.
func New(c Config) *model.Model[State] {
	p := &protocol{catalog.Settle(c)}
	return &model.Model[State]{
		Name: "storage/sequence",
		Actions: []model.Action[State]{
			{Name: "ReadCounter", Do: p.readCounter},
			{Name: "WriteCounter", Do: p.writeCounter},
			{Name: "WriteEntry", Do: p.writeEntry},
			{Name: "Crash", Do: p.crash, Fault: "crash"},
		},
		Properties: []model.Property[State]{
			model.Always("NoEntryLost", p.noEntryLost).Explained(p.whatIsLost),
			model.Reachable("AllAppended", p.allAppended),
		},
		Terminal: p.allOver,
		Symmetry: []model.Symmetry{model.Scalars[Author](p.Clients).From(1)},
	}
}

func (p *protocol) readCounter(s *State, c *model.Choice) bool {
	client := &s.Clients[c.Int("client", p.Clients)]
	if client.Phase != Idle {
		return false
	}
	*client = Client{HasRead, s.Counter}
	return true
}

// writeCounter: the number is the client's if nobody has taken it since it was
// read. Otherwise the client reads again.
func (p *protocol) writeCounter(s *State, c *model.Choice) bool {
	client := &s.Clients[c.Int("client", p.Clients)]
	if client.Phase != HasRead {
		return false
	}
	if client.Number != s.Counter && p.Bug != "no-conflict-check" {
		*client = Client{}
		return true
	}
	s.Counter = client.Number + 1
	client.Phase = HasNumber
	return true
}

func (p *protocol) writeEntry(s *State, c *model.Choice) bool {
	i := c.Int("client", p.Clients)
	client := &s.Clients[i]
	if client.Phase != HasNumber {
		return false
	}
	s.Log[client.Number] = authorOf(i)
	client.Phase = Appended
	return true
}

// crash: a client that is not done is gone.
func (p *protocol) crash(s *State, c *model.Choice) bool {
	client := &s.Clients[c.Int("client", p.Clients)]
	if client.Phase == Appended || client.Phase == Crashed {
		return false
	}
	*client = Client{Phase: Crashed}
	return true
}

// noEntryLost: whoever has appended an entry finds it under its number.
func (p *protocol) noEntryLost(s *State) bool { return p.loser(s) == Nobody }

// loser is a client whose entry is gone.
func (p *protocol) loser(s *State) Author {
	for i, client := range s.Clients[:p.Clients] {
		if client.Phase == Appended && s.Log[client.Number] != authorOf(i) {
			return authorOf(i)
		}
	}
	return Nobody
}

func (p *protocol) whatIsLost(s *State) string {
	return fmt.Sprintf("the entry of %v is stored over", p.loser(s))
}

func (p *protocol) allAppended(s *State) bool {
	for _, client := range s.Clients[:p.Clients] {
		if client.Phase != Appended {
			return false
		}
	}
	return true
}

func (p *protocol) allOver(s *State) bool {
	for _, client := range s.Clients[:p.Clients] {
		if client.Phase != Appended && client.Phase != Crashed {
			return false
		}
	}
	return true
}
