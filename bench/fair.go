package bench

import "github.com/muster-mc/muster/model"

// Models whose fairness is by argument: a single action of each stands for what every
// node, pair of neighbours or message is owed. And one that is all initial states.

// Election is a leader election on a ring (E. Chang, R. Roberts, 1979): a node passes
// on each number that is greater than its own.
type Election struct {
	Inbox  [electionNodes]uint8 // numbers that a node is yet to see, as bits
	Begun  uint8                // nodes that have sent their own number, as bits
	Leader uint8                // plus one; 0 for none yet
}

const electionNodes = 7

// NewElection returns the election, in which each node and number is treated fairly.
func NewElection() *model.Model[Election] {
	return &model.Model[Election]{
		Name: "election", AllowDeadlock: true,
		Actions: []model.Action[Election]{
			{Name: "Begin", Fair: model.WeakEach, Do: func(s *Election, c *model.Choice) bool {
				n := c.Int("node", electionNodes)
				if s.Begun&(1<<n) != 0 {
					return false
				}
				s.Begun |= 1 << n
				s.Inbox[(n+1)%electionNodes] |= 1 << n
				return true
			}},
			{Name: "Receive", Fair: model.WeakEach, Do: func(s *Election, c *model.Choice) bool {
				n := c.Int("node", electionNodes)
				number := model.Member(c, "number", s.Inbox[n])
				s.Inbox[n] &^= 1 << number
				switch {
				case number > n:
					s.Inbox[(n+1)%electionNodes] |= 1 << number
				case number == n:
					s.Leader = uint8(n) + 1
				}
				return true
			}},
		},
		Properties: []model.Property[Election]{
			model.Always("Greatest", func(s *Election) bool { return s.Leader == 0 || s.Leader == electionNodes }),
			model.Eventually("Elected", func(s *Election) bool { return s.Leader != 0 }),
		},
	}
}

// Table is philosophers who take their forks one after the other, and put a first one
// back if the second is taken.
type Table struct{ Fork [tableSeats]uint8 } // by fork: its owner's seat plus one; 0 if the fork is free

const tableSeats = 12

// NewTable returns the table, at which each philosopher is treated strongly fairly.
func NewTable() *model.Model[Table] {
	left := func(n int) int { return n }
	right := func(n int) int { return (n + 1) % tableSeats }
	return &model.Model[Table]{
		Name: "table", AllowDeadlock: true,
		Actions: []model.Action[Table]{
			{Name: "Take", Fair: model.StrongEach, Do: func(s *Table, c *model.Choice) bool {
				n, fork := c.Int("philosopher", tableSeats), 0
				if fork = left(n); c.Bool("right") {
					fork = right(n)
				}
				if s.Fork[fork] != 0 || fork == right(n) && int(s.Fork[left(n)]) != n+1 {
					return false
				}
				s.Fork[fork] = uint8(n) + 1
				return true
			}},
			{Name: "Release", Fair: model.WeakEach, Do: func(s *Table, c *model.Choice) bool {
				n := c.Int("philosopher", tableSeats)
				if int(s.Fork[left(n)]) != n+1 {
					return false
				}
				s.Fork[left(n)] = 0
				if int(s.Fork[right(n)]) == n+1 {
					s.Fork[right(n)] = 0
				}
				return true
			}},
		},
		Properties: []model.Property[Table]{
			model.Always("Owned", func(s *Table) bool { return s.Fork[0] == 0 || s.Fork[0] == 1 || s.Fork[0] == tableSeats }),
			model.Recurs("Zero", func(s *Table) bool { return s.Fork[left(0)] == 1 }),
		},
	}
}

// Network is clients that ask a server over a network that may lose what they send, or
// what it answers, so that they ask again.
type Network struct {
	Flying  model.Bag[Message]
	Waiting uint8 // clients, as bits
}

// Message is a request of a client, or the answer to it.
type Message struct {
	Client uint8
	Answer bool
}

const networkClients = 7

// NewNetwork returns the network, which delivers each message if it is sent again and
// again.
func NewNetwork() *model.Model[Network] {
	isFlying := func(s *Network, client uint8) bool {
		return s.Flying.Has(Message{client, false}) || s.Flying.Has(Message{client, true})
	}
	waits := func(s *Network) bool { return s.Waiting&1 != 0 }
	return &model.Model[Network]{
		Name: "network", AllowDeadlock: true,
		Actions: []model.Action[Network]{
			{Name: "Ask", Do: func(s *Network, c *model.Choice) bool {
				s.Waiting |= 1 << model.Member(c, "client", ^s.Waiting&(1<<networkClients-1))
				return true
			}},
			{Name: "Send", Fair: model.WeakEach, Do: func(s *Network, c *model.Choice) bool {
				client := uint8(model.Member(c, "client", s.Waiting))
				if isFlying(s, client) {
					return false
				}
				s.Flying.Add(Message{client, false})
				return true
			}},
			{Name: "Deliver", Fair: model.StrongEach, Do: func(s *Network, c *model.Choice) bool {
				m := model.Pick(c, "message", s.Flying.Items())
				s.Flying.Remove(m)
				if m.Answer {
					s.Waiting &^= 1 << m.Client
				} else {
					s.Flying.Add(Message{m.Client, true})
				}
				return true
			}},
			{Name: "Lose", Fault: "loss", Do: func(s *Network, c *model.Choice) bool {
				s.Flying.Remove(model.Pick(c, "message", s.Flying.Items()))
				return true
			}},
		},
		Properties: []model.Property[Network]{
			model.Always("OnlyWaiting", func(s *Network) bool { return s.Flying.Len() <= networkClients }),
			model.LeadsTo("Answered", waits, func(s *Network) bool { return !waits(s) }),
		},
	}
}

// Triangle is two counters that sum up to as much as they can.
type Triangle struct{ A, B uint16 }

const triangleMost = 1000

// NewTriangle returns counters that go down together, or one of them: all their states
// are initial.
func NewTriangle() *model.Model[Triangle] {
	return &model.Model[Triangle]{
		Name: "triangle", AllowDeadlock: true, Progress: true,
		Init: func(s *Triangle, c *model.Choice) bool {
			s.A = uint16(c.Int("a", triangleMost+1))
			s.B = uint16(c.Int("b", triangleMost+1-int(s.A)))
			return true
		},
		Actions: []model.Action[Triangle]{
			{Name: "A", Do: func(s *Triangle, _ *model.Choice) bool {
				if s.A == 0 {
					return false
				}
				s.A--
				return true
			}},
			{Name: "B", Do: func(s *Triangle, _ *model.Choice) bool {
				if s.B == 0 {
					return false
				}
				s.B--
				return true
			}},
		},
		Properties: []model.Property[Triangle]{
			model.Always("Inside", func(s *Triangle) bool { return s.A+s.B <= triangleMost }),
			model.Eventually("NoA", func(s *Triangle) bool { return s.A == 0 }),
			model.Eventually("Nothing", func(s *Triangle) bool { return s.A+s.B == 0 }),
		},
	}
}
