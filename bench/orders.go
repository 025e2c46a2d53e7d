package bench

import "github.com/muster-mc/muster/model"

// The model orders has transactions that read a key, write another, and are validated
// when they commit. Its property is serializability in its simplest form: some order of
// the committed transactions explains their reads and the stored values, and the property
// tries all orders. The property reads only the history, which most steps do not change:
// clients pause and resume, transactions begin and abort.

const (
	orderKeys    = 3
	orderCommits = 8 // the largest number of transactions
	orderClients = 2
)

// commit is a committed transaction, and the number of the transaction that wrote the
// value that it read. Zero means none.
type commit struct{ Number, Read uint8 }

// outcome is the part of the state that the property reads.
type outcome struct {
	Commits [orderCommits]commit
	Store   [orderKeys]uint8 // the last transaction that wrote each key
}

type ordersState struct {
	Outcome outcome
	Open    [orderClients]commit // the transaction of each client
	Paused  [orderClients]bool
	Begun   uint8 // a bit for each transaction
}

// readKey and writtenKey return the keys that a transaction reads and writes.
func readKey(number uint8) uint8    { return number % orderKeys }
func writtenKey(number uint8) uint8 { return (number/2 + 1) % orderKeys }

// orders returns the model with the given number of transactions.
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

// begin lets a client start any remaining transaction, which reads at once.
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

// commitOpen commits a transaction if the value that it read is still stored.
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

// toggle pauses or resumes a client.
func toggle(s *ordersState, c *model.Choice) bool {
	client := c.Int("client", orderClients)
	s.Paused[client] = !s.Paused[client]
	return true
}

// serializable reports whether some order explains the outcome.
func serializable(o *outcome) bool {
	return o.explained([orderKeys]uint8{}, 0, 0)
}

// explained tries all orders of the remaining transactions. It counts wrong reads, and
// rejects an order only at its end.
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
