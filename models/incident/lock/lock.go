// Package lock models a lock service whose lock is held by a lease, and a storage that the
// holders write to. A client waits until no key is before its own; its key goes with its lease.
package lock

import (
	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/container"
	"github.com/muster-mc/muster/model"
)

// Config seeds bugs into the model.
type Config struct {
	Bug string // "" or the name of a seeded bug
}

// Phase is how far a client is.
type Phase uint8

const (
	Idle Phase = iota
	Waiting
	Holding
	Done
)

func (p Phase) String() string { return [...]string{"Idle", "Waiting", "Holding", "Done"}[p] }

// Name is a client. Clients are interchangeable.
type Name uint8

func (n Name) String() string { return string('A' + rune(n)) }

var everyone = []Name{0, 1, 2}

// Client has what one of them knows, and its lease, of which only the service knows.
type Client struct {
	Phase    Phase
	Leased   bool
	Revision uint8 // of its key, which orders the keys
}

// State is a global state. Its zero value is the initial one.
type State struct {
	Clients [3]Client                      `muster:"by=Name"`
	Keys    container.Queue[Name, [3]Name] // of the service, by revision
	Writes  container.Log[uint8, [3]uint8] // revisions of the writers that the storage let in
	Latest  uint8                          // revision
}

// release takes away a client's lease, and its key with it.
func (s *State) release(n Name) bool {
	had := s.Clients[n].Leased
	s.Clients[n].Leased = false
	return s.Keys.Remove(n) || had
}

// New returns the model.
func New(c Config) *model.Model[State] {
	c = catalog.Settle(c)
	action := func(name, fault string, do func(s *State, n Name, of *Client) bool) model.Action[State] {
		return model.Action[State]{Name: name, Fault: fault, Do: func(s *State, c *model.Choice) bool {
			n := model.Pick(c, "client", everyone)
			return do(s, n, &s.Clients[n])
		}}
	}
	request := func(s *State, n Name, of *Client) bool {
		if of.Phase != Idle {
			return false
		}
		s.Latest++
		*of = Client{Waiting, true, s.Latest}
		s.Keys.Push(n)
		return true
	}
	grant := func(s *State, n Name, of *Client) bool {
		front, some := s.Keys.Front()
		if of.Phase != Waiting || some && s.Clients[front].Revision < of.Revision {
			return false
		}
		of.Phase = Holding
		if !of.Leased && c.Bug != "grant-unchecked" {
			of.Phase = Done // the lock operation fails
		}
		return true
	}
	write := func(s *State, n Name, of *Client) bool {
		if of.Phase != Holding {
			return false
		}
		of.Phase = Done
		if last, _ := s.Writes.Last(); last < of.Revision || c.Bug == "no-fence" {
			s.Writes.Append(of.Revision)
		}
		return true
	}
	return &model.Model[State]{
		Name: "incident/lock",
		Actions: []model.Action[State]{
			action("Request", "", request), action("Grant", "", grant), action("Write", "", write),
			action("Expire", "lease expiry", func(s *State, n Name, of *Client) bool { return of.Leased && s.release(n) }),
			action("Release", "", func(s *State, n Name, of *Client) bool { return of.Phase == Done && s.release(n) }),
		},
		Properties: properties, Symmetry: []model.Symmetry{model.Scalars[Name](len(everyone))},
		Terminal: func(s *State) bool { return s.Latest == 3 && s.Keys.Len() == 0 },
	}
}

var properties = []model.Property[State]{
	model.AlwaysStep("GrantedWithLease", func(before, after *State) bool {
		for n, now := range after.Clients {
			if now.Phase == Holding && before.Clients[n].Phase == Waiting && !now.Leased {
				return false
			}
		}
		return true
	}),
	model.Always("WritesInOrder", func(s *State) bool {
		n := s.Writes.Len()
		return n < 2 || s.Writes.At(n-2) < s.Writes.At(n-1)
	}),
	model.Reachable("EveryoneWrites", func(s *State) bool { return s.Writes.Len() == 3 }),
}
