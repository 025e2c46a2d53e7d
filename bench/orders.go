package bench

import "github.com/muster-mc/muster/model"

// Transactions that each read a key and write another, and are validated when
// they commit. Their property is serializability as one writes it first: some
// order of the committed transactions explains what they read and what is stored,
// found by trying all orders. It reads the history alone, and most of what happens
// leaves that as it is: clients pause and go on, transactions begin and give up.

const (
	orderKeys    = 3
	orderCommits = 8 // transactions, at most
	orderClients = 2
)

// commit is a transaction that has taken place, and what it read: the number of
// the transaction that wrote it. Zero is none.
type commit struct{ Number, Read uint8 }

// outcome is what the property reads.
type outcome struct {
	Commits [orderCommits]commit
	Store   [orderKeys]uint8 // who wrote each key last
}

type ordersState struct {
	Outcome outcome
	Open    [orderClients]commit // the transaction of each client
	Paused  [orderClients]bool
	Begun   uint8 // transactions, a bit each
}

// readKey and writtenKey are what a transaction accesses.
func readKey(number uint8) uint8    { return number % orderKeys }
func writtenKey(number uint8) uint8 { return (number/2 + 1) % orderKeys }

// orders has so many transactions.
func orders(transactions int) *model.Model[ordersState] {
	return &model.Model[ordersState]{
		Name: "orders", AllowDeadlock: true,
		Actions: []model.Action[ordersState]{
			{Name: "Begin", Do: func(s *ordersState, c *model.Choice) bool { return begin(s, c, transactions) }},
			{Name: "Commit", Do: commitOpen},
			{Name: "GiveUp", Do: giveUp},
			{Name: "Toggle", Do: toggle, Fault: "pause"},
		},
		Properties: []model.Property[ordersState]{
			model.AlwaysOf("Serializable", func(s *ordersState) outcome { return s.Outcome }, serializable),
		},
	}
}

// begin: a client takes any transaction that is left, which reads at once.
func begin(s *ordersState, c *model.Choice, transactions int) bool {
	client := c.Int("client", orderClients)
	if s.Paused[client] || s.Open[client].Number != 0 {
		return false
	}
	transaction := c.Int("transaction", transactions)
	if s.Begun&(1<<transaction) != 0 {
		return false
	}
	s.Begun |= 1 << transaction
	number := uint8(transaction + 1)
	s.Open[client] = commit{number, s.Outcome.Store[readKey(number)]}
	return true
}

// commitOpen: if what was read is still there, the write takes place.
func commitOpen(s *ordersState, c *model.Choice) bool {
	client := c.Int("client", orderClients)
	open := s.Open[client]
	if s.Paused[client] || open.Number == 0 || s.Outcome.Store[readKey(open.Number)] != open.Read {
		return false
	}
	s.Outcome.Commits[open.Number-1] = open
	s.Outcome.Store[writtenKey(open.Number)] = open.Number
	s.Open[client] = commit{}
	return true
}

func giveUp(s *ordersState, c *model.Choice) bool {
	client := c.Int("client", orderClients)
	if s.Paused[client] || s.Open[client].Number == 0 {
		return false
	}
	s.Open[client] = commit{}
	return true
}

// toggle pauses a client, or has it go on.
func toggle(s *ordersState, c *model.Choice) bool {
	client := c.Int("client", orderClients)
	s.Paused[client] = !s.Paused[client]
	return true
}

// serializable reports whether some order explains the outcome.
func serializable(o *outcome) bool {
	return o.explained([orderKeys]uint8{}, 0, 0)
}

// explained tries every order of what is not done yet, and looks only at its end
// whether what was read along the way is right.
func (o *outcome) explained(store [orderKeys]uint8, done uint8, wrong int) bool {
	left := false
	for i, c := range o.Commits {
		if c.Number == 0 || done&(1<<i) != 0 {
			continue
		}
		left = true
		next, mistakes := store, wrong
		if store[readKey(c.Number)] != c.Read {
			mistakes++
		}
		next[writtenKey(c.Number)] = c.Number
		if o.explained(next, done|1<<i, mistakes) {
			return true
		}
	}
	return !left && wrong == 0 && store == o.Store
}
